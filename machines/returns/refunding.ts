import { alert, type Draft } from '../deciding/draft';
import { tellOf } from './messages';
import type { CountedUnits, EventOf } from '../events';
import { sum, written } from '../money';
import { countPaid } from '../payment/charging';
import { queue } from '../payment/movements';
import { owedVoids } from '../payment/owed';
import { captureScope, typeOf } from '../payment/scope';
import { unitsAmong } from '../fulfilment/units';
import { agreed, passed, type Movement, type OrderContext } from '../state';
import { arrived, awaited, granted } from './counts';
import { changeReturn, returnOf } from './finding';
import type { ReturnRefund } from './state';
import { countable, planGrant } from './worth';

function changeRefund(
  draft: Draft,
  id: string,
  grant: string,
  changes: Partial<ReturnRefund>,
): void {
  const refunds = returnOf(draft.context, id)?.refunds ?? [];
  changeReturn(draft, id, {
    refunds: refunds.map((each) => (each.id === grant ? { ...each, ...changes } : each)),
  });
}

function addRefund(draft: Draft, id: string, refund: ReturnRefund): void {
  const refunds = returnOf(draft.context, id)?.refunds ?? [];
  changeReturn(draft, id, { refunds: [...refunds, refund] });
}

/** Writes down the decision to give money back for a return; the money itself is moved after. */
export function decideRefund(
  draft: Draft,
  id: string,
  refund: Pick<ReturnRefund, 'lines' | 'charges' | 'amount' | 'before' | 'byHand' | 'credited'>,
  why: { readonly reason: string; readonly worth: number; readonly kept: number },
): void {
  const { event } = draft;
  const { lines, charges, amount, credited } = refund;
  addRefund(draft, id, { id: event.id, ...refund, moved: 0, outcome: 'pending' });
  const by = event.actor.name;
  const about = { return: id, lines, charges, amount, ...(credited && { credited }), ...why };
  draft.facts.push({ type: 'refund-decided', id: event.id, by, ...about });
}

export function askByHand(draft: Draft, id: string, byHand: number): void {
  if (byHand === 0) return;
  const amount = written(byHand, agreed(draft.context).currency);
  const type = typeOf(draft.shop, 'refund');
  const text = `${amount} of return ${id} was not paid by card: give it back and record it as ${type}.`;
  alert(draft, 'return-by-hand', text);
}

/** What came back before it was paid is owed no more. */
export function lowerBill(draft: Draft, id: string, credited: number): void {
  if (credited === 0) return;
  draft.facts.push({ type: 'bill-lowered', return: id, amount: credited });
  owedVoids(draft);
}

/**
 * Units that came back are never charged any more: those that were not count as if they had been, so that
 * they count as given back, and the next units of their line have the price of the next.
 */
export function countReturned(
  draft: Draft,
  context: OrderContext,
  units: readonly CountedUnits[],
): void {
  const { type, limit } = captureScope(draft.shop, context);
  const open = new Map(
    countable(draft.shop, context, units).map((each) => [each.id, each.quantity]),
  );
  const missing = unitsAmong(context, units).flatMap(({ index, line, quantity }) => {
    const most = limit(index) - passed(line, type);
    const count = Math.min(quantity - (open.get(line.id) ?? 0), most);
    return count > 0 ? [{ id: line.id, quantity: count }] : [];
  });
  countPaid(draft, type, 'capture', { lines: missing });
}

/** Grants the money of what came back; cards get theirs from their gateways, the rest people give back. */
export function refundReturn(draft: Draft, event: EventOf<'refund'>): void {
  const { shop, context } = draft;
  const { return: id = '', reason } = event;
  const planned = planGrant(shop, context, event);
  if (!('grant' in planned)) return;
  const { lines, charges, amount, before, parts, byHand, worth, kept, credited } = planned.grant;
  const decided = { lines, charges, amount, before, byHand, ...(credited > 0 && { credited }) };
  countReturned(draft, context, lines);
  const units = countable(shop, draft.context, lines);
  decideRefund(draft, id, decided, { reason, worth, kept });
  lowerBill(draft, id, credited);
  if (amount === 0) {
    countPaid(draft, typeOf(shop, 'refund'), 'refund', { lines: units, charges });
    return endGrant(draft, id, event.id);
  }
  const counted = byHand === 0 ? units : [];
  const moving = sum(parts.map((part) => part.amount));
  const about = { amount: moving, parts, lines: counted, charges: byHand === 0 ? charges : [] };
  queue(draft, 'refund', about, { command: event.id, reason, grant: event.id });
  askByHand(draft, id, byHand);
}

