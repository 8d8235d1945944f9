import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { CommandSender } from '../../activities/batches/working';
import { claimMessages } from '../../db/partners/inbox-work';
import { eventually } from '../support/eventually';
import { partnerOnTheLine, type PartnerOnTheLine } from '../support/partner-on-the-line';
import { aLine, startSystem, type System } from '../support/system';

const shop = path.resolve(__dirname, '../support/shop-with-partners.ts');

let system: System;
let acme: PartnerOnTheLine;
let globex: PartnerOnTheLine;

async function start(options: Parameters<typeof startSystem>[0]) {
  system = await startSystem(options);
  acme = await partnerOnTheLine(system, { code: 'acme' });
  globex = await partnerOnTheLine(system, { code: 'globex' });
}

const lines = [
  aLine({ id: 'A', partner: 'acme', partnerSku: 'AC-77' }),
  aLine({ id: 'B', sku: 'CUP-1', partner: 'globex', quantity: 1 }),
];

/** An order that its partners have been asked for. */
async function handedOver(number?: string): Promise<string> {
  const order = await system.placed({ ...(number && { number }), lines });
  await system.command(order.number, { type: 'take-payment' });
  return order.number;
}

const orderOf = async (number: string) => (await system.get(`/v1/orders/${number}`)).body;
const lineOf = async (number: string, id: string) =>
  (await orderOf(number)).lines.find((line: { id: string }) => line.id === id);

/** What the order's history has of partners, oldest first. */
async function saidIn(number: string): Promise<string[]> {
  const rows = await system.database
    .knex('events')
    .where({ order_number: number, actor_role: 'partner' })
    .orderBy('seq')
    .select('type', 'outcome');
  return rows.map(({ type, outcome }) => `${type} ${outcome}`);
}

