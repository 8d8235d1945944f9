import { extraFields, fieldFaults, isRecord, isText } from '../commands/checks';
import { NAME, text, WHY, type Field } from '../commands/fields';
import { isOrderNumber, limits } from '../deciding/limits';
import type { Command, PlacedLine, Units } from '../events';
import { reachOf } from '../fulfilment/reach';
import { typesMeaning } from '../fulfilment/units';
import { listed, type Fault, type Refusal } from '../refusals';
import { agreed, type OrderContext } from '../state';
import type { Shop } from '../table';
import type { Said, SaidUnits } from './letters';
import { unitsWith, wasHandedOver, wasLineOf } from '../partners/lines';

/** An order as a partner speaks of it. */
interface Spoken {
  readonly shop: Shop;
  readonly context: OrderContext;
  readonly partner: string;
  /** The lines that are the partner's, or were. */
  readonly own: readonly PlacedLine[];
}

/** The shipping event type that a partner's word stands for. */
function eventFor(shop: Shop, word: 'shipped' | 'returned'): string | undefined {
  const types = typesMeaning(shop, word === 'shipped' ? 'dispatched' : word);
  const isPhysical = (type: string) =>
    shop.shippingEvents[type]?.kinds?.includes('physical') ?? true;
  return types.find(isPhysical);
}

/** Units of each own line that the word can still be about. */
function left({ shop, context, partner, own }: Spoken, type: string): Units[] {
  const reach = reachOf(shop, context, type);
  const placed = agreed(context).lines;
  const isReturn = shop.shippingEvents[type]?.means === 'returned';
  return own.flatMap((line) => {
    const { units } = reach(placed.indexOf(line));
    const isWith = !isReturn && wasHandedOver(context, line.id);
    const quantity = isWith ? Math.min(units, unitsWith(context, line.id, partner)) : units;
    return quantity > 0 ? [{ id: line.id, quantity }] : [];
  });
}

/** The lines that a SKU stands for: the partner's own SKU, where the line was placed for it, or the shop's. */
function linesOfSku({ own, partner }: Spoken, sku: string): readonly PlacedLine[] {
  const theirs = own.filter((line) => line.partner === partner && line.partnerSku === sku);
  return theirs.length > 0 ? theirs : own.filter((line) => line.sku === sku);
}

/** The units of one entry; lines of one SKU are filled in their order, and what is too much is left to the order to refuse. */
function unitsOfEntry(spoken: Spoken, type: string, { id, sku, quantity }: SaidUnits): Units[] {
  if (id !== undefined) return [{ id, ...(quantity !== undefined && { quantity }) }];
  const lines = linesOfSku(spoken, sku ?? '');
  const [first] = lines;
  if (!first) return [{ id: sku ?? '', ...(quantity !== undefined && { quantity }) }];
  if (quantity === undefined) return lines.map((line) => ({ id: line.id }));
  const room = new Map(left(spoken, type).map((units) => [units.id, units.quantity ?? 0]));
  let rest = quantity;
  const filled = lines.flatMap((line) => {
    const units = Math.min(rest, room.get(line.id) ?? 0);
    rest -= units;
    return units > 0 ? [{ id: line.id, quantity: units }] : [];
  });
  if (rest === 0 && filled.length > 0) return filled;
  const [{ id: taken, quantity: units = 0 } = { id: first.id }, ...others] = filled;
  return [{ id: taken, quantity: units + rest }, ...others];
}

/** What is named twice is meant together. */
function merged(units: readonly Units[]): Units[] {
  const found = new Map<string, Units>();
  for (const each of units) {
    const before = found.get(each.id);
    const isCounted = before?.quantity !== undefined && each.quantity !== undefined;
    const quantity = isCounted ? Number(before.quantity) + Number(each.quantity) : undefined;
    found.set(each.id, before ? { id: each.id, ...(isCounted && { quantity }) } : each);
  }
  return [...found.values()];
}

/** All that is left of the partner's lines; where nothing is, the parcel of this reference again, or the lines as they are. */
function allUnits(spoken: Spoken, type: string, reference: string | undefined): readonly Units[] {
  const all = left(spoken, type);
  if (all.length > 0) return all;
  const before = spoken.context.shipments.find(
    (each) => each.event === type && reference !== undefined && each.reference === reference,
  );
  return before?.lines ?? spoken.own.map(({ id }) => ({ id }));
}

function unitsFor(spoken: Spoken, type: string, { lines, reference }: Said): readonly Units[] {
  if (!lines) return allUnits(spoken, type, reference);
  return merged(lines.flatMap((entry) => unitsOfEntry(spoken, type, entry)));
}

/**
 * The command that a partner's word stands for, its SKUs as the order's own lines; a line that is not the
 * partner's is named all the same, so that the order refuses it where people see it.
 */
