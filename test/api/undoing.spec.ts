import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually';
import { startSystem, type System } from '../support/system';

let system: System;
beforeAll(async () => {
  system = await startSystem({ shop: join(__dirname, 'shop-with-undo.ts') });
});
afterAll(() => system.stop());

describe('over HTTP, a command that can be undone', () => {
  it('is accepted, can be followed, and is done when its time is over', async () => {
    const { number } = await system.placed();
    const sent = await system.command(number, { type: 'take-payment' });
    expect(sent.status).toBe(202);
    const { command, order } = sent.body;
    expect(command.outcome).toBe('pending');
    expect(order.waiting).toEqual([
      { command: command.id, type: 'take-payment', by: 'admin', until: expect.any(String) },
    ]);
    expect(order.payment).toMatchObject({ captured: 0, held: 4100 });
    const path = sent.headers.get('location') ?? '';
    const followed = await eventually(
      () => system.get(path),
      ({ body }) => body.command.outcome === 'done',
      20_000,
    );
    expect(followed.status).toBe(200);
    const { body } = await system.get(`/v1/orders/${number}`);
    expect(body).toMatchObject({ waiting: [], payment: { status: 'paid', held: 0 } });
  });

  it('is taken back by undo, and its own resource says so', async () => {
    const { number } = await system.placed();
    const sent = await system.command(number, { type: 'cancel', reason: 'By mistake.' });
    expect(sent.status).toBe(202);
    const { id } = sent.body.command;
    const actions = await system.get(`/v1/orders/${number}/actions`);
    expect(actions.body.actions).toContainEqual(
      expect.objectContaining({ command: { type: 'undo', command: id }, allowed: true }),
    );
    const refused = await system.command(number, { type: 'void' });
    expect([refused.status, refused.body.code]).toEqual([409, 'command-waits']);
    expect((await system.command(number, { type: 'undo', command: id })).status).toBe(200);
    const followed = await system.get(sent.headers.get('location') ?? '');
    expect(followed.body.command).toMatchObject({
      outcome: 'refused',
      refusal: { code: 'undone' },
    });
    const { body } = await system.get(`/v1/orders/${number}`);
    expect(body).toMatchObject({ status: 'Pending', waiting: [] });
    expect(await system.gateway.ledger()).not.toContainEqual(
      expect.objectContaining({ order: number, kind: 'void' }),
    );
  });

  it('says in its preview what it will do and until when it can be undone', async () => {
    const { number } = await system.placed();
    const { body } = await system.command(
      number,
      { type: 'take-payment' },
      { query: 'preview=true' },
    );
    expect(body.changes.money).toMatchObject([{ kind: 'capture', amount: 4100 }]);
    expect(body.changes.says[0]).toMatch(
      /^take-payment waits until .*; until then it can be undone\.$/,
    );
    expect(body.order.status).toBe('Being processed');
  });
});
