import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createCommandSender } from '../../activities/batches/temporal';
import { createGateways } from '../../activities/gateways';
import type { CardGateway } from '../../activities/gateways/port';
import { createLooking } from '../../activities/reconciling/looking';
import { createRepairing } from '../../activities/reconciling/repairing';
import { createAwake, createWaker } from '../../activities/reconciling/temporal';
import * as comparing from '../../machines/reconciling';
import { startOrders, type RunningOrders } from '../support/orders';
import { aPlacement } from '../support/placements';

const actor = { role: 'admin', name: 'reconcile' } as const;

describe('reconciling', () => {
  let orders: RunningOrders;
  beforeAll(async () => {
    orders = await startOrders();
    await orders.stock('MUG-1', 1000);
  });
  afterAll(() => orders.stop());

  function looking(isAwake = createAwake(orders.client)) {
    const { knex } = orders.database;
    const gateways = createGateways({ knex, gatewayUrl: orders.gateway.url, publicUrl: '' });
    return createLooking({ ...{ knex, gateways, comparing, isAwake }, graceMs: 0 });
  }

  function repairing() {
    const { client, taskQueue, database } = orders;
    return createRepairing({
      ...{ knex: database.knex, lookAt: looking().lookAt },
      send: createCommandSender(client, taskQueue, database.knex),
      wake: createWaker(client, taskQueue, database.knex),
    });
  }

  const told = (run: string) => ({ actor, run, reason: 'Found.' });

  /** An order that is paid, of which its gateway gave back 200 that nobody here asked for. */
  async function refundedElsewhere(): Promise<string> {
    const placement = aPlacement();
    const { number } = placement;
    await orders.place(placement);
    await orders.send(number, { type: 'take-payment' });
    const authorisation = (await orders.stored(number))?.state.context.payments[0]?.reference;
    const refund = { order: number, authorisation, amount: 200, currency: 'GBP' };
    await orders.gateway.post('/refunds', refund, `by hand ${number}`);
    return number;
  }

  const refundedOf = async (number: string) =>
    (await orders.stored(number))?.state.context.payments[0]?.refunded;

  it('by two at once records what moved elsewhere once', async () => {
    const number = await refundedElsewhere();
    const { differences } = await looking().lookAt(number);
    expect(differences.map(({ code }) => code)).toEqual(['gateway-only']);
    await Promise.all(['a', 'b'].map((run) => repairing()(differences, told(run))));
    expect(await refundedOf(number)).toBe(200);
    expect((await looking().lookAt(number)).differences).toEqual([]);
  });

  it('records nothing that somebody has recorded since it looked', async () => {
    const number = await refundedElsewhere();
    const { differences } = await looking().lookAt(number);
    const { command } = differences[0]?.repair ?? {};
    await orders.send(number, command!);
    const [repaired] = await repairing()(differences, told('c'));
    expect(repaired).toMatchObject({ outcome: 'done', why: 'It does not differ any more.' });
    expect(await refundedOf(number)).toBe(200);
  });

  it('says of a gateway that is not set up here that it could not be asked', async () => {
    const placement = aPlacement();
    await orders.place(placement);
    const { knex } = orders.database;
    const isAwake = createAwake(orders.client);
    const blind = createLooking({ knex, gateways: {}, comparing, isAwake, graceMs: 0 });
    const { differences, unreached } = await blind.lookAt(placement.number);
    expect(differences).toEqual([]);
    expect(unreached).toEqual([
      `sandbox is not set up here to be asked about order ${placement.number}.`,
    ]);
  });

  it('does not wait for a gateway that is away once for each order', async () => {
    for (const _ of [1, 2, 3, 4]) await orders.place(aPlacement());
    const { knex } = orders.database;
    let asked = 0;
    const away = {
      movements: () => {
        asked += 1;
        return Promise.resolve({ outcome: 'unreachable', why: 'away' } as const);
      },
    } as Partial<CardGateway> as CardGateway;
    const isAwake = createAwake(orders.client);
    const deaf = createLooking({ knex, gateways: { sandbox: away }, comparing, isAwake });
    const { orders: looked, unreached } = await deaf.lookOn({}, '', 100);
    expect([asked, unreached.length]).toEqual([3, looked]);
    expect(unreached.at(-1)).toMatch(
      /^sandbox was not asked about order .*: it did not answer before\.$/,
    );
  });

  it('finds nothing in an order whose money moved, and that ended, while it was looked at', async () => {
    const placement = aPlacement();
    const { number } = placement;
    await orders.place(placement);
    const isAwake = createAwake(orders.client);
    const { differences } = await looking(async (asked) => {
      await orders.send(number, { type: 'cancel', reason: 'Called off.' });
      await orders.handle(number).result();
      return isAwake(asked);
    }).lookAt(number);
    expect(differences).toEqual([]);
  });
});
