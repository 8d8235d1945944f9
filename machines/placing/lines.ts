import type { Placement } from '../events';
import { sum } from '../money';
import type { Fault } from '../refusals';
import { whole } from './whole';

/** What is wrong with the lines, one by one. */
export function lineFaults(placement: Placement): Fault[] {
  const ids = new Set<string>();
  const faults: Fault[] = [];
  placement.lines.forEach((line, position) => {
    const at = (field: string) => `/lines/${position}/${field}`;
    const say = (field: string, detail: string) => faults.push({ pointer: at(field), detail });
    if (ids.has(line.id)) say('id', `Line ${line.id} is there twice.`);
    ids.add(line.id);
    if (!whole(line.quantity, 1)) {
      say('quantity', `A quantity is a whole number from 1, not ${line.quantity}.`);
    }
    const parts = line.priceBreakdown.map(({ quantity }) => quantity);
    const odd = parts.findIndex((quantity) => !whole(quantity, 1));
    const units = sum(parts);
    if (odd >= 0) {
      say(`priceBreakdown/${odd}`, `A part is of whole units from 1, not ${parts[odd]}.`);
    } else if (units !== line.quantity) {
      say('priceBreakdown', `The breakdown prices ${units} units, the line has ${line.quantity}.`);
    }
    const prices = [line.unitPrice, ...line.priceBreakdown];
    if (!prices.every(({ exclTax, inclTax }) => whole(exclTax, 0) && whole(inclTax, 0))) {
      say('unitPrice', 'Prices are whole minor units from 0.');
    }
  });
  return faults;
}
