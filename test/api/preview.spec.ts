import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startSystem, type System } from '../support/system';

let system: System;
beforeAll(async () => {
  system = await startSystem();
});
afterAll(() => system.stop());

const preview = { query: 'preview=true' };

describe('a preview', () => {
  it('says what cancelling would give back, and to whom, and changes nothing', async () => {
    const { number } = await system.placed();
    await system.command(number, { type: 'take-payment' });
    const before = (await system.get(`/v1/orders/${number}`)).body;
    const ledger = await system.gateway.ledger();
    const { status, body, headers } = await system.command(
      number,
      { type: 'cancel', reason: 'changed my mind' },
      preview,
    );
    expect(status).toBe(200);
    expect(headers.get('etag')).toBe(`"${before.version}"`);
    expect(body).toMatchObject({
      ...{ preview: true, outcome: 'accepted' },
      order: { status: 'Cancelled', payment: { status: 'refunded', refunded: 4100 } },
      changes: {
        statuses: [{ from: 'Being processed', to: 'Cancelled' }],
        lines: [{ line: 'A', to: 'Cancelled' }],
        money: [{ kind: 'refund', event: 'Refunded', payment: 'p1', amount: 4100 }],
        stock: [{ move: 'release', sku: 'MUG-1', quantity: 3 }],
        messages: [{ kind: 'order-cancelled' }],
      },
    });
    expect(body.changes.says).toEqual(
      expect.arrayContaining([
        'Refunded: 41.00 GBP on p1 (sandbox).',
        'Stock given back: 3 of MUG-1.',
        'The order became Cancelled; it was Being processed.',
      ]),
    );
    expect((await system.get(`/v1/orders/${number}`)).body).toEqual(before);
    expect(await system.gateway.ledger()).toEqual(ledger);
  });

  it('says which waits would begin and end', async () => {
    const { number } = await system.placed();
    const until = '2099-01-01T00:00:00.000Z';
    const held = await system.command(number, { type: 'hold', reason: 'fraud', until }, preview);
    // Nobody is expected to move a held order on.
    expect(held.body.changes.timers).toMatchObject({
      starts: [{ name: 'hold', at: until }],
      ends: [{ name: 'stuck' }],
    });
    const paid = await system.command(number, { type: 'take-payment' }, preview);
    const ends = paid.body.changes.timers.ends.map(({ name }: { name: string }) => name);
    expect(ends.sort()).toEqual(['authorisation:p1', 'renewal:p1', 'stuck']);
  });

  it('is refused like the real thing, and nobody writes the attempt down', async () => {
    const { number } = await system.placed();
    const refused = await system.command(
      number,
      { type: 'set-status', status: 'Complete' },
      preview,
    );
    expect(refused.body).toMatchObject({ code: 'invalid-order-status', status: 409 });
    expect(refused.body.command).toBeUndefined();
    expect((await system.get(`/v1/orders/${number}`)).body.seq).toBe(2);
  });

  it('knows a wish that is fulfilled already', async () => {
    const { number } = await system.placed();
    const { body } = await system.command(
      number,
      { type: 'set-status', status: 'Pending' },
      preview,
    );
    expect(body).toMatchObject({ outcome: 'unchanged', changes: { says: [], statuses: [] } });
  });
});
