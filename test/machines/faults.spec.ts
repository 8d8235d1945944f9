import { describe, expect, it } from '@jest/globals';
import { faults } from '../../machines/faults';
import shop from '../../machines/shop';
import type { Shop } from '../../machines/table';
import { bakery } from './shops';

type Statuses = Shop['orders']['statuses'];
type Events = Shop['shippingEvents'];

const orders = (statuses: Statuses): Shop => ({
  ...shop,
  orders: { ...shop.orders, statuses: { ...shop.orders.statuses, ...statuses } },
});
const order = (status: string, changes: Partial<Statuses[string]>) =>
  orders({
    [status]: {
      ...shop.orders.statuses[status],
      next: [],
      ...shop.orders.statuses[status],
      ...changes,
    },
  });
const lines = (statuses: Shop['lines']['statuses']): Shop => ({
  ...shop,
  lines: { ...shop.lines, statuses: { ...shop.lines.statuses, ...statuses } },
});
const shipping = (type: string, changes: Partial<Events[string]>): Shop => ({
  ...shop,
  shippingEvents: {
    ...shop.shippingEvents,
    [type]: { during: ['Pending'], ...shop.shippingEvents[type], ...changes },
  },
});
const payments = (paymentEvents: Shop['paymentEvents']): Shop => ({ ...shop, paymentEvents });
const { Refunded, Voided, ...others } = shop.paymentEvents;
const { Cancelled, ...noCancelling } = shop.shippingEvents;

describe('a sound shop', () => {
  it.each([shop, bakery])('has no faults: $name', (table) => {
    expect(faults(table)).toEqual([]);
  });
});

describe('the faults of a shop', () => {
  it.each<[string, Shop]>([
    ['The order status Lost can never be reached from Pending.', orders({ Lost: { next: [] } })],
    [
      'The order status Pending leads to Nowhere, which is not defined.',
      order('Pending', { next: ['Nowhere', 'Being processed', 'Cancelled'] }),
    ],
    ['The order status Complete leads to itself.', order('Complete', { next: ['Complete'] })],
    [
      'From the order status Complete there is no way to an end.',
      order('Complete', { next: ['Complete'] }),
    ],
    [
      'The initial order status New is not among Pending, Being processed, Complete, Cancelled.',
      { ...shop, orders: { ...shop.orders, initial: 'New' } },
    ],
    ['The line status Lost can never be reached from Pending.', lines({ Lost: { next: [] } })],
    ['The order status a.b must not contain "." or "#".', orders({ 'a.b': { next: [] } })],
    ['The order status (placing) has a reserved name.', orders({ '(placing)': { next: [] } })],
    ['A order status has no name.', orders({ ' ': { next: [] } })],
    ['The shipping event a#b must not contain "." or "#".', shipping('a#b', {})],
    [
      'Pending goes to Complete by itself (whenPaid), but Complete is not among its next statuses.',
      order('Pending', { whenPaid: 'Complete' }),
    ],
    [
      'Pending cascades to the line status Lost, which is not defined.',
      order('Pending', { lines: 'Lost' }),
    ],
    [
      'Pending cascades to the line status Lost, which no line can ever reach.',
      { ...lines({ Lost: { next: [] } }), orders: order('Pending', { lines: 'Lost' }).orders },
    ],
    ['Settled is both a shipping and a payment event.', shipping('Settled', {})],
    [
      'The event Shipped names Lost, which is not defined.',
      shipping('Shipped', { lineStatus: 'Lost' }),
    ],
    ['The event Shipped can never be recorded.', shipping('Shipped', { during: [] })],
    ['The event Shipped is ordered against itself.', shipping('Shipped', { before: ['Shipped'] })],
    [
      'The event Returned consumes stock but does not mean that units were dispatched.',
      shipping('Returned', { stock: 'consume' }),
    ],
    [
      'No event releases the stock of cancelled units.',
      shipping('Cancelled', { stock: undefined }),
    ],
    [
      'The payment events Settled, Paid mean the same: capture.',
      payments({ ...shop.paymentEvents, Paid: { means: 'capture' } }),
    ],
    [
      'Authorisations are renewed no time at all, or more than thirty days, before they end.',
      { ...shop, authorisations: { renewBefore: { days: 31 } } },
    ],
    [
      'take-payment can be undone for no time at all, or for more than thirty days.',
      { ...shop, undo: { 'take-payment': { minutes: 0 } } },
    ],
    [
      'set-status cannot be undone; take-payment, refund, void, cancel, record-shipping-event can.',
      { ...shop, undo: { 'set-status': { hours: 1 } } as Shop['undo'] },
    ],
    [
      'Money can be captured but never given back: no payment event means refund.',
      payments({ ...others, Voided: Voided ?? { means: 'void' } }),
    ],
    [
      'Money can be authorised but never given up: no payment event means void.',
      payments({ ...others, Refunded: Refunded ?? { means: 'refund' } }),
    ],
    [
      'Cancelled cancels units but never gives their money back (refund).',
      order('Cancelled', { enter: ['cancel-units', 'void'] }),
    ],
    [
      'Cancelled cancels units, but no shipping event means cancelled.',
      { ...shop, shippingEvents: noCancelling },
    ],
    [
      'The event Cancelled cancels units but never gives their money back (refund).',
      shipping('Cancelled', { obliges: ['void'] }),
    ],
    [
      'Cancelling records the event Cancelled, which is for digital lines only: it must be for all kinds.',
      shipping('Cancelled', { kinds: ['digital'] }),
    ],
    [
      'The number prefix "A 1" must be of at most 48 visible ASCII characters without "/" and "\\".',
      { ...shop, numbers: { prefix: 'A 1', from: 1 } },
    ],
    [
      'The number prefix has {day}; it may have {year}, {month}.',
      { ...shop, numbers: { prefix: '{year}{day}-', from: 1 } },
    ],
    [
      'Numbers begin anew each month, but their prefix "{year}-" has no {month}: the next month\'s would be taken.',
      { ...shop, numbers: { prefix: '{year}-', from: 1, each: 'month' } },
    ],
    [
      'A number has 1 to 15 digits at least, not 16.',
      { ...shop, numbers: { prefix: '', from: 1, digits: 16 } },
    ],
    [
      'Numbers begin at a whole number from 0, not at 0.5.',
      { ...shop, numbers: { prefix: '', from: 0.5 } },
    ],
    [
      'Pending goes to Being processed by itself, which consumes stock: an empty shelf could not refuse it any more.',
      order('Being processed', { enter: ['consume'] }),
    ],
    [
      'Pending waits for payment no time at all, or more than ten years.',
      order('Pending', { whenUnpaid: { after: {}, to: 'Cancelled' } }),
    ],
    [
      'The message sorry is sent but not defined.',
      order('Cancelled', { enter: ['cancel-units', 'refund', { send: 'sorry' }] }),
    ],
  ])('%s', (sentence, table) => {
    expect(Cancelled).toBeDefined();
    expect(faults(table)).toContain(sentence);
  });
});