describe('what partners say', () => {
  beforeAll(() => start({ shop, inboxes: 2 }));
  afterAll(() => system.stop());

  it('is done by their orders: accepted, shipped in two parcels with tracking, cancelled, returned', async () => {
    const number = await handedOver();
    await acme.say(acme.said('accepted', number, { reference: 'AC-1' }));
    const first = acme.said('shipped', number, {
      ...{ lines: [{ sku: 'AC-77', quantity: 2 }], reference: 'parcel 1' },
      tracking: { carrier: 'dhl', number: 'JD1' },
    });
    await acme.say(first);
    const shipped = await acme.became(first, 'done');
    expect(shipped.seq).toBeGreaterThan(0);
    await acme.say(acme.said('cancelled', number, { reason: 'One is broken.' }));
    const gone = globex.said('shipped', number);
    await globex.say(gone);
    await globex.became(gone, 'done');
    const order = await eventually(
      () => orderOf(number),
      ({ status }) => status === 'Complete',
    );
    expect(order.lines.map((line: { quantities: object }) => line.quantities)).toMatchObject([
      { shipped: 2, cancelled: 1 },
      { shipped: 1 },
    ]);
    expect(order.shipments[0]).toMatchObject({
      reference: 'parcel 1',
      tracking: { number: 'JD1' },
    });
    const back = globex.said('returned', number, { lines: [{ id: 'B', quantity: 1 }] });
    await globex.say(back);
    await globex.became(back, 'done');
    expect((await lineOf(number, 'B')).status).toBe('Returned');
  });

  it('takes effect once, however often it is said at once', async () => {
    const number = await handedOver();
    const said = acme.said('shipped', number, { lines: [{ id: 'A', quantity: 1 }] });
    await Promise.all(Array.from({ length: 5 }, () => acme.say(said)));
    await acme.became(said, 'done');
    await acme.say(said);
    const last = acme.said('shipped', number, { lines: [{ id: 'A', quantity: 1 }] });
    await acme.say(last);
    await acme.became(last, 'done');
    expect((await lineOf(number, 'A')).quantities).toMatchObject({ shipped: 2 });
    expect(await saidIn(number)).toEqual([
      'record-shipping-event accepted',
      'record-shipping-event accepted',
    ]);
  });

  it('comes to the same when it comes in reversed order', async () => {
    const number = await handedOver();
    const messages = [
      acme.said('accepted', number),
      acme.said('shipped', number, { lines: [{ id: 'A', quantity: 3 }], reference: 'p1' }),
      acme.said('returned', number, { lines: [{ id: 'A', quantity: 1 }], reference: 'p1 back' }),
    ];
    for (const said of messages.toReversed()) await acme.say(said);
    for (const said of messages) await acme.became(said, 'done');
    expect((await lineOf(number, 'A')).quantities).toMatchObject({ shipped: 3, returned: 1 });
    expect((await saidIn(number)).every((line) => line.endsWith('accepted'))).toBe(true);
  });

  it('waits for an order that is not known yet, and finds it at once', async () => {
    const number = randomUUID().slice(0, 13);
    const said = acme.said('shipped', number);
    await acme.say(said);
    const parked = await acme.became(said, 'parked');
    expect(parked.why).toBe(`Order ${number} is not known yet.`);
    const metrics = (await system.get('/metrics', { as: null })).body;
    expect(metrics).toContain('conveyor_partner_messages_open{status="parked"} 1');
    await handedOver(number);
    await acme.became(said, 'done');
    expect((await lineOf(number, 'A')).status).toBe('Shipped');
  });

  it('waits while its order is on hold, and is done when that ends', async () => {
    const number = await handedOver();
    await system.command(number, { type: 'hold', reason: 'Looks like fraud.' });
    const said = acme.said('shipped', number);
    await acme.say(said);
    expect((await acme.became(said, 'parked')).why).toContain('is on hold');
    await system.command(number, { type: 'release-hold' });
    await acme.became(said, 'done');
    expect(await saidIn(number)).toEqual(['record-shipping-event accepted']);
  });

  it('is refused at once where it never could be done, and people see why', async () => {
    const number = await handedOver();
    const tooMany = acme.said('shipped', number, { lines: [{ id: 'A', quantity: 4 }] });
    const foreign = acme.said('shipped', number, { lines: [{ id: 'B', quantity: 1 }] });
    for (const said of [tooMany, foreign]) await acme.say(said);
    const refused = await acme.became(tooMany, 'refused');
    expect(refused).toMatchObject({ refusal: { code: 'invalid-shipping-event' } });
    expect(refused.why).toContain('Line A: 4 asked');
    expect((await acme.became(foreign, 'refused')).why).toContain('B is not a line of order');
    const { attention } = await orderOf(number);
    const reasons = attention.map(({ reason }: { reason: string }) => reason);
    expect(reasons).toEqual(['partner-refused', 'partner-refused']);
    expect(await saidIn(number)).toEqual([
      'record-shipping-event refused',
      'record-shipping-event refused',
    ]);
  });

  it('that was refused is done when people have it tried again after they helped', async () => {
    const number = await handedOver();
    await system.put('/v1/stock/MUG-1', { inStock: 0 });
    const said = acme.said('shipped', number);
    await acme.say(said);
    const refused = await acme.became(said, 'refused');
    await system.put('/v1/stock/MUG-1', { inStock: 1000 });
    await system.post(`/v1/partners/acme/messages/${said.id}/retry`);
    const done = await acme.became(said, 'done');
    expect(done.seq).toBeGreaterThan(refused.seq ?? Infinity);
    expect(await saidIn(number)).toEqual([
      'record-shipping-event refused',
      'record-shipping-event accepted',
    ]);
  });
});

describe('what comes too early and for too long', () => {
  beforeAll(() =>
    start({ shop: path.resolve(__dirname, '../support/shop-with-hasty-partners.ts'), inboxes: 1 }),
  );
  afterAll(() => system.stop());

  it('is refused by its order in the end, where people see it', async () => {
    const number = await handedOver();
    await system.command(number, { type: 'hold', reason: 'Looks like fraud.' });
    const said = acme.said('shipped', number);
    await acme.say(said);
    expect(await acme.became(said, 'refused')).toMatchObject({ refusal: { code: 'on-hold' } });
    expect(await saidIn(number)).toEqual(['record-shipping-event refused']);
    const { attention } = await orderOf(number);
    expect(attention).toMatchObject([{ reason: 'partner-refused' }]);
  });

  it('is refused in the partner’s log alone where there never was an order', async () => {
    const said = acme.said('shipped', randomUUID().slice(0, 13));
    await acme.say(said);
    await acme.became(said, 'parked');
    await system.database
      .knex('partner_inbox')
      .where({ id: said.id })
      .update({ received_at: new Date(Date.now() - 4 * 86_400_000), next_at: new Date() });
    const { why } = await acme.became(said, 'refused');
    expect(why).toBe(`There is no order ${said.order}, and there was none in time.`);
  });
});

