import type { Draft } from '../deciding/draft';
import { tellOf } from './messages';
import { meetForShipment } from '../deciding/obligations';
import type { CountedUnits, EventOf, ReceivedUnits } from '../events';
import { recordUnits, statusFaults } from '../fulfilment/shipping';
import { movable, moveStock } from '../fulfilment/stock';
import type { Fault, Objection } from '../refusals';
import { agreed, eachLine, type OrderContext } from '../state';
import type { Shop } from '../table';
import { arrived, awaited } from './counts';
import { changeReturn, objectToNamed, objectToReturn, returnOf } from './finding';
import { settleReturn } from './refunding';
import { objectToStatus, returnType } from './requesting';
import type { ReturnState } from './state';

type Receipt = EventOf<'receive-return'>;

interface Counted {
  readonly id: string;
  readonly good: number;
  readonly damaged: number;
  readonly restock: boolean;
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/** What a line of a receipt says; without a count, all that is awaited came, and is good. */
function counted(shop: Shop, most: number, said: ReceivedUnits): Counted {
  const { id, good, damaged = 0, restock = shop.returns?.restock ?? false } = said;
  const rest = said.damaged === undefined ? most : 0;
  return { id, good: good ?? rest, damaged, restock };
}

/** Counts what came, with every fault among it. */
function countReceived(shop: Shop, context: OrderContext, returned: ReturnState, event: Receipt) {
  const most = new Map(returned.lines.map((line) => [line.id, awaited(returned, line)]));
  const all = returned.lines.filter(({ id }) => (most.get(id) ?? 0) > 0).map(({ id }) => ({ id }));
  const faults: Fault[] = [];
  const lines: Counted[] = [];
  const seen = new Set<string>();
  (event.lines ?? all).forEach((said: ReceivedUnits, position) => {
    const { id } = said;
    const say = (field: string, detail: string) =>
      void faults.push({ pointer: `/lines/${position}/${field}`, detail });
    const left = most.get(id);
    if (left === undefined) return say('id', `${id} is no line of return ${returned.id}.`);
    if (seen.has(id)) return say('id', `Line ${id} is named twice.`);
    seen.add(id);
    for (const field of ['good', 'damaged'] as const) {
      const count = said[field];
      if (count === undefined || isCount(count)) continue;
      return say(field, `Line ${id}: a count is a whole number from 0, not ${count}.`);
    }
    const line = counted(shop, left, said);
    const came = line.good + line.damaged;
    if (came > left) {
      const { good, damaged, quantity, givenUp } = returned.lines.find(
        (each) => each.id === id,
      ) as ReturnState['lines'][number];
      const figures = `${quantity} asked back, ${good + damaged} received, ${givenUp} given up`;
      return say('good', `Line ${id}: ${came} came, at most ${left} is awaited: ${figures}.`);
    }
    if (came === 0) return say('good', `Line ${id}: nothing of it came; leave it out.`);
    return void lines.push(line);
  });
  if (lines.length + faults.length === 0) {
    faults.push({ pointer: '/lines', detail: 'Name at least one line that came.' });
  }
  return { lines, faults };
}

function unitsOf(lines: readonly Counted[]): CountedUnits[] {
  return lines.map(({ id, good, damaged }) => ({ id, quantity: good + damaged }));
}

/** Why this receipt cannot be recorded; all or nothing, naming every offending line. */
export function objectToReceipt(
  shop: Shop,
  status: string,
  context: OrderContext,
  event: Receipt,
): Objection | undefined {
  const named = objectToNamed(context, event.return, ['authorised'], 'received');
  const returned = returnOf(context, event.return);
  if (named || !returned) return named;
  const objection = objectToStatus(shop, context, status);
  if (objection) return objection;
  const { lines, faults } = countReceived(shop, context, returned, event);
  const type = returnType(shop) ?? '';
  const errors = faults.length > 0 ? faults : statusFaults(shop, context, type, unitsOf(lines));
  if (errors.length === 0) return undefined;
  const detail = errors.map((fault) => fault.detail).join(' ');
  return objectToReturn(context, detail, { figures: { return: event.return }, errors });
}

/** Units of each line that go back to the shelf: good ones of tracked lines that had left it. */
function shelved(context: OrderContext, lines: readonly Counted[]): CountedUnits[] {
  const tracked = new Map(
    eachLine(context).map(({ agreed: placed, state }) => [placed.id, placed.trackStock && state]),
  );
  return lines.flatMap(({ id, good, restock }) => {
    const line = tracked.get(id);
    const quantity = restock && line ? movable(line, 'restock', good) : 0;
    return quantity > 0 ? [{ id, quantity }] : [];
  });
}

/** Records what came: the units are back, good ones go to the shelf where asked, and their money can follow. */
export function receiveReturn(draft: Draft, event: Receipt): void {
  const { shop, context } = draft;
  const { return: id, complete = false, notify = true } = event;
  const returned = returnOf(context, id);
  const type = returnType(shop);
  if (!returned || type === undefined) return;
  const { lines } = countReceived(shop, context, returned, event);
  const units = unitsOf(lines);
  const reference = event.reference ?? id;
  const shipment = recordUnits(draft, type, units, { reference });
  const restocked = shelved(context, lines);
  const shelf = new Map(restocked.map((line) => [line.id, line.quantity]));
  moveStock(draft, 'restock', restocked);
  const came = lines.map(({ id: line, good, damaged }) => ({
    ...{ id: line, good, damaged, restocked: shelf.get(line) ?? 0 },
  }));
  draft.facts.push({ type: 'return-received', return: id, shippingEvent: shipment, lines: came });
  const after = returned.lines.map((line) => {
    const found = came.find((each) => each.id === line.id);
    const { good = 0, damaged = 0, restocked: back = 0 } = found ?? {};
    const total = { good: line.good + good, damaged: line.damaged + damaged };
    const next = { ...line, ...total, restocked: line.restocked + back };
    return complete ? { ...next, givenUp: next.quantity - arrived(next) } : next;
  });
  changeReturn(draft, id, { lines: after });
  giveUp(draft, id, returned, after);
  const reason = `Return ${id} of order ${agreed(context).number} came.`;
  meetForShipment(draft, { type, units, shipment, reason, notify });
  if (notify) tellOf(draft, 'received', id);
  settleReturn(draft, id);
}

function giveUp(draft: Draft, id: string, before: ReturnState, lines: ReturnState['lines']): void {
  const given = lines.flatMap(({ id: line, givenUp }, index) => {
    const quantity = givenUp - (before.lines[index]?.givenUp ?? 0);
    return quantity > 0 ? [{ id: line, quantity }] : [];
  });
  if (given.length > 0) draft.facts.push({ type: 'return-given-up', return: id, lines: given });
}
