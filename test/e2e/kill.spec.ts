import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { call } from '../../scripts/demo/system';
import type { LedgerEntry } from '../../scripts/gateway/views';
import { persist } from '../../scripts/torture/client';
import {
  dataFolder,
  startEverything,
  untilReady,
  type Everything,
} from '../../scripts/torture/running';
import { alone, TURN_WITHIN_MS } from '../support/alone';
import { eventually } from '../support/eventually';
import { aLine } from '../support/placements';

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
      await untilReady(everything);
    },
    120_000,
  );
});
