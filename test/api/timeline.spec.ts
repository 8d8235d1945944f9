import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually';
import { startSystem, withKey, type System } from '../support/system';

interface Entry {
  readonly seq: number;
  readonly id: string;
  readonly type: string;
  readonly about: readonly string[];
  readonly causes: readonly string[];
  readonly [field: string]: unknown;
}

let system: System;
beforeAll(async () => {
  system = await startSystem();
});
afterAll(() => system.stop());

const entries = async (number: string, query = ''): Promise<Entry[]> =>
  (await system.get(`/v1/orders/${number}/events?limit=100&${query}`)).body.events;
const typesOf = async (number: string, query: string) =>
  (await entries(number, query)).map(({ type }) => type);

/** An order's day: noted, held and freed, paid, a mistake, shipped. */
async function aDay(): Promise<string> {
  const { number } = await system.placed();
  await system.command(number, { type: 'hold', reason: 'Address?' });
  await system.command(number, { type: 'release-hold' });
  await system.command(number, { type: 'record-shipping-event', event: 'Shipped' });
  await system.command(number, { type: 'take-payment' }, withKey(`pay-${number}`));
  await system.command(number, { type: 'record-shipping-event', event: 'Shipped' });
  return number;
}

describe('the timeline of an order', () => {
  it('says who, why, because of what, and what each event is about', async () => {
    const number = await aDay();
    const all = await entries(number);
    expect(all.find(({ type }) => type === 'hold')).toMatchObject({
      ...{ reason: 'Address?', actor: { role: 'admin' }, about: ['people'], causes: [] },
    });
    expect(all.find(({ type }) => type === 'payment.captured')).toMatchObject({
      ...{ cause: `pay-${number}`, causes: [`pay-${number}`], about: ['status', 'money'] },
      actor: { role: 'system', name: 'gateway' },
    });
  });

  it('has the whole chain of causes, also where a gateway had to be asked', async () => {
    const { number } = await system.placed({ token: 'tok_timeout_before_charge' });
    await system.gateway.post('/faults', { mode: 'down' });
    const paying = withKey(`pay-${number}`);
    await system.command(number, { type: 'take-payment' }, paying);
    await system.gateway.post('/faults', { mode: 'ok' });
    const captured = await eventually(
      async () => (await entries(number)).find(({ type }) => type === 'payment.captured'),
      (event) => event !== undefined,
    );
    const root = `pay-${number}`;
    expect(captured?.causes.at(-1)).toBe(root);
    const followed = await entries(number, `cause=${root}`);
    expect(followed[0]?.id).toBe(root);
    expect(followed.at(-1)?.id).toBe(captured?.id);
    expect(followed.every(({ id, causes }) => id === root || causes.includes(root))).toBe(true);
  });

  it('is filtered by what people look for, page by page', async () => {
    const number = await aDay();
    expect(await typesOf(number, 'about=stock')).toEqual(['place', 'record-shipping-event']);
    expect(await typesOf(number, 'about=money')).toEqual([
      ...['payment.authorised', 'take-payment', 'payment.captured'],
    ]);
    expect(await typesOf(number, 'about=shipping')).toEqual([
      ...['record-shipping-event', 'record-shipping-event'],
    ]);
    const both = await entries(number, 'about=stock,money');
    const seqs: number[] = [];
    for (let next = ''; next !== 'null';) {
      const path = `/v1/orders/${number}/events?about=stock,money&limit=2`;
      const { body } = await system.get(`${path}${next && `&cursor=${next}`}`);
      seqs.push(...body.events.map(({ seq }: Entry) => seq));
      next = String(body.next);
    }
    expect(seqs).toEqual(both.map(({ seq }) => seq));
    const odd = await system.get(`/v1/orders/${number}/events?about=colour`);
    expect([odd.status, odd.body.errors[0].pointer]).toEqual([422, '/about']);
  });
});

describe('an order at any moment of its past', () => {
  const order = async (number: string, at: string | number) =>
    (await system.get(`/v1/orders/${number}?at=${encodeURIComponent(at)}`)).body;
  const actions = async (number: string, at: string | number) =>
    (await system.get(`/v1/orders/${number}/actions?at=${encodeURIComponent(at)}`)).body;
  const isAllowed = (body: { actions: { type: string; allowed: boolean }[] }, wanted: string) =>
    body.actions.some(({ type, allowed }) => type === wanted && allowed);

  it('has its state, its money and what was allowed then, also at a refused attempt', async () => {
    const number = await aDay();
    const all = await entries(number);
    const held = all.find(({ type }) => type === 'hold')!;
    expect(await order(number, held.seq)).toMatchObject({
      ...{ seq: held.seq, status: 'Pending', hold: { reason: 'Address?' } },
      payment: { status: 'authorised', captured: 0 },
    });
    const then = await actions(number, held.seq);
    expect([then.seq, isAllowed(then, 'take-payment'), isAllowed(then, 'release-hold')]).toEqual([
      ...[held.seq, false, true],
    ]);
    const refused = all.find(({ outcome }) => outcome === 'refused')!;
    expect(await order(number, refused.seq)).toMatchObject({
      ...{ seq: refused.seq, status: 'Pending', hold: null },
    });
    const mistaken = await actions(number, refused.seq);
    expect(isAllowed(mistaken, 'take-payment')).toBe(true);
    const shipping = mistaken.actions.find(
      ({ command }: { command: { event?: string } }) => command.event === 'Shipped',
    );
    expect(shipping).toMatchObject({
      ...{ allowed: false, refusal: { code: 'invalid-shipping-event' } },
    });
    const now = (await system.get(`/v1/orders/${number}`)).body;
    expect(await order(number, now.seq)).toEqual(now);
  });

  it('is named by its place, by an event, or by a time', async () => {
    const number = await aDay();
    const all = await entries(number);
    const paid = all.find(({ id }) => id === `pay-${number}`)!;
    const bySeq = await order(number, paid.seq);
    expect(await order(number, paid.id)).toEqual(bySeq);
    const last = all.at(-1)!;
    expect((await order(number, String(last.at))).seq).toBe(last.seq);
    expect((await order(number, '9999-01-01T00:00:00Z')).seq).toBe(last.seq);
    for (const at of ['999', 'no-such-event', '1999-01-01T00:00:00Z']) {
      const { status, body } = await system.get(`/v1/orders/${number}?at=${at}`);
      expect([at, status, body.code]).toEqual([at, 404, 'not-found']);
      expect((await system.get(`/v1/orders/${number}/actions?at=${at}`)).status).toBe(404);
    }
  });
});
