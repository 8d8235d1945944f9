import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OrderView } from '../../machines/views/order';
import { call } from '../../scripts/demo/system';
import type { LedgerEntry } from '../../scripts/gateway/views';
import { alone, TURN_WITHIN_MS } from '../support/alone';
import { eventually } from '../support/eventually';
import { aLine } from '../support/placements';
import { dataFolder, persist, startEverything, type Everything, type PartName } from './running';

const SKU = 'KILL-1';

/** What a storefront sends: three mugs, paid by a card. */
function request(number: string, token = 'tok_ok') {
  const { id, title, quantity, unitPrice } = aLine();
  return {
    number,
    currency: 'GBP',
    customer: { email: 'ada@example.com' },
    lines: [{ id, sku: SKU, title, quantity, unitPrice }],
    total: { exclTax: 3000, inclTax: 3600 },
    payments: [{ gateway: 'sandbox', method: 'card', token }],
  };
}

describe('whatever is killed, an order is processed once', () => {
  const { dataDir, remove } = dataFolder();
  let everything: Everything;
  let release: () => void;
  beforeAll(async () => {
    release = await alone();
    everything = await startEverything(dataDir);
    await call(everything.system, 'PUT', `/v1/stock/${SKU}`, { inStock: 1000 });
  }, TURN_WITHIN_MS);
  afterAll(async () => {
    await everything.stop();
    release();
    remove();
  });

  const send = (number: string, command: object, key: string) =>
    persist(everything, `/v1/orders/${number}/commands`, command, key);

  async function movementsOf(number: string): Promise<string[]> {
    const ledger = (await (
      await fetch(`${everything.gatewayUrl()}/ledger`)
    ).json()) as LedgerEntry[];
    return ledger
      .filter(({ order }) => order === number)
      .map(({ kind, amount }) => `${kind} ${amount}`);
  }

  const ready = () =>
    eventually(
      () =>
        fetch(`${everything.system.api}/readyz`).then(
          ({ status }) => status,
          () => 0,
        ),
      (status) => status === 200,
      60_000,
    );

  it('a worker killed while it captures', async () => {
    const number = 'slow-1';
    await persist(everything, '/v1/orders', request(number, 'tok_slow'), `place-${number}`);
    const paying = send(number, { type: 'take-payment' }, `pay-${number}`);
    await eventually(
      () => movementsOf(number),
      (movements) => movements.includes('capture 3600'),
    );
    everything.signal('worker', 'SIGKILL');
    await paying;
    const order = await eventually(
      async () => (await call(everything.system, 'GET', `/v1/orders/${number}`)).body,
      (body) => body.status === 'Being processed',
    );
    expect(order.payment).toMatchObject({ captured: 3600 });
    expect(await movementsOf(number)).toEqual(['authorisation 3600', 'capture 3600']);
  });

  it.each(['postgres', 'temporal'] as const)(
    '%s gone for ten seconds and back',
    async (part) => {
      const number = `away-${part}`;
      await persist(everything, '/v1/orders', request(number), `place-${number}`);
      everything.signal(part, 'SIGSTOP');
      const paying = send(number, { type: 'take-payment' }, `pay-${number}`);
      const reading = await fetch(`${everything.system.api}/healthz`);
      expect(reading.status).toBe(200);
      await pause(10_000);
      everything.signal(part, 'SIGCONT');
      expect(await paying).toMatchObject({ status: 200 });
      expect(await movementsOf(number)).toEqual(['authorisation 3600', 'capture 3600']);
      await ready();
    },
    120_000,
  );

  it('orders driven through a storm of kills', async () => {
    const numbers = Array.from({ length: 24 }, (_, index) => `storm-${index + 1}`);
    const tokens = ['tok_ok', 'tok_timeout_after_charge', 'tok_fails_twice', 'tok_ok'];
    let calm = false;
    const storm = (async () => {
      const victims: PartName[] = ['worker', 'api', 'gateway', 'worker', 'postgres', 'temporal'];
      for (let turn = 0; !calm; turn += 1) {
        everything.signal(victims[turn % victims.length] as PartName, 'SIGKILL');
        await pause(1_500);
      }
    })();

    const live = async (number: string, index: number) => {
      const token = tokens[index % tokens.length] as string;
      await persist(everything, '/v1/orders', request(number, token), `place-${number}`, 120_000);
      await send(number, { type: 'take-payment' }, `pay-${number}`);
      const lines = [{ id: 'A', quantity: 2 }];
      const ship = { type: 'record-shipping-event', event: 'Shipped', lines };
      await send(number, ship, `ship-${number}`);
      await send(number, { type: 'refund', amount: 100, reason: 'Chipped.' }, `refund-${number}`);
    };
    const lives = numbers.map(live);
    await pause(20_000);
    calm = true;
    await storm;
    await Promise.all(lives);
    await ready();

    for (const number of numbers) {
      const { body } = await call(everything.system, 'GET', `/v1/orders/${number}`);
      const order = body as unknown as OrderView;
      expect({ number, ...order.payment }).toMatchObject({
        number,
        status: 'partly refunded',
        captured: 3600,
        refunded: 100,
      });
      expect(await movementsOf(number)).toEqual([
        'authorisation 3600',
        'capture 3600',
        'refund 100',
      ]);
      expect(order.lines[0]?.quantities).toMatchObject({ shipped: 2, allocated: 1, consumed: 2 });
      const { body: timeline } = await call(
        everything.system,
        'GET',
        `/v1/orders/${number}/events?limit=100`,
      );
      const seqs = (timeline.events as { seq: number }[]).map(({ seq }) => seq);
      expect(seqs).toEqual(seqs.map((_, index) => index + 1));
    }
    const { body: shelf } = await call(everything.system, 'GET', `/v1/stock/${SKU}`);
    // Three orders before the storm hold three units each; each of the storm's shipped two and holds one.
    const shipped = 2 * numbers.length;
    const held = numbers.length + 9;
    expect(shelf).toMatchObject({ inStock: 1000 - shipped, allocated: held });
  }, 300_000);
});
