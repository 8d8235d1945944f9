import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { findCommand } from '../../db/commands';
import { commit } from '../../db/commit';
import { eventsUpTo, listEvents } from '../../db/events';
import { findOrder, loadOrder } from '../../db/orders';
import { setStock } from '../../db/stock';
import shop from '../../machines/shop';
import { ordersOf, replay } from '../../machines/step';
import { cloneDatabase, type TestDatabase } from '../support/database';
import { aLine } from '../support/placements';
import { aLife, carol, offline } from './lives';

const noted = { type: 'add-note', text: 'Gift.' } as const;
const refusal = {
  code: 'on-hold',
  detail: 'It is on hold.',
  guard: 'notOnHold',
  figures: {},
} as const;

describe('a commit', () => {
  let database: TestDatabase;
  let knex: TestDatabase['knex'];
  beforeAll(async () => {
    database = await cloneDatabase();
    ({ knex } = database);
  });
  afterAll(() => database.drop());
  beforeEach(() => setStock(knex, 'MUG-1', { inStock: 1000 }, carol));

  const rowsOf = (table: string, number: string) =>
    knex(table).where({ order_number: number }).select<Record<string, unknown>[]>();

  it('writes an order that nobody sees before its card has answered', async () => {
    const life = aLife();
    expect(await commit(knex, life.place())).toEqual({ outcome: 'committed', seq: 1 });
    expect(await findOrder(knex, life.number)).toBeUndefined();
    expect(await loadOrder(knex, life.number)).toMatchObject({ seq: 1, shop });

    expect(await commit(knex, life.answer())).toEqual({ outcome: 'committed', seq: 2 });
    const found = await findOrder(knex, life.number);
    expect(found).toMatchObject({ seq: 2, version: 2, state: { value: { status: 'Pending' } } });
  });

  it('keeps the state so that it can be gone on with, and the history so that it can be folded', async () => {
    const life = aLife();
    await commit(knex, life.place());
    await commit(knex, life.answer());
    await commit(knex, life.andAnswer({ type: 'take-payment' }));
    await commit(knex, life.decide({ type: 'record-shipping-event', event: 'Shipped' }));

    const stored = await loadOrder(knex, life.number);
    expect(stored?.state).toEqual(JSON.parse(JSON.stringify(life.state)));
    const history = await eventsUpTo(knex, life.number, 5);
    const { state: folded } = replay(
      ordersOf(shop),
      history.map(({ event }) => event),
    );
    expect(JSON.parse(JSON.stringify(folded))).toEqual(stored?.state);
    expect(folded.value.status).toBe('Complete');
    expect(await eventsUpTo(knex, life.number, 2)).toEqual(history.slice(0, 2));
    expect(await listEvents(knex, life.number, { after: 4 })).toEqual(history.slice(4));
  });

  it('fills the read model from the facts', async () => {
    const life = aLife({ lines: [aLine({ quantity: 2 }), aLine({ id: 'B', trackStock: false })] });
    await commit(knex, life.place());
    await commit(knex, life.answer());
    await commit(knex, life.andAnswer({ type: 'take-payment' }));
    const tracking = { carrier: 'Post', number: 'T-1' };
    const lines = [{ id: 'A', quantity: 2 }];
    await commit(
      knex,
      life.decide({ type: 'record-shipping-event', event: 'Shipped', lines, tracking }),
    );

    const [order] = await knex('orders').where({ number: life.number });
    expect(order).toMatchObject({
      ...{ status: 'Being processed', payment_status: 'paid', shipping_summary: '2 of 5 Shipped' },
      ...{ authorised: 6500, captured: 6500, refunded: 0, balance: 0, total_incl_tax: 6500 },
      ...{ customer_email: 'ada@example.com', visible: true, on_hold: false },
    });
    const lineRows = await knex('order_lines')
      .where({ order_number: life.number })
      .orderBy('position');
    expect(lineRows).toEqual([
      expect.objectContaining({ line_id: 'A', status: 'Shipped', allocated: 0, consumed: 2 }),
      expect.objectContaining({ line_id: 'B', status: 'Being processed', allocated: 0 }),
    ]);
    expect(await rowsOf('shipping_events', life.number)).toEqual([
      expect.objectContaining({
        id: '1',
        type: 'Shipped',
        carrier: 'Post',
        tracking_number: 'T-1',
        lines,
      }),
    ]);
    const ledger = await rowsOf('payment_ledger', life.number);
    expect(ledger.map(({ event, kind, amount }) => [event, kind, amount])).toEqual([
      ['place', 'bill', 6500],
      ['Authorised', 'authorise', 6500],
      ['Settled', 'capture', 6500],
    ]);
    const messages = await rowsOf('outbox', life.number);
    expect(messages.map(({ kind }) => kind)).toEqual(['order-placed', 'order-shipped']);
  });

  it('written twice is written once', async () => {
    const life = aLife(offline);
    const placing = life.place();
    const [first, second] = await Promise.all([commit(knex, placing), commit(knex, placing)]);
    expect([first, second]).toMatchObject(Array(2).fill({ outcome: 'committed', seq: 1 }));
    const note = life.decide(noted);
    await commit(knex, note);
    expect(await commit(knex, note)).toMatchObject({ outcome: 'committed', seq: 2 });
    expect(await commit(knex, placing)).toEqual({ outcome: 'committed', seq: 1 });
    expect(await rowsOf('events', life.number)).toHaveLength(2);
    expect(await rowsOf('stock_ledger', life.number)).toHaveLength(1);
  });

  it('decided again later, after its answer was lost, gives back the state that was written', async () => {
    const life = aLife(offline);
    await commit(knex, life.place());
    const note = life.decide(noted);
    await commit(knex, note);
    const { notes } = note.state.context;
    const again = notes.map((each) => ({ ...each, at: '2031-01-01T00:00:00.000Z' }));
    const later = {
      ...note,
      state: { ...note.state, context: { ...note.state.context, notes: again } },
    };
    const stored = await loadOrder(knex, life.number);
    expect(await commit(knex, later)).toEqual({
      outcome: 'committed',
      seq: 2,
      state: stored?.state,
    });
    expect(stored?.state.context.notes).toEqual(notes);
  });

  it('of two writers the later one changes nothing and is told what is there', async () => {
    const life = aLife(offline);
    await commit(knex, life.place());
    const rival = aLife({ ...offline, number: life.number });
    rival.place();
    const [mine, theirs] = [life.decide(noted), rival.decide(noted)];
    const outcomes = await Promise.all([commit(knex, mine), commit(knex, theirs)]);
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['committed', 'stale']);
    const stale = outcomes.find(({ outcome }) => outcome === 'stale');
    expect(stale).toMatchObject({ stored: { seq: 2, version: 2 }, recorded: [] });
    expect(await rowsOf('events', life.number)).toHaveLength(2);
  });

  it('on an order that is not there is told that there is none', async () => {
    const life = aLife(offline);
    life.place();
    const note = life.decide(noted);
    expect(await commit(knex, note)).toEqual({ outcome: 'stale', stored: null, recorded: [] });
  });

  it('of a number that another order has is told of that order', async () => {
    const first = aLife(offline);
    await commit(knex, first.place());
    const second = aLife({ ...offline, number: first.number });
    expect(await commit(knex, second.place())).toMatchObject({
      outcome: 'stale',
      stored: { seq: 1, number: first.number },
    });
  });

  it('with an event that the history has already is told which', async () => {
    const life = aLife(offline);
    await commit(knex, life.place());
    const note = life.decide(noted);
    await commit(knex, note);
    const again = { ...life.decide(noted), events: note.events };
    const { id } = note.events[0]?.event ?? {};
    expect(await commit(knex, again)).toMatchObject({ outcome: 'stale', recorded: [id] });
    expect(await loadOrder(knex, life.number)).toMatchObject({ seq: 2 });
  });

  it('records a refused attempt without raising the version', async () => {
    const life = aLife(offline);
    await commit(knex, life.place());
    const attempt = life.refuse({ type: 'set-status', status: 'Complete' }, refusal);
    expect(await commit(knex, attempt)).toEqual({ outcome: 'committed', seq: 2 });
    expect(await loadOrder(knex, life.number)).toMatchObject({ seq: 2, version: 1 });
    const [, recorded] = await listEvents(knex, life.number);
    expect(recorded).toMatchObject({ seq: 2, outcome: 'refused', refusal });
    const id = attempt.events[0]?.event.id ?? '';
    expect(await findCommand(knex, life.number, id)).toMatchObject({
      ...{ outcome: 'refused', refusal, seq: 2, type: 'set-status', actor: carol },
    });
  });

  it('says of a command whose money is on its way that it is pending, until the answer is in', async () => {
    const life = aLife();
    const placing = life.place();
    const place = placing.events[0]?.event.id ?? '';
    await commit(knex, placing);
    expect(await findCommand(knex, life.number, place)).toMatchObject({ outcome: 'pending' });
    await commit(knex, life.answer());
    expect(await findCommand(knex, life.number, place)).toMatchObject({ outcome: 'done', seq: 1 });

    const taking = life.decide({ type: 'take-payment' });
    await commit(knex, taking);
    const take = taking.events[0]?.event.id ?? '';
    expect(await findCommand(knex, life.number, take)).toMatchObject({ outcome: 'pending' });
    await commit(knex, life.decline());
    expect(await findCommand(knex, life.number, take)).toMatchObject({
      ...{ outcome: 'refused', seq: 3, refusal: { code: 'payment-declined' } },
    });
    expect(await findCommand(knex, life.number, 'never sent')).toBeUndefined();
  });

  it('takes text that PostgreSQL cannot store, as near as can be', async () => {
    const life = aLife(offline);
    await commit(knex, life.place());
    await commit(knex, life.decide({ type: 'add-note', text: 'a\0b\ud800c 🎁 \\u0000' }));
    const stored = await loadOrder(knex, life.number);
    expect(stored?.state.context.notes.map(({ text }) => text)).toEqual([
      'a\ufffdb\ufffdc 🎁 \\u0000',
    ]);
  });

  it('stores a shop once, and keeps the order of its statuses', async () => {
    const count = async () => (await knex('shops').select('hash')).length;
    const life = aLife(offline);
    await commit(knex, life.place());
    const before = await count();
    await commit(knex, aLife(offline).place());
    expect(await count()).toBe(before);
    const stored = await loadOrder(knex, life.number);
    expect(JSON.stringify(stored?.shop)).toBe(JSON.stringify(shop));
    await commit(knex, aLife(offline, { ...shop, revision: 2 }).place());
    expect(await count()).toBe(before + 1);
  });

  it('moves an order to another table', async () => {
    const life = aLife(offline);
    await commit(knex, life.place());
    await commit(knex, { ...life.decide(noted), shop: { ...shop, revision: 3 } });
    expect(await loadOrder(knex, life.number)).toMatchObject({ seq: 2, shop: { revision: 3 } });
  });
});