/** The return whose money a decision is about. */
function returnOfGrant({ context }: Draft, grant: string | undefined) {
  if (grant === undefined) return undefined;
  const of = context.returns.find(({ refunds }) => refunds.some(({ id }) => id === grant));
  const refund = of?.refunds.find(({ id }) => id === grant);
  return of && refund && { id: of.id, refund };
}

/** A part of a return's money went back, or surely did not; the movement is off the queue. */
export function settleGrant(draft: Draft, { grant }: Movement, moved: number | 'failed'): void {
  const found = returnOfGrant(draft, grant);
  if (!found) return;
  const { id, refund } = found;
  if (moved === 'failed') {
    changeRefund(draft, id, refund.id, { outcome: 'failed', byHand: 0 });
    const { currency } = agreed(draft.context);
    const went = refund.moved > 0 ? ` ${written(refund.moved, currency)} of it went back.` : '';
    const text = `Return ${id} did not get its refund of ${written(refund.amount, currency)}.${went} Grant it again when the gateway takes it.`;
    return alert(draft, 'return-refund-failed', text);
  }
  changeRefund(draft, id, refund.id, { moved: refund.moved + moved });
  endGrant(draft, id, refund.id);
}

/** The decision is carried out once nothing of it is on its way and nothing is left to give by hand. */
export function endGrant(draft: Draft, id: string, grant: string): void {
  const refund = returnOf(draft.context, id)?.refunds.find((each) => each.id === grant);
  const moving = draft.context.movements.some((movement) => movement.grant === grant);
  if (!refund || refund.outcome !== 'pending' || refund.byHand > 0 || moving) return;
  changeRefund(draft, id, grant, { outcome: 'done' });
  settleReturn(draft, id);
}

/** Money that people gave back goes to the oldest decisions that wait for it, and counts their units. */
export function settleByHand(draft: Draft, amount: number): void {
  let left = amount;
  for (const { id, refunds } of draft.context.returns) {
    for (const { id: grant, byHand, moved, lines, charges } of refunds) {
      const part = Math.min(left, byHand);
      if (part === 0) continue;
      left -= part;
      changeRefund(draft, id, grant, { byHand: byHand - part, moved: moved + part });
      if (part < byHand) continue;
      endGrant(draft, id, grant);
      const units = countable(draft.shop, draft.context, lines);
      countPaid(draft, typeOf(draft.shop, 'refund'), 'refund', { lines: units, charges });
    }
  }
}

/** Where a return stands once units came or money went back: received, refunded, or still under way. */
export function settleReturn(draft: Draft, id: string): void {
  const returned = returnOf(draft.context, id);
  if (!returned) return;
  const { lines, refunds } = returned;
  const isHere =
    returned.status === 'authorised' && lines.every((line) => awaited(returned, line) === 0);
  if (isHere) changeReturn(draft, id, { status: 'received' });
  if (!isHere && returned.status !== 'received') return;
  const done = { ...returned, refunds: refunds.filter(({ outcome }) => outcome === 'done') };
  if (!lines.every((line) => granted(done, line.id) >= arrived(line))) return;
  changeReturn(draft, id, { status: 'refunded' });
  const amount = sum(refunds.map(({ moved }) => moved));
  draft.facts.push({ type: 'return-refunded', return: id, amount });
  // Nobody waits for money that was never paid.
  if (amount > 0 || refunds.every(({ credited }) => !credited)) tellOf(draft, 'refunded', id);
  const missing = lines.filter((line) => granted(done, line.id) > arrived(line));
  if (missing.length === 0) return;
  const units = missing.map(
    (line) => `${granted(done, line.id) - arrived(line)} of line ${line.id}`,
  );
  const text = `Return ${id} was exchanged in advance and never came back: ${units.join(', ')}.`;
  alert(draft, 'exchange-unreturned', text);
}
