import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually';
import { partnerOnTheLine, type PartnerOnTheLine } from '../support/partner-on-the-line';
import { aLine, startSystem, type System } from '../support/system';

describe('what arrives from outside, twice or at the wrong time', () => {
  let system: System;
  let acme: PartnerOnTheLine;
  beforeAll(async () => {
    system = await startSystem({
      ...{ shop: path.resolve(__dirname, '../support/shop-with-partners.ts'), inboxes: 2 },
    });
    acme = await partnerOnTheLine(system, { code: 'acme' });
  });
  afterAll(() => system.stop());

  const placed = async (number = randomUUID().slice(0, 13)): Promise<string> => {
    await system.placed({ number, lines: [aLine({ partner: 'acme' })] });
    return number;
  };
  const pay = (number: string) => system.command(number, { type: 'take-payment' });
  const orderOf = async (number: string) => (await system.get(`/v1/orders/${number}`)).body;
  const historyOf = (number: string): Promise<string[]> =>
    system.database
      .knex('events')
      .where({ order_number: number, actor_role: 'partner' })
      .orderBy('seq')
      .pluck('outcome');

  it('has an id to be known by, and counts once (saleor #14251, #9961)', async () => {
    const number = await placed();
    await pay(number);
    const said = acme.said('shipped', number, { lines: [{ id: 'A', quantity: 1 }] });
    const replies = [await acme.say(said), await acme.say(said), await acme.say(said)];
    expect(replies.map(({ status, body }) => [status, body.id, body.repeated])).toEqual([
      [202, said.id, false],
      [202, said.id, true],
      [202, said.id, true],
    ]);
    await acme.became(said, 'done');
    expect((await orderOf(number)).shipments).toHaveLength(1);
    expect(await historyOf(number)).toEqual(['accepted']);
  });

  it('may come in the wrong order (saleor #9961, Shopify/shopify-app-js #603)', async () => {
    const number = await placed();
    await pay(number);
    const parcel = acme.said('shipped', number, { lines: [{ id: 'A', quantity: 3 }] });
    const back = acme.said('returned', number, { lines: [{ id: 'A', quantity: 1 }] });
    await acme.say(back);
    await acme.became(back, 'parked');
    await acme.say(parcel);
    await acme.became(back, 'done');
    const { lines } = await orderOf(number);
    expect(lines[0].quantities).toMatchObject({ shipped: 3, returned: 1 });
    expect(await historyOf(number)).toEqual(['accepted', 'accepted']);
  });

  it('in a state that nobody expected leaves no order behind (vendure #1330, #3235, #3411)', async () => {
    const number = randomUUID().slice(0, 13);
    const said = acme.said('shipped', number, { lines: [{ id: 'A', quantity: 3 }] });
    await acme.say(said);
    await acme.became(said, 'parked');
    await placed(number);
    // The order is there, and is not paid yet.
    const parked = await eventually(
      () => acme.became(said, 'parked'),
      ({ why }) => !why?.includes('not known'),
    );
    expect(parked.why).toContain('Pending');
    await pay(number);
    await acme.became(said, 'done');
    expect(await orderOf(number)).toMatchObject({ status: 'Complete', attention: [] });
  });

  it('three times at once is settled once (Pinelab-studio/pinelab-vendure-plugins #620)', async () => {
    const number = await placed();
    await pay(number);
    const said = acme.said('shipped', number, {
      ...{ lines: [{ id: 'A', quantity: 3 }], reference: 'parcel 1' },
    });
    // The third under an id of its own, as one who also reads a feed is told.
    const other = { ...said, id: randomUUID() };
    await Promise.all([acme.say(said), acme.say(said), acme.say(other)]);
    await acme.became(said, 'done');
    await acme.became(other, 'done');
    expect((await orderOf(number)).shipments).toHaveLength(1);
    const stock = await system.database
      .knex('stock_ledger')
      .where({ order_number: number, cause: 'consume' });
    expect(stock).toHaveLength(1);
    const sent = await system.database
      .knex('outbox')
      .where({ order_number: number, topic: 'message', kind: 'order-shipped' });
    expect(sent).toHaveLength(1);
  });
});
