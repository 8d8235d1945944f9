import { describe, expect, it } from '@jest/globals';
import { importRow } from '../../machines/importing/history';
import { readRow, type ImportOptions } from '../../machines/importing/row';
import shop from '../../machines/shop';
import type { Shop } from '../../machines/table';
import { ordersOf, step } from '../../machines/step';
import { figuresOf, orders } from './support';

const now = '2026-11-23T12:00:00.000Z';
const options: ImportOptions = { fingerprint: 'f', stock: 'leave', now };

/** Three mugs for 36.00, paid by transfer, as an old system tells of it. */
const aRow = (changes: object = {}) => ({
  number: 'OLD-1',
  currency: 'GBP',
  placedAt: '2019-03-01T10:00:00+01:00',
  customer: { email: 'ada@example.com' },
  lines: [{ sku: 'MUG', title: 'Mug', quantity: 3, unitPrice: { exclTax: 1000, inclTax: 1200 } }],
  total: { exclTax: 3000, inclTax: 3600 },
  payments: [{ gateway: 'offline', method: 'bank-transfer' }],
  ...changes,
});
const paid = {
  type: 'record-payment-event',
  event: 'Settled',
  amount: 3600,
  at: '2019-03-02T09:00:00Z',
};
const shipped = {
  type: 'record-shipping-event',
  event: 'Shipped',
  at: '2019-03-03T09:00:00Z',
  actor: { role: 'clerk', name: 'Grace' },
  tracking: { carrier: 'Post', number: 'T-1' },
};

function imported(row: object, changes: Partial<ImportOptions> = {}) {
  const read = readRow(row, shop, { ...options, ...changes });
  if ('refusal' in read) throw new Error(read.refusal.detail);
  const decided = importRow(orders, read.row, now);
  if ('refusal' in decided) throw new Error(decided.refusal.detail);
  return decided;
}

function pointersOf(row: unknown): (string | undefined)[] {
  const read = readRow(row, shop, options);
  if ('refusal' in read) return (read.refusal.errors ?? []).map(({ pointer }) => pointer);
  const decided = importRow(orders, read.row, now);
  return 'refusal' in decided ? (decided.refusal.errors ?? []).map(({ pointer }) => pointer) : [];
}

describe('an imported order', () => {
  it('has its past with the times and the people it had', () => {
    const { commit, due } = imported(aRow({ events: [paid, shipped] }));
    expect(commit.state.value.status).toBe('Complete');
    expect(commit.state.context.placement?.placedAt).toBe('2019-03-01T09:00:00.000Z');
    expect(commit.events.map(({ event }) => [event.type, event.at, event.actor.name])).toEqual([
      ['place', '2019-03-01T09:00:00.000Z', 'import'],
      ['record-payment-event', '2019-03-02T09:00:00Z', 'import'],
      ['record-shipping-event', '2019-03-03T09:00:00Z', 'Grace'],
    ]);
    expect(figuresOf(commit.state)).toMatchObject({ captured: 3600 });
    expect(commit.state.context.shipments).toMatchObject([{ tracking: { number: 'T-1' } }]);
    expect(due).toBeUndefined();
  });

  it('tells no customer, asks no gateway and touches no stock', () => {
    const { commit } = imported(aRow({ events: [paid, shipped] }));
    const facts = commit.events.flatMap((event) => event.facts);
    expect(facts.filter(({ type }) => type === 'message' || type === 'stock')).toEqual([]);
    expect(facts).toContainEqual({
      type: 'message-withheld',
      kind: 'order-placed',
      why: 'It was imported.',
    });
    expect(commit.imported).toBe(true);
  });

  it('takes stock where that is asked for', () => {
    const { commit } = imported(aRow({ events: [paid, shipped] }), { stock: 'take' });
    const moves = commit.events.flatMap(({ facts }) =>
      facts.flatMap((fact) => (fact.type === 'stock' ? fact.move : [])),
    );
    expect(moves).toEqual(['allocate', 'consume']);
  });

  it('that was due long ago is what the shop makes of it, and nobody is told', () => {
    const { commit, due } = imported(aRow());
    expect(commit.state.value.status).toBe('Cancelled');
    expect(commit.events.at(-1)?.event).toMatchObject({
      type: 'deadline',
      name: 'unpaid',
      at: '2019-03-15T09:00:00.000Z',
    });
    expect(due).toBeUndefined();
  });

  it('that is still open waits for what is to come', () => {
    const { due } = imported(aRow({ placedAt: '2026-11-20T12:00:00Z' }));
    expect(Date.parse(due?.at ?? '')).toBeGreaterThan(Date.parse(now));
  });

  it('keeps an authorisation that a gateway still has', () => {
    const payments = [{ gateway: 'sandbox', reference: 'auth-1', authorised: 3600 }];
    const { commit } = imported(aRow({ placedAt: '2026-11-20T12:00:00Z', payments }));
    expect(figuresOf(commit.state)).toMatchObject({ authorised: 3600, captured: 0 });
  });

  it('asks no digital provider: what was not delivered is for people, who may ask', () => {
    const file = { sku: 'FONT', title: 'Font', quantity: 1, kind: 'digital' };
    const lines = [{ ...file, unitPrice: { exclTax: 3000, inclTax: 3600 } }];
    const { commit } = imported(aRow({ lines, events: [paid] }));
    expect(commit.state.context.digital).toMatchObject([{ failed: 'It was imported.' }]);
    expect(commit.state.context.attention).toContainEqual(
      expect.objectContaining({ reason: 'digital-failed' }),
    );
    const again = step(orders, commit.state, {
      ...{ type: 'send-downloads', id: 'again', at: now },
      actor: { role: 'clerk', name: 'Grace' },
    });
    expect(again.outcome).toBe('accepted');
    const delivered = { ...shipped, event: 'Downloaded', tracking: undefined };
    const over = imported(aRow({ lines, events: [paid, delivered] })).commit.state;
    expect([over.value.status, over.context.digital]).toEqual(['Complete', []]);
    expect(over.context.attention).toEqual([]);
  });

  it('calls none of the effects of the shop, and waits for none', () => {
    const calling: Shop = {
      ...shop,
      effects: { tell: { says: 'Tells of money.' } },
      paymentEvents: {
        ...shop.paymentEvents,
        Settled: { means: 'capture', obliges: [{ call: 'tell' }] },
      },
    };
    const read = readRow(aRow({ events: [paid] }), calling, options);
    const decided = 'row' in read && importRow(ordersOf(calling), read.row, now);
    if (!decided || 'refusal' in decided) throw new Error('It is refused.');
    const { state, events } = decided.commit;
    expect(state.context.calls).toEqual([]);
    const facts = events.flatMap((event) => event.facts);
    expect(facts.filter(({ type }) => type === 'effect-called')).toEqual([]);
  });

  it('does not repeat a status that it had already', () => {
    const again = { type: 'set-status', status: 'Being processed', at: '2019-03-02T10:00:00Z' };
    expect(imported(aRow({ events: [paid, again, shipped] })).commit.events).toHaveLength(3);
  });
});