describe('whoever works on it', () => {
  const stops: (() => Promise<void>)[] = [];
  beforeAll(() => start({ shop }));
  afterEach(() => Promise.all(stops.splice(0).map((stop) => stop())));
  afterAll(() => system.stop());

  /** Another process, that ends with the test. */
  function process(changes: Parameters<System['startInbox']>[0] = {}) {
    const { stop } = system.startInbox(changes);
    stops.push(stop);
    return stop;
  }

  it('may die with a message in hand, and the next one takes it up', async () => {
    const number = await handedOver();
    const said = acme.said('shipped', number);
    await acme.say(said);
    await claimMessages(system.database.knex, { limit: 10, leaseMs: 300 });
    process();
    expect(await acme.became(said, 'done')).toMatchObject({ tries: 2 });
    expect(await saidIn(number)).toEqual(['record-shipping-event accepted']);
  });

  it('may die after the order has done it, and the order is not asked twice', async () => {
    const number = await handedOver();
    const said = acme.said('shipped', number, { lines: [{ id: 'A', quantity: 1 }] });
    await acme.say(said);
    let asked = 0;
    const dies: CommandSender = async (...message) => {
      asked += 1;
      await system.send(...message);
      return new Promise(() => undefined);
    };
    const stop = process({ send: dies, leaseMs: 500 });
    await eventually(
      () => saidIn(number),
      ({ length }) => length === 1,
    );
    process();
    await acme.became(said, 'done');
    await stop();
    expect(asked).toBe(1);
    expect((await lineOf(number, 'A')).quantities).toMatchObject({ shipped: 1 });
  });

  it('does each once, many at once and several of them', async () => {
    const numbers = await Promise.all(Array.from({ length: 6 }, () => handedOver()));
    const all = numbers.flatMap((number) => [
      acme.said('accepted', number),
      acme.said('shipped', number, { lines: [{ id: 'A', quantity: 1 }] }),
      acme.said('shipped', number, { lines: [{ id: 'A', quantity: 2 }] }),
    ]);
    for (let workers = 0; workers < 3; workers += 1) process();
    await Promise.all([...all, ...all].map((said) => acme.say(said)));
    for (const said of all) await acme.became(said, 'done');
    for (const number of numbers) {
      expect((await lineOf(number, 'A')).quantities).toMatchObject({ shipped: 3 });
      const parcels = (await saidIn(number)).filter((line) => line.startsWith('record'));
      expect(parcels).toEqual(Array(2).fill('record-shipping-event accepted'));
    }
  });

  it('brings the messages of an order in the order in which they came', async () => {
    const number = await handedOver();
    const parcels = ['1', '2', '3'].map((reference) =>
      acme.said('shipped', number, { lines: [{ id: 'A', quantity: 1 }], reference }),
    );
    for (const said of parcels) await acme.say(said);
    process();
    for (const said of parcels) await acme.became(said, 'done');
    const { shipments } = await orderOf(number);
    expect(shipments.map((each: { reference: string }) => each.reference)).toEqual(['1', '2', '3']);
  });

  it('tries again while nobody works on orders', async () => {
    const number = await handedOver();
    const said = acme.said('shipped', number);
    const away: CommandSender = () => Promise.reject(new Error('14 UNAVAILABLE: 127.0.0.1'));
    const stop = process({ send: away });
    await acme.say(said);
    const waiting = await acme.became(said, 'waiting');
    await eventually(
      () => acme.became(said, 'waiting'),
      ({ tries }) => tries > 0,
    );
    expect(waiting.refusal).toBeNull();
    await stop();
    process();
    expect((await acme.became(said, 'done')).why).toBeNull();
  });
});
