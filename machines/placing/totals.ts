import type { Placement, Price } from '../events';
import { charges } from '../payment/prices';
import type { Fault } from '../refusals';
import { lineTotal, offBy, partsOf, sides } from './sums';
import { whole } from './whole';

/** Names the sum that is off, and by how much. */
export function totalFaults(placement: Placement): Fault[] {
  return sides.flatMap((side) => {
    const parts = partsOf(placement, side);
    const due = parts.lines + parts.shipping + parts.surcharges - parts.discounts;
    const stated = placement.total[side];
    if (stated === due) return [];
    const made =
      `lines ${parts.lines} + shipping ${parts.shipping} + ` +
      `surcharges ${parts.surcharges} - discounts ${parts.discounts} = `;
    return [{ pointer: `/total/${side}`, detail: offBy('The total', stated, made, due) }];
  });
}

/** The sums that the storefront sent along, part by part. */
export function partFaults(placement: Placement): Fault[] {
  const faults: Fault[] = [];
  placement.lines.forEach((line, position) => {
    for (const side of sides) {
      const due = lineTotal(line, side);
      const stated = line.total?.[side] ?? due;
      if (stated === due) continue;
      const detail = offBy(`The total of line ${line.id}`, stated, 'its units come to ', due);
      faults.push({ pointer: `/lines/${position}/total/${side}`, detail });
    }
  });
  for (const part of ['lines', 'shipping', 'surcharges', 'discounts'] as const) {
    for (const side of sides) {
      const due = partsOf(placement, side)[part];
      const stated = placement.totals?.[part]?.[side] ?? due;
      if (stated === due) continue;
      const detail = offBy(`The sum of ${part}`, stated, 'it comes to ', due);
      faults.push({ pointer: `/totals/${part}/${side}`, detail });
    }
  }
  return faults;
}

/** What is no amount at all, and what is charged twice. */
export function amountFaults(placement: Placement): Fault[] {
  const faults: Fault[] = [];
  for (const { pointer, of } of pricesIn(placement)) {
    if (sides.every((side) => whole(of[side], 0))) continue;
    faults.push({ pointer, detail: 'Amounts are whole minor units from 0.' });
  }
  for (const { pointer, amount } of taxesIn(placement)) {
    if (whole(amount, 0)) continue;
    faults.push({ pointer, detail: 'A tax is whole minor units from 0.' });
  }
  const codes = charges(placement).map(({ code }) => code);
  codes.forEach((code, position) => {
    if (codes.indexOf(code) === position) return;
    faults.push({ pointer: '/surcharges', detail: `The charge ${code} is there twice.` });
  });
  return faults;
}

/** Every price beside those of the lines' units, at its place. */
export function pricesIn(placement: Placement): { pointer: string; of: Price }[] {
  const { lines, shipping, surcharges, discounts, total, totals = {} } = placement;
  const { tax: _, ...parts } = totals;
  const given = (pointer: string, of?: Price) => (of ? [{ pointer, of }] : []);
  return [
    ...given('/shipping', shipping),
    ...surcharges.map((of, position) => ({ pointer: `/surcharges/${position}`, of })),
    ...discounts.map((of, position) => ({ pointer: `/discounts/${position}`, of })),
    ...given('/total', total),
    ...Object.entries(parts).flatMap(([part, of]) => given(`/totals/${part}`, of)),
    ...lines.flatMap((line, position) => given(`/lines/${position}/total`, line.total)),
  ];
}

/** Every stated tax, at its place. */
export function taxesIn({ taxes = [], totals }: Placement): { pointer: string; amount: number }[] {
  const each = taxes.map(({ amount }, position) => {
    return { pointer: `/taxes/${position}/amount`, amount };
  });
  const { tax } = totals ?? {};
  return tax === undefined ? each : [...each, { pointer: '/totals/tax', amount: tax }];
}
