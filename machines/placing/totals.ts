import type { Placement } from '../events';
import { sum } from '../money';
import { charges, grossOf } from '../payment/prices';
import type { Fault } from '../refusals';
import { whole } from './whole';

type Side = 'exclTax' | 'inclTax';

function linesTotal(placement: Placement, side: Side): number {
  if (side === 'inclTax') {
    return sum(placement.lines.map((line) => grossOf(line, line.quantity)));
  }
  const breakdowns = placement.lines.flatMap(({ priceBreakdown }) => priceBreakdown);
  return sum(breakdowns.map(({ quantity, exclTax }) => quantity * exclTax));
}

/** Names the sum that is off, and by how much. */
export function totalFaults(placement: Placement): Fault[] {
  return (['exclTax', 'inclTax'] as const).flatMap((side) => {
    const parts = {
      lines: linesTotal(placement, side),
      shipping: placement.shipping?.[side] ?? 0,
      surcharges: sum(placement.surcharges.map((charge) => charge[side])),
      discounts: sum(
        placement.discounts.filter(({ kind }) => kind !== 'deferred').map((each) => each[side]),
      ),
    };
    const due = parts.lines + parts.shipping + parts.surcharges - parts.discounts;
    const stated = placement.total[side];
    if (stated === due) return [];
    const detail =
      `The total is off by ${stated - due}: lines ${parts.lines} + shipping ${parts.shipping} + ` +
      `surcharges ${parts.surcharges} - discounts ${parts.discounts} = ${due}, not ${stated}.`;
    return [{ pointer: `/total/${side}`, detail }];
  });
}

/** What is no amount at all, and what is charged twice. */
export function amountFaults(placement: Placement): Fault[] {
  const faults: Fault[] = [];
  const shipping = placement.shipping ? [{ pointer: '/shipping', of: placement.shipping }] : [];
  const priced = [
    ...shipping,
    ...placement.surcharges.map((of, position) => ({ pointer: `/surcharges/${position}`, of })),
    ...placement.discounts.map((of, position) => ({ pointer: `/discounts/${position}`, of })),
    { pointer: '/total', of: placement.total },
  ];
  for (const { pointer, of } of priced) {
    if (whole(of.exclTax, 0) && whole(of.inclTax, 0)) continue;
    faults.push({ pointer, detail: 'Amounts are whole minor units from 0.' });
  }
  const codes = charges(placement).map(({ code }) => code);
  codes.forEach((code, position) => {
    if (codes.indexOf(code) === position) return;
    faults.push({ pointer: '/surcharges', detail: `The charge ${code} is there twice.` });
  });
  return faults;
}

/** Discounts can take no more than there is: what the lines cost, what shipping costs. */
export function discountFaults(placement: Placement): Fault[] {
  const off = (wanted: 'basket' | 'shipping') =>
    sum(placement.discounts.filter(({ kind }) => kind === wanted).map(({ inclTax }) => inclTax));
  const parts = [
    { what: 'The lines are', taken: off('basket'), of: linesTotal(placement, 'inclTax') },
    { what: 'Shipping is', taken: off('shipping'), of: placement.shipping?.inclTax ?? 0 },
  ];
  const below = parts.filter(({ taken, of }) => taken > of);
  return below.map(({ what, taken, of }) => {
    return {
      pointer: '/discounts',
      detail: `${what} discounted below nothing: ${taken} off ${of}.`,
    };
  });
}