export function commandOf(
  shop: Shop,
  context: OrderContext,
  partner: string,
  said: Said,
): { readonly command: Command } | { readonly fault: string } {
  const { number, lines: placed } = agreed(context);
  const own = placed.filter(({ id }) => wasLineOf(context, id, partner));
  const spoken = { shop, context, partner, own };
  const { reason = 'The partner gave no reason.', reference, tracking } = said;
  const given = { ...(reference !== undefined && { reference }), ...(tracking && { tracking }) };
  if (said.type === 'shipped' || said.type === 'returned') {
    const event = eventFor(shop, said.type);
    if (event === undefined) {
      return { fault: `No shipping event of ${shop.name} stands for ${said.type}.` };
    }
    const lines = unitsFor(spoken, event, said);
    return { command: { type: 'record-shipping-event', event, lines, ...given } };
  }
  const [cancels = ''] = typesMeaning(shop, 'cancelled');
  if (said.type === 'cancelled') {
    return { command: { type: 'cancel', lines: unitsFor(spoken, cancels, said), reason } };
  }
  if (own.length === 0) return { fault: `Order ${number} has no line of ${partner}.` };
  const lines = said.lines && { lines: unitsFor(spoken, cancels, said) };
  if (said.type === 'declined') return { command: { type: 'decline-hand-over', reason, ...lines } };
  const accepted = { ...(reference !== undefined && { reference }), ...lines };
  return { command: { type: 'accept-hand-over', ...accepted } };
}

const passing: readonly Refusal['code'][] = [
  ...(['on-hold', 'payment-outcome-unknown', 'command-waits', 'gateway-unavailable'] as const),
  ...(['insufficient-stock'] as const),
];

/** Whether what is refused now may be accepted later as it is: the order is not there yet, or not so far. */
export function mayYetPass({ code, guard, figures }: Refusal, _command: Command): boolean {
  return guard === 'isPlaced' || passing.includes(code) || figures.later === true;
}

const words = ['accepted', 'declined', 'shipped', 'cancelled', 'returned'] as const;

const fields: Readonly<Record<string, Field>> = {
  at: { kind: 'time', says: 'When it happened.' },
  reference: text("The partner's own reference.", NAME),
  tracking: { kind: 'tracking', says: 'Carrier and tracking number.' },
  reason: text('Why.', WHY),
};

/** The order knows the message by its id: visible ASCII, and short enough to name its partner beside it. */
const idForm = /^[!-~]{1,64}$/;

function entryFaults(entry: unknown, pointer: string): Fault[] {
  if (!isRecord(entry)) return [{ pointer, detail: 'Write { "id" or "sku", "quantity" }.' }];
  const faults = extraFields(entry, ['id', 'sku', 'quantity'], pointer);
  const { id, sku, quantity } = entry;
  if (id === undefined && sku === undefined) {
    faults.push({ pointer, detail: 'Name the line by its id or its sku.' });
  }
  for (const [name, value] of Object.entries({ id, sku })) {
    const isFine = value === undefined || (isText(value) && value.length <= limits.id);
    if (isFine) continue;
    const detail = `Write a text of at most ${limits.id} characters.`;
    faults.push({ pointer: `${pointer}/${name}`, detail });
  }
  if (quantity !== undefined && typeof quantity !== 'number') {
    faults.push({ pointer: `${pointer}/quantity`, detail: 'A quantity is a number.' });
  }
  return faults;
}

function linesFaults(lines: unknown): Fault[] {
  const pointer = '/lines';
  if (lines === undefined) return [];
  if (!Array.isArray(lines) || lines.length === 0 || lines.length > limits.lines) {
    return [{ pointer, detail: `Write 1 to ${limits.lines} of { "id" or "sku", "quantity" }.` }];
  }
  return lines.flatMap((entry, index) => entryFaults(entry, `${pointer}/${index}`));
}

/** Reads what a partner says from any JSON; every fault at once, unknown fields included. */
export function readSaid(
  value: unknown,
): { readonly said: Said } | { readonly faults: readonly Fault[] } {
  if (!isRecord(value)) {
    return { faults: [{ pointer: '', detail: 'Write { "id", "type", "order", … }.' }] };
  }
  const { id, type, order, lines } = value;
  const faults = extraFields(value, ['id', 'type', 'order', 'lines', ...Object.keys(fields)], '');
  if (!isText(id) || !idForm.test(id)) {
    const detail = 'An id is 1 to 64 visible ASCII characters without a blank.';
    faults.push({ pointer: '/id', detail });
  }
  if (!words.some((word) => word === type)) {
    faults.push({ pointer: '/type', detail: `A type is one of ${listed(words)}.` });
  }
  if (!isText(order) || !isOrderNumber(order)) {
    faults.push({ pointer: '/order', detail: 'Write the number of the order.' });
  }
  faults.push(...linesFaults(lines));
  for (const [name, field] of Object.entries(fields)) {
    faults.push(...fieldFaults(value[name], name, field));
  }
  return faults.length > 0 ? { faults } : { said: value as unknown as Said };
}
