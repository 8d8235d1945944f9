import { written } from '../money';
import { summaryOf } from '../history';
import { agreed } from '../state';
import type { MovementKind } from '../table';
import { byPeople, differenceOf, writeAnew, type Difference } from './difference';
import type { OrderRecords } from './records';

const figures = {
  authorise: 'authorised',
  capture: 'captured',
  void: 'voided',
  refund: 'refunded',
} as const satisfies Record<MovementKind, string>;

/** The payments and kinds of movement of which the ledger says another amount than the state. */
export function unevenOf({ state, booked }: OrderRecords) {
  const payments = new Map(state.context.payments.map((payment) => [payment.id, payment]));
  const ids = new Set([...payments.keys(), ...booked.map(({ payment }) => payment)]);
  const kinds = Object.entries(figures) as [MovementKind, (typeof figures)[MovementKind]][];
  return [...ids].flatMap((payment) =>
    kinds.flatMap(([kind, figure]) => {
      const expected = payments.get(payment)?.[figure] ?? 0;
      const there = booked
        .filter((row) => row.payment === payment && row.kind === kind)
        .reduce((sum, { amount }) => sum + amount, 0);
      return there === expected ? [] : [{ payment, kind, there, expected }];
    }),
  );
}

/** The ledger against the payments of the state, and against what the order owes. */
export function bookedDifferences(records: OrderRecords): Difference[] {
  const { number, shop, state, billed } = records;
  const { currency } = agreed(state.context);
  const found = unevenOf(records).map(({ payment, kind, there, expected }) => {
    const says = `Order ${number}: the ledger has ${written(there, currency)} of ${kind} on ${payment}; the order’s state has ${written(expected, currency)}.`;
    const repair =
      there < expected
        ? { ...writeAnew, says: `Enter the missing ${written(expected - there, currency)}.` }
        : byPeople('Find out which is true; the ledger only grows.');
    return differenceOf(number, 'ledger-payment', `${payment}:${kind}`, {
      ...{ there, expected, says, repair },
    });
  });
  const { owed, captured, refunded, balance } = summaryOf(shop, state).balance;
  const expected = { owed, allowed: owed - captured + refunded - balance };
  if (billed.owed === owed && billed.allowed === expected.allowed) return found;
  const says = `Order ${number}: its ledger has ${written(billed.owed, currency)} owed and ${written(billed.allowed, currency)} allowed; by the order’s state it is ${written(owed, currency)} and ${written(expected.allowed, currency)}.`;
  const repair = { ...writeAnew, says: 'Bill, or take back, what makes them the same.' };
  return [
    ...found,
    differenceOf(number, 'ledger-bill', '', { there: billed, expected, says, repair }),
  ];
}
