import { nounOf } from '../effects';
import { sum, written } from '../money';
import { placingOf } from '../payment/movements';
import { agreed } from '../state';
import { byPeople, differenceOf, type Difference } from './difference';
import { leftOut, recordIt, rowOf, type Moment } from './matching';
import type { KeptCall, OrderRecords } from './records';

const DAY_MS = 86_400_000;

/** The gateway's reference of the authorisation that a call was on. */
function authorisationOf({ state }: OrderRecords, { kind, payment, reference }: KeptCall) {
  const known = state.context.payments.find(({ id }) => id === payment)?.reference;
  return kind === 'authorise' ? reference : (known ?? reference);
}

/** A call that nobody knows the outcome of, and that the order does not wait for. */
function unsettled({ number }: OrderRecords, call: KeptCall, { now }: Moment): Difference[] {
  const { key, kind, gateway, status, createdAt } = call;
  if (Date.parse(now) - Date.parse(createdAt) < DAY_MS) return [];
  const says = `Order ${number}: ${gateway} was asked for the ${nounOf(kind)} ${key} more than a day ago, and the order does not wait for it.`;
  const repair = byPeople(
    'Ask the gateway’s people; what moved is recorded with record-payment-event.',
  );
  const sides = { there: status, expected: 'moved or declined' };
  return [differenceOf(number, 'call-unsettled', key, { ...sides, says, repair })];
}

/** A call that moved money, against its row. */
function movedAgainstRow(
  records: OrderRecords,
  call: KeptCall,
  { isYoung, isUneven }: ReturnType<typeof leftOut>,
): Difference[] {
  const { number, booked, shop, state } = records;
  const { currency } = agreed(state.context);
  const { key, kind, payment, gateway, moved, reference, settledAt } = call;
  if (moved === null || isUneven(payment, kind)) return [];
  const authorisation = authorisationOf(records, call);
  const row = rowOf(booked, { key, kind, amount: moved }, [reference, authorisation]);
  if (!row && !isYoung(settledAt)) {
    const says = `Order ${number}: the ${nounOf(kind)} of ${written(moved, currency)} on ${payment} moved at ${gateway} under ${key} and is not in the ledger.`;
    const repair = recordIt(shop, kind, moved, authorisation);
    const sides = { there: null, expected: moved };
    return [differenceOf(number, 'call-without-row', key, { ...sides, says, repair })];
  }
  if (!row || row.amount === moved) return [];
  const says = `Order ${number}: under ${key} the ledger has ${written(row.amount, currency)}, and the call ${written(moved, currency)}.`;
  const repair = byPeople('Ask the gateway what moved; record what is missing.');
  const sides = { there: row.amount, expected: moved };
  return [differenceOf(number, 'call-amount', key, { ...sides, says, repair })];
}

/** Whether a call was for a placing that was withdrawn, after which the order was placed anew under its number. */
function isWithdrawn({ history }: OrderRecords, { key }: KeptCall): boolean {
  const placing = placingOf(key);
  return placing !== undefined && placing !== history[0]?.event.id;
}

/** What a withdrawn placing had held, and did not give up again: the order that came after it has no part in it. */
function withdrawnDifferences(records: OrderRecords): Difference[] {
  const { number, calls, state } = records;
  const moved = calls.filter((call) => isWithdrawn(records, call) && call.status === 'moved');
  return [...new Set(moved.map(({ key }) => placingOf(key)))].flatMap((placing) => {
    const own = moved.filter(({ key }) => placingOf(key) === placing);
    const held = sum(own.map((call) => (call.kind === 'void' ? -1 : 1) * (call.moved ?? 0)));
    if (held === 0) return [];
    const said = written(held, agreed(state.context).currency);
    const says = `A placing of order ${number} (${placing}) was withdrawn, and ${said} of it is still held.`;
    const repair = byPeople('Have it given up at the gateway: no order needs it.');
    const sides = { there: held, expected: 0 };
    return [differenceOf(number, 'call-without-row', `${placing}`, { ...sides, says, repair })];
  });
}

/** The calls of gateways against the ledger, both ways. */
export function callDifferences(records: OrderRecords, moment: Moment): Difference[] {
  const { number, calls, booked, state } = records;
  const { currency } = agreed(state.context);
  const out = leftOut(records, moment);
  const known = new Set(calls.map(({ key }) => key));
  const unknown = booked.flatMap(({ key, kind, payment, amount }) => {
    if (key === null || known.has(key) || out.isUneven(payment, kind)) return [];
    const says = `Order ${number}: the ledger has the ${nounOf(kind)} of ${written(amount, currency)} under ${key}, and no gateway was ever called with it.`;
    const repair = byPeople('Ask the gateway whether it moved; the ledger only grows.');
    const sides = { there: amount, expected: null };
    return [differenceOf(number, 'row-without-call', key, { ...sides, says, repair })];
  });
  const ofCalls = calls.flatMap((call) => {
    if (out.isFlying(call.key) || isWithdrawn(records, call)) return [];
    if (call.status === 'sent') return unsettled(records, call, moment);
    return call.status === 'moved' ? movedAgainstRow(records, call, out) : [];
  });
  return [...ofCalls, ...unknown, ...withdrawnDifferences(records)];
}
