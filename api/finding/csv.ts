import { once } from 'node:events';
import type { Response } from 'express';
import type { LineRow } from '../../db/finding/line-rows';
import type { OrderRow } from '../../db/finding/rows';
import type { Cell } from '../../machines/csv';
import { amountText } from '../../machines/money';

/** A record of an export: an order, and one line of it where there is a row for each. */
export interface Exported {
  readonly order: OrderRow;
  readonly line?: LineRow;
}

type Column = readonly [name: string, cell: (row: Exported) => Cell];

const money = (amount: number, { currency }: OrderRow): Cell => ({
  amount: amountText(amount, currency),
});

const forEverybody: readonly Column[] = [
  ['number', ({ order }) => order.number],
  ['status', ({ order }) => order.status],
  ['on_hold', ({ order }) => order.onHold],
  ['placed_at', ({ order }) => order.placedAt],
  ['updated_at', ({ order }) => order.updatedAt],
];

const forTheShop: readonly Column[] = [
  ['payment', ({ order }) => order.paymentStatus],
  ['shipping', ({ order }) => order.shippingSummary],
  ['needs_attention', ({ order }) => order.needsAttention],
  ['open_returns', ({ order }) => order.openReturns],
  ['customer_name', ({ order }) => order.customer.name],
  ['customer_email', ({ order }) => order.customer.email],
  ['source', ({ order }) => order.source],
  ['units', ({ order }) => order.units],
  ['currency', ({ order }) => order.currency],
  ['total_excl_tax', ({ order }) => money(order.total.exclTax, order)],
  ['total_incl_tax', ({ order }) => money(order.total.inclTax, order)],
  ['authorised', ({ order }) => money(order.authorised, order)],
  ['captured', ({ order }) => money(order.captured, order)],
  ['refunded', ({ order }) => money(order.refunded, order)],
  ['balance', ({ order }) => money(order.balance, order)],
];

const ofLines: readonly Column[] = [
  ['line', ({ line }) => line?.line ?? null],
  ['sku', ({ line }) => line?.sku ?? null],
  ['upc', ({ line }) => line?.upc ?? null],
  ['title', ({ line }) => line?.title ?? null],
  ['partner', ({ line }) => line?.partner ?? null],
  ['kind', ({ line }) => line?.kind ?? null],
  ['line_status', ({ line }) => line?.status ?? null],
  ['quantity', ({ line }) => line?.quantity ?? null],
  ['not_cancelled', ({ line }) => line?.kept ?? null],
  ['allocated', ({ line }) => line?.allocated ?? null],
  ['consumed', ({ line }) => line?.consumed ?? null],
];

const pricesOfLines: readonly Column[] = [
  ['unit_price_excl_tax', ({ order, line }) => (line ? money(line.unitExclTax, order) : null)],
  ['unit_price_incl_tax', ({ order, line }) => (line ? money(line.unitInclTax, order) : null)],
];

/** The columns of an export, in an order and under names that stay; a partner has neither money nor customers. */
export function columnsFor(isPartner: boolean, rows: 'orders' | 'lines'): readonly Column[] {
  return [
    ...forEverybody,
    ...(isPartner ? [] : forTheShop),
    ...(rows === 'lines' ? ofLines : []),
    ...(rows === 'lines' && !isPartner ? pricesOfLines : []),
  ];
}

/** Sends text as it comes, no faster than it is read; ends with the reader. */
export async function sendText(response: Response, chunks: AsyncIterable<string>): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  for await (const chunk of chunks) {
    if (gone.signal.aborted) return;
    if (response.write(chunk)) continue;
    await once(response, 'drain', { signal: gone.signal }).catch(() => undefined);
  }
  response.end();
}