describe('a row is refused, each fault at its place, for', () => {
  const at = '2019-03-05T09:00:00Z';
  const card = [{ gateway: 'sandbox', reference: 'auth-1', authorised: 3600 }];
  it.each<[string, unknown, string[]]>([
    ['being no object', 7, ['']],
    [
      'no number and no date',
      { ...aRow(), number: undefined, placedAt: undefined },
      ['/number', '/placedAt'],
    ],
    ['a field nobody knows', aRow({ colour: 'red' }), ['/colour']],
    [
      'a text that is none',
      aRow({ source: 7, customer: { name: 8 } }),
      ['/source', '/customer/name'],
    ],
    ['a total that is off', aRow({ total: { exclTax: 3000, inclTax: 3601 } }), ['/total/inclTax']],
    [
      'a card that would be asked',
      aRow({ payments: [{ gateway: 'sandbox', token: 't' }] }),
      ['/payments/0/token'],
    ],
    ['an event without its time', aRow({ events: [{ ...paid, at: undefined }] }), ['/events/0/at']],
    ['an event nobody knows', aRow({ events: [{ type: 'dance', at }] }), ['/events/0/type']],
    [
      'an actor nobody knows',
      aRow({ events: [{ ...paid, actor: { role: 'king', name: 'K' } }] }),
      ['/events/0/actor'],
    ],
    ['events out of order', aRow({ events: [shipped, paid] }), ['/events/1/at']],
    ['a time to come', aRow({ placedAt: '2030-01-01T00:00:00Z' }), ['/placedAt']],
    [
      'a command to a gateway',
      aRow({ events: [{ type: 'take-payment', at }] }),
      ['/events/0/type'],
    ],
    [
      'an exchange, whose order nobody would place',
      aRow({ events: [{ type: 'exchange', return: 'r1', lines: [], at }] }),
      ['/events/0/type'],
    ],
    ['what the order refuses', aRow({ events: [shipped] }), ['/events/0']],
    [
      'money that would move',
      aRow({ payments: card, events: [{ type: 'cancel', reason: 'x', at }] }),
      ['/events/0'],
    ],
    ['a status of another shop', aRow({ status: 'Lost' }), ['/status']],
  ])('%s', (_, row, pointers) => {
    expect(pointersOf(row)).toEqual(pointers);
  });

  it('says what to record before money would move', () => {
    const voided = { type: 'record-payment-event', event: 'Voided', amount: 3600, at };
    const cancelled = { type: 'cancel', reason: 'x', at };
    const { commit } = imported(aRow({ payments: card, events: [voided, cancelled] }));
    expect(commit.state.value.status).toBe('Cancelled');
  });
});
