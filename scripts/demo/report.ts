import Table from 'cli-table3';
import type { OrderView } from '../../machines/views/order';
import { written } from '../../machines/money';
import type { TimelineEntry } from '../../machines/views/timeline';

/** What the stock calls answer for one SKU. */
export interface StockView {
  readonly sku: string;
  readonly inStock: number;
  readonly allocated: number;
  readonly net: number;
}

/** An order with everything a step changed around it. */
export interface Scene {
  readonly order: OrderView;
  readonly stock: readonly StockView[];
  /** The timeline entries since the scene before. */
  readonly news: readonly TimelineEntry[];
}

/** No colours, so that the tables can also be piped and pasted; no rule between rows. */
const plain = { style: { head: [], border: [], compact: true } };

/** Draws a scene as tables: status, money, lines, stock, and what is new in the timeline. */
export function drawn({ order, stock, news }: Scene): string {
  const amount = (minor: number) => written(minor, order.currency);
  const { payment } = order;
  const head = new Table(plain);
  head.push(
    ['status', `${order.status} (then: ${order.availableStatuses.join(', ') || 'nothing'})`],
    ['payment', `${payment.status}; balance ${amount(payment.balance)}`],
    [
      'money',
      `authorised ${amount(payment.authorised)}, captured ${amount(payment.captured)}, ` +
        `refunded ${amount(payment.refunded)}, voided ${amount(payment.voided)}`,
    ],
    ['shipping', order.shipping.summary],
  );
  const lines = new Table({
    ...plain,
    head: ['line', 'title', 'ordered', 'shipped', 'cancelled', 'status'],
  });
  for (const { id, title, quantity, quantities, status } of order.lines) {
    lines.push([id, title, quantity, quantities.shipped ?? 0, quantities.cancelled ?? 0, status]);
  }
  const shelf = new Table({ ...plain, head: ['sku', 'in stock', 'allocated', 'net'] });
  for (const { sku, inStock, allocated, net } of stock) shelf.push([sku, inStock, allocated, net]);
  const events = new Table({ ...plain, head: ['#', 'event', 'by', 'what came of it'] });
  for (const { seq, type, actor, says } of news) {
    events.push([seq, type, actor.name, says.join('\n')]);
  }
  return [head, lines, shelf, events].map((table) => table.toString()).join('\n');
}
