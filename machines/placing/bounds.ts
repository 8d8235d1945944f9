import type { Placement, PlacedLine, Price } from '../events';
import { sum } from '../money';
import type { Fault } from '../refusals';
import { isOrderNumber, limits } from '../deciding/limits';
import { pricesIn, taxesIn } from './totals';

const isIn = (length: number) => length >= 1 && length <= limits.id;
const tooDear = ({ exclTax, inclTax }: Price) => Math.max(exclTax, inclTax) > limits.amount;
const AMOUNT = `An amount is at most ${limits.amount} minor units.`;

function listFaults(placement: Placement): Fault[] {
  const { lines, surcharges, discounts, payments, taxes = [] } = placement;
  const named = discounts.map(({ lines: lowered = [] }, index) => {
    const pointer = `/discounts/${index}/lines`;
    return { pointer, length: lowered.length, most: limits.lines };
  });
  const lists = [
    ...named,
    { pointer: '/taxes', length: taxes.length, most: limits.charges },
    { pointer: '/lines', length: lines.length, most: limits.lines },
    { pointer: '/surcharges', length: surcharges.length, most: limits.charges },
    { pointer: '/discounts', length: discounts.length, most: limits.discounts },
    { pointer: '/payments', length: payments.length, most: limits.payments },
  ];
  const long = lists.filter(({ length, most }) => length > most);
  return long.map(({ pointer, length, most }) => ({
    pointer,
    detail: `There are ${length} of them; an order has at most ${most}.`,
  }));
}

function boundsOfLine(line: PlacedLine, at: string): Fault[] {
  const faults: Fault[] = [];
  for (const field of ['id', 'sku'] as const) {
    if (isIn(line[field].length)) continue;
    const detail = `The ${field} of a line has 1 to ${limits.id} characters.`;
    faults.push({ pointer: `${at}/${field}`, detail });
  }
  if (line.quantity > limits.quantity) {
    const detail = `A quantity is at most ${limits.quantity}, not ${line.quantity}.`;
    faults.push({ pointer: `${at}/quantity`, detail });
  }
  if (tooDear(line.unitPrice)) faults.push({ pointer: `${at}/unitPrice`, detail: AMOUNT });
  const dear = line.priceBreakdown.findIndex(tooDear);
  if (dear >= 0) faults.push({ pointer: `${at}/priceBreakdown/${dear}`, detail: AMOUNT });
  if (line.priceBreakdown.length > limits.lines) {
    const detail = `A line has at most ${limits.lines} prices.`;
    faults.push({ pointer: `${at}/priceBreakdown`, detail });
  }
  return faults;
}

function amountBounds(placement: Placement): Fault[] {
  const faults = [
    ...pricesIn(placement).filter(({ of }) => tooDear(of)),
    ...taxesIn(placement).filter(({ amount }) => amount > limits.amount),
  ].map(({ pointer }) => ({ pointer, detail: AMOUNT }));
  const { payments } = placement;
  payments.forEach((payment, index) => {
    for (const field of ['amount', 'authorised'] as const) {
      if ((payment[field] ?? 0) <= limits.amount) continue;
      faults.push({ pointer: `/payments/${index}/${field}`, detail: AMOUNT });
    }
  });
  return faults;
}

/** What the lines come to; more than the bound of one line is enough to tell, however inexact. */
function linesBound({ lines }: Placement): Fault[] {
  const cost = (side: keyof Price) =>
    sum(lines.flatMap((line) => line.priceBreakdown.map((part) => part.quantity * part[side])));
  if (cost('exclTax') <= limits.amount && cost('inclTax') <= limits.amount) return [];
  const detail = `The lines come to more than ${limits.amount} minor units.`;
  return [{ pointer: '/lines', detail }];
}

/** Where a placement is larger than an order may be; every place at once. */
export function boundFaults(placement: Placement): Fault[] {
  const faults: Fault[] = [];
  if (!isOrderNumber(placement.number)) {
    const detail = 'An order number has 1 to 64 visible ASCII characters without "/" and "\\".';
    faults.push({ pointer: '/number', detail });
  }
  faults.push(...listFaults(placement), ...amountBounds(placement));
  placement.lines.forEach((line, index) => faults.push(...boundsOfLine(line, `/lines/${index}`)));
  return faults.length > 0 ? faults : linesBound(placement);
}
