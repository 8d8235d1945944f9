import type { Discount, Placement } from '../events';
import { sum } from '../money';
import { basketDiscounts, grossOf } from '../payment/prices';
import type { Fault } from '../refusals';
import { offBy, sides } from './sums';
import { whole } from './whole';

/** What is wrong with the lines that a discount names. */
function namedFaults(placement: Placement, discount: Discount, at: string): Fault[] {
  const { kind, lines, name } = discount;
  if (!lines) return [];
  if (kind !== 'basket') {
    const detail = `Only a basket discount lowers lines; ${name} is a ${kind} discount.`;
    return [{ pointer: `${at}/lines`, detail }];
  }
  const known = placement.lines.map(({ id }) => id);
  const named = lines.map(({ id }) => id);
  const faults: Fault[] = [];
  if (lines.length === 0) {
    faults.push({ pointer: `${at}/lines`, detail: 'Name a line, or leave the lines out.' });
  }
  lines.forEach((line, position) => {
    const { id, exclTax, inclTax } = line;
    const say = (detail: string) => faults.push({ pointer: `${at}/lines/${position}`, detail });
    if (!known.includes(id)) say(`There is no line ${id}.`);
    if (named.indexOf(id) !== position) say(`Line ${id} is there twice.`);
    const isGiven = exclTax !== undefined && inclTax !== undefined;
    const isMeant = sides.some((side) => lines.some((each) => each[side] !== undefined));
    if (isMeant && !(isGiven && whole(exclTax, 0) && whole(inclTax, 0))) {
      say('Give each line its amounts in whole minor units from 0, or none of them.');
    }
  });
  return faults;
}

/** Parts of a discount by line add up to it. */
function splitFaults({ name, lines = [], ...discount }: Discount, at: string): Fault[] {
  if (!lines.some(({ inclTax }) => inclTax !== undefined)) return [];
  return sides.flatMap((side) => {
    const due = sum(lines.map((line) => line[side] ?? 0));
    if (discount[side] === due) return [];
    const detail = offBy(`The discount ${name}`, discount[side], 'its lines come to ', due);
    return [{ pointer: `${at}/${side}`, detail }];
  });
}

/** Discounts can take no more than there is: what the lines cost, what shipping costs. */
function depthFaults(placement: Placement): Fault[] {
  const off = (wanted: 'basket' | 'shipping') =>
    sum(placement.discounts.filter(({ kind }) => kind === wanted).map(({ inclTax }) => inclTax));
  const gross = placement.lines.map((line) => grossOf(line, line.quantity));
  const parts = [
    { what: 'The lines are', taken: off('basket'), of: sum(gross) },
    { what: 'Shipping is', taken: off('shipping'), of: placement.shipping?.inclTax ?? 0 },
  ];
  const below = parts.filter(({ taken, of }) => taken > of);
  const faults = below.map(({ what, taken, of }) => {
    return {
      pointer: '/discounts',
      detail: `${what} discounted below nothing: ${taken} off ${of}.`,
    };
  });
  if (faults.length > 0) return faults;
  const taken = basketDiscounts(placement);
  return placement.lines.flatMap(({ id }, index) => {
    const [less = 0, of = 0] = [taken[index], gross[index]];
    if (less <= of) return [];
    const detail = `Line ${id} is discounted below nothing: ${less} off ${of}.`;
    return [{ pointer: '/discounts', detail }];
  });
}

/** What is wrong with the discounts, before anything is added up. */
export function discountFaults(placement: Placement): Fault[] {
  const each = (check: (discount: Discount, at: string) => Fault[]) =>
    placement.discounts.flatMap((discount, position) => check(discount, `/discounts/${position}`));
  const named = each((discount, at) => namedFaults(placement, discount, at));
  return named.length > 0 ? named : [...each(splitFaults), ...depthFaults(placement)];
}
