import { nounOf } from '../effects';
import { written } from '../money';
import { agreed } from '../state';
import { byPeople, differenceOf, type Difference } from './difference';
import { leftOut, recordIt, rowOf, type Moment } from './matching';
import type { BookedMovement, GatewayRecord, GatewayRecords, OrderRecords } from './records';

type Out = ReturnType<typeof leftOut>;

/** One movement of a gateway against the row that it was written down in. */
function movementAgainstRow(
  records: OrderRecords,
  gateway: string,
  movement: GatewayRecord,
  row: BookedMovement | undefined,
  { left, ...out }: Out & { readonly left: readonly BookedMovement[] },
): Difference[] {
  const { number, shop, state, calls } = records;
  const { currency } = agreed(state.context);
  const { kind, key, reference, authorisation, amount, at } = movement;
  const call = calls.find((each) => each.key === key);
  if (out.isFlying(key) || out.isUneven(row?.payment ?? call?.payment, kind)) return [];
  const about = key ?? `${kind}:${reference}`;
  if (row && row.amount !== amount) {
    const says = `Order ${number}: ${gateway} has ${written(amount, currency)} of ${kind} under ${about}; the ledger has ${written(row.amount, currency)}.`;
    const repair = byPeople('Ask the gateway’s people; record what is missing.');
    const sides = { there: row.amount, expected: amount };
    return [differenceOf(number, 'gateway-amount', about, { ...sides, says, repair })];
  }
  // What the call says already is said once.
  if (row || out.isYoung(at) || call?.status === 'moved') return [];
  const says = `Order ${number}: ${gateway} has the ${nounOf(kind)} of ${written(amount, currency)} (${reference}), which is not in the ledger.`;
  // What people recorded without its reference may be this very movement.
  const isMaybeRecorded = left.some((each) => each.key === null && each.kind === kind);
  const repair = isMaybeRecorded
    ? byPeople(
        `Compare it with each ${nounOf(kind)} that was recorded by hand, and record what is missing.`,
      )
    : recordIt(shop, kind, amount, authorisation);
  const sides = { there: null, expected: amount };
  return [differenceOf(number, 'gateway-only', about, { ...sides, says, repair })];
}

/** Rows that no movement of the gateway was matched with. Only what was called for under a key has to be there. */
function unmatched(
  { number, state, calls }: OrderRecords,
  gateway: string,
  rows: readonly BookedMovement[],
  out: Out,
): Difference[] {
  const { currency } = agreed(state.context);
  return rows.flatMap(({ key, kind, payment, amount, gateway: booked, at }) => {
    if (key === null || booked !== gateway || out.isUneven(payment, kind)) return [];
    // It may have moved since the gateway was asked.
    if (out.isYoung(at)) return [];
    if (!calls.some((call) => call.key === key)) return [];
    const says = `Order ${number}: the ledger has the ${nounOf(kind)} of ${written(amount, currency)} under ${key}; ${gateway} does not have it.`;
    const repair = byPeople('Ask the gateway’s people: no money may have moved.');
    const sides = { there: amount, expected: null };
    return [differenceOf(number, 'gateway-missing', key, { ...sides, says, repair })];
  });
}

/** What the gateways themselves have against the ledger, both ways. */
export function gatewayDifferences(
  records: OrderRecords,
  gateways: GatewayRecords,
  moment: Moment,
): Difference[] {
  const out = leftOut(records, moment);
  return Object.entries(gateways).flatMap(([gateway, theirs]) => {
    const rows = [...records.booked];
    const found = theirs.flatMap((movement) => {
      const row = rowOf(rows, movement, [movement.reference, movement.authorisation]);
      if (row) rows.splice(rows.indexOf(row), 1);
      return movementAgainstRow(records, gateway, movement, row, { ...out, left: rows });
    });
    return [...found, ...unmatched(records, gateway, rows, out)];
  });
}
