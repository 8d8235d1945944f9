import { summaryOf } from '../history';
import { differenceOf, writeAnew, type Difference } from './difference';
import type { OrderRecords, Row } from './records';

/** What an order's row is to say, by column, as far as its state decides it. */
function expectedRow({ shop, state }: OrderRecords): Row {
  const summary = summaryOf(shop, state);
  const { authorised, captured, refunded, voided, pending, owed, balance } = summary.balance;
  const { currency, total, customer, placedAt } = state.context.placement ?? {};
  return {
    status: summary.status,
    payment_status: summary.paymentStatus,
    shipping_summary: summary.shippingSummary,
    on_hold: summary.onHold,
    needs_attention: summary.needsAttention,
    open_returns: summary.openReturns,
    ...{ authorised, captured, refunded, voided, pending, owed, balance },
    units: summary.kept.reduce((units, kept) => units + kept, 0),
    currency,
    total_excl_tax: total?.exclTax,
    total_incl_tax: total?.inclTax,
    customer_name: customer?.name ?? null,
    customer_email: customer?.email ?? null,
    placed_at: placedAt && new Date(placedAt).toISOString(),
  };
}

function expectedLines({ shop, state }: OrderRecords): Map<string, Row> {
  const { kept, partners } = summaryOf(shop, state);
  const placed = state.context.placement?.lines ?? [];
  return new Map(
    state.context.lines.map(({ id, status, allocated, backordered, consumed }, index) => {
      const { sku, quantity } = placed[index] ?? {};
      const row = { sku, quantity, status, allocated, backordered, consumed, kept: kept[index] };
      return [id, { ...row, ...(partners && { partner: partners[index] ?? null }) }];
    }),
  );
}

/** The columns that differ, on either side. */
function differing(there: Row, expected: Row): { there: Row; expected: Row } | undefined {
  const columns = Object.keys(expected).filter((column) => there[column] !== expected[column]);
  if (columns.length === 0) return undefined;
  const pick = (row: Row) => Object.fromEntries(columns.map((column) => [column, row[column]]));
  return { there: pick(there), expected: pick(expected) };
}

function inWords({ there, expected }: { there: Row; expected: Row }): string {
  return Object.keys(expected)
    .map((column) => `${column} is ${String(there[column])}, not ${String(expected[column])}`)
    .join('; ');
}

/** The order's row, its lines' and its tasks', each against the state. */
export function rowDifferences(records: OrderRecords): Difference[] {
  const { number, row, lines } = records;
  const found: Difference[] = [];
  const wrong = differing(row, expectedRow(records));
  if (wrong) {
    const says = `Order ${number}: ${inWords(wrong)} by its state.`;
    found.push(differenceOf(number, 'order-row', '', { ...wrong, says, repair: writeAnew }));
  }
  for (const [id, expected] of expectedLines(records)) {
    const there = lines.find((each) => each.line_id === id);
    const off = there ? differing(there, expected) : { there: {}, expected };
    if (!off) continue;
    const says = there
      ? `Line ${id} of order ${number}: ${inWords(off)} by the order’s state.`
      : `Line ${id} of order ${number} has no row.`;
    found.push(differenceOf(number, 'line-row', id, { ...off, says, repair: writeAnew }));
  }
  return [...found, ...taskDifferences(records)];
}

/** Open tasks of the list of tasks and of the state. */
function taskDifferences({ number, tasks, state }: OrderRecords): Difference[] {
  const open = new Map<string, Row>(
    state.context.attention.map(({ id, reason, text }) => [id, { reason, text }]),
  );
  const ids = new Set([...open.keys(), ...tasks.map(({ task }) => task)]);
  return [...ids].flatMap((id) => {
    const there = tasks.find(({ task }) => task === id);
    const expected = open.get(id);
    if (there && expected && !differing(there, expected)) return [];
    const shown = there ? { reason: there.reason, text: there.text } : null;
    const inList = there ? 'is open' : 'is not open';
    const inState = expected ? `is open and says: ${String(expected.text)}` : 'is over';
    const says = `Task ${id} of order ${number} ${inList} in the list of tasks; by the order’s state it ${inState}.`;
    const sides = { there: shown, expected: expected ?? null };
    return [differenceOf(number, 'task-row', id, { ...sides, says, repair: writeAnew })];
  });
}
