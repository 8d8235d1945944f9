import type { Charge, Discount, Placement, PlacedLine, Price } from '../../machines/events';
import { sum } from '../../machines/money';
import type { Card } from './cards';
import type { Dice } from './dice';

/** Digits after the point: two, none and three; prices are of a size that is usual in each. */
const currencies = { GBP: [199, 9_999], JPY: [100, 12_000], KWD: [1_001, 49_999] } as const;
type Currency = keyof typeof currencies;

/** Every order takes from the same few shelves. */
export const skus: readonly string[] = Array.from(
  { length: 8 },
  (_, index) => `TORTURE-${index + 1}`,
);

const price = (inclTax: number): Price => ({ exclTax: Math.floor((inclTax * 5) / 6), inclTax });

function lineOf(dice: Dice, index: number, sku: string, currency: Currency): PlacedLine {
  const [least, most] = currencies[currency];
  const quantity = dice.between(1, 4);
  const unitPrice = price(dice.between(least, most));
  const dearer = price(unitPrice.inclTax + dice.between(1, least));
  const priceBreakdown =
    quantity > 1 && dice.chance(30)
      ? [
          { quantity: 1, ...dearer },
          { quantity: quantity - 1, ...unitPrice },
        ]
      : [{ quantity, ...unitPrice }];
  return {
    ...{ id: String.fromCodePoint(65 + index), sku, title: `Thing ${sku}`, quantity },
    ...{ unitPrice, priceBreakdown, kind: 'physical', trackStock: true },
  };
}

function totalOf(lines: readonly PlacedLine[]): Price {
  const steps = lines.flatMap(({ priceBreakdown }) => priceBreakdown);
  const of = (side: keyof Price) => sum(steps.map((step) => step.quantity * step[side]));
  return { exclTax: of('exclTax'), inclTax: of('inclTax') };
}

/** Up to three tenths of what it lowers. */
function discountOf(dice: Dice, lines: readonly PlacedLine[]): Discount {
  const named = dice.chance(40) ? [dice.pick(lines)] : undefined;
  const off = price(
    Math.max(1, Math.floor((totalOf(named ?? lines).inclTax * dice.between(1, 30)) / 100)),
  );
  const only = named && { lines: named.map(({ id }) => ({ id })) };
  return { kind: 'basket', name: 'Spring', ...off, ...only };
}

/** What an order costs, by how it is put together. */
function costOf({ lines, shipping, discounts, surcharges }: Placement): Price {
  const goods = totalOf(lines);
  const extras = [...(shipping ? [shipping] : []), ...surcharges];
  const of = (side: keyof Price) =>
    goods[side] + sum(extras.map((each) => each[side])) - sum(discounts.map((each) => each[side]));
  return { exclTax: of('exclTax'), inclTax: of('inclTax') };
}

/** Some orders are paid by two cards: the first has a part of it, the second the rest. */
function paymentsOf(dice: Dice, chosen: readonly Card[], total: number): Placement['payments'] {
  const paid = chosen.map(({ token }) => ({ gateway: 'sandbox', method: 'card', token }));
  const [first, second] = paid;
  if (!first || !second) return paid;
  const part = dice.between(1, total - 1);
  return [
    { ...first, amount: part },
    { ...second, amount: total - part },
  ];
}

/** An order of one to three lines, often with charges and a discount, that adds up to the unit. */
export function placementOf(dice: Dice, number: string, chosen: readonly Card[]): Placement {
  const currency = dice.pick(Object.keys(currencies) as Currency[]);
  const [least] = currencies[currency];
  const lines = dice
    .shuffled(skus)
    .slice(0, dice.between(1, 3))
    .map((sku, index) => lineOf(dice, index, sku, currency));
  const charge = (code: string): Charge => ({ code, name: code, ...price(dice.between(1, least)) });
  const shipping = dice.chance(60) ? { shipping: charge('standard') } : {};
  const placement: Placement = {
    ...{ number, currency, customer: { email: `${number}@example.com` }, lines, ...shipping },
    discounts: dice.chance(50) ? [discountOf(dice, lines)] : [],
    surcharges: dice.chance(20) ? [charge('gift-wrap')] : [],
    ...{ placedAt: '', status: 'Pending', total: price(0), payments: [] },
  };
  const total = costOf(placement);
  return { ...placement, total, payments: paymentsOf(dice, chosen, total.inclTax) };
}
