import type { Charge, Placement, PlacedLine } from '../events';
import { share, spread, sum } from '../money';
import { credited } from '../returns/counts';
import { agreed, type OrderContext } from '../state';

/** The price of a line's first `count` units with tax, walking its price breakdown in order. */
export function grossOf(line: PlacedLine, count: number): number {
  let left = count;
  let total = 0;
  for (const step of line.priceBreakdown) {
    const units = Math.min(left, step.quantity);
    total += units * step.inclTax;
    left -= units;
  }
  return total;
}

/** Splits an amount over what is left of these lines, by price. */
function lower(off: number[], gross: readonly number[], amount: number, indexes: number[]): void {
  const weights = indexes.map((index) => (gross[index] ?? 0) - (off[index] ?? 0));
  spread(amount, weights).forEach((part, position) => {
    const index = indexes[position] ?? 0;
    off[index] = (off[index] ?? 0) + part;
  });
}

/**
 * What the basket's discounts take off each line: first those that name their lines, as they say or by
 * price, then all others together, by the price that is left.
 */
export function basketDiscounts(placement: Placement): number[] {
  const basket = placement.discounts.filter(({ kind }) => kind === 'basket');
  const gross = placement.lines.map((line) => grossOf(line, line.quantity));
  const off = placement.lines.map(() => 0);
  const indexOf = (id: string) => placement.lines.findIndex((line) => line.id === id);
  for (const { lines, inclTax } of basket) {
    if (!lines) continue;
    const said = lines.filter((line) => line.inclTax !== undefined);
    for (const line of said) {
      const index = indexOf(line.id);
      off[index] = (off[index] ?? 0) + (line.inclTax ?? 0);
    }
    if (said.length === 0)
      lower(
        off,
        gross,
        inclTax,
        lines.map(({ id }) => indexOf(id)),
      );
  }
  const rest = sum(basket.filter(({ lines }) => !lines).map(({ inclTax }) => inclTax));
  if (rest > 0) lower(off, gross, rest, [...off.keys()]);
  return off;
}

const discountsOf = new WeakMap<Placement, readonly number[]>();

/** What the basket's discounts take off each line; worked out once per agreement. */
function lineDiscounts(placement: Placement): readonly number[] {
  const known = discountsOf.get(placement) ?? basketDiscounts(placement);
  discountsOf.set(placement, known);
  return known;
}

/**
 * Prices of a line's units after the basket's discounts, which are spread over the lines by largest
 * remainder and over a line's units so that any run of units adds up to the line, to the unit.
 */
export function unitPrices(placement: Placement) {
  const discounts = lineDiscounts(placement);
  const first = (index: number, count: number): number => {
    const line = placement.lines[index] as PlacedLine;
    const gross = grossOf(line, count);
    const discount = discounts[index] ?? 0;
    if (discount === 0) return gross;
    return gross - share(discount, gross, grossOf(line, line.quantity));
  };
  return {
    /** The first `count` units of the line at `index`. */
    first,
    /** `count` units after the first `from`. */
    next: (index: number, from: number, count: number) =>
      count === 0 ? 0 : first(index, from + count) - first(index, from),
  };
}

/** The order's charges beside its lines, with tax and after shipping discounts, by code. */
export function charges(placement: Placement): { code: string; amount: number }[] {
  const shippingDiscount = sum(
    placement.discounts.filter(({ kind }) => kind === 'shipping').map(({ inclTax }) => inclTax),
  );
  const shipping = placement.shipping
    ? [{ code: 'shipping', amount: placement.shipping.inclTax - shippingDiscount }]
    : [];
  const surcharges = placement.surcharges.map((charge: Charge) => ({
    code: charge.code,
    amount: charge.inclTax,
  }));
  return [...shipping, ...surcharges];
}

/**
 * What the order owes with tax, in minor units: its total less its cancelled units, and less what came back
 * before it was paid.
 * Cancelled units are the last of the breakdown, so that those charged first keep their price;
 * an order with every unit cancelled owes nothing, its charges included.
 */
export function owed(context: OrderContext, cancelled: (index: number) => number): number {
  const placement = agreed(context);
  const price = unitPrices(placement);
  let units = 0;
  let total = 0;
  for (const [index, { quantity }] of placement.lines.entries()) {
    const remaining = quantity - cancelled(index);
    units += remaining;
    total += price.first(index, remaining);
  }
  if (units === 0) return 0;
  return total + sum(charges(placement).map(({ amount }) => amount)) - credited(context);
}
