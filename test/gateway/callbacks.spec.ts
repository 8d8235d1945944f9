import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import path from 'node:path';
import type { Entry } from '../../scripts/gateway/entries';
import { createGateway } from '../../scripts/gateway/gateway';
import { openJournal } from '../../scripts/gateway/journal';
import { startReceiver, type Receiver } from './receiver';
import {
  CALLBACK_SECRET,
  deadUrl,
  startGateway,
  temporaryDirectory,
  type RunningGateway,
} from './running-gateway';

describe('callbacks', () => {
  let gateway: RunningGateway;
  let receiver: Receiver;
  let callbackUrl: string;
  let ahead: number;

  beforeEach(async () => {
    ahead = 0;
    gateway = await startGateway({ now: () => Date.now() + ahead });
    receiver = await startReceiver();
    callbackUrl = receiver.url;
  });
  afterEach(async () => {
    receiver.stop();
    await gateway.stop();
  });

  it('tell of each movement, twice under one id for tok_sends_callbacks_twice', async () => {
    const reference = await gateway.authorise('tok_sends_callbacks_twice', 1000, { callbackUrl });
    await receiver.bodies(2);
    const body = { order: '1', authorisation: reference, amount: 400 };
    const { body: captured } = await gateway.post('/captures', body, 'capture');
    const told = await receiver.bodies(4);

    const common = { outcome: 'moved', order: '1', authorisation: reference, currency: 'GBP' };
    const authorised = {
      ...common,
      id: `evt_${reference}`,
      kind: 'authorisation',
      key: 'authorise tok_sends_callbacks_twice 1000',
      reference,
      amount: 1000,
      at: expect.any(String),
      expiresAt: expect.any(String),
      can: { captures: 'many', renewable: true },
    };
    const capture = {
      ...common,
      id: `evt_${captured.reference}`,
      kind: 'capture',
      key: 'capture',
      reference: captured.reference,
      amount: 400,
      at: captured.at,
    };
    expect(told).toEqual([authorised, authorised, capture, capture]);
  });

  it('are signed as Standard Webhooks has it', async () => {
    await gateway.authorise('tok_ok', 1000, { callbackUrl });
    const [body] = await receiver.bodies(1);
    const [first] = receiver.received;
    const raw = first?.raw.toString() ?? '';
    const headers = first?.headers as Record<string, string>;
    expect(headers['webhook-id']).toBe(body?.id);
    expect(new Webhook(CALLBACK_SECRET).verify(raw, headers)).toEqual(body);
    expect(() => new Webhook(CALLBACK_SECRET).verify(`${raw} `, headers)).toThrow('signature');
  });

  it('are sent again when they fail', async () => {
    receiver.answers.push(500, 500);
    const reference = await gateway.authorise('tok_ok', 1000, { callbackUrl });
    expect(await receiver.bodies(3)).toMatchObject([{ reference }, { reference }, { reference }]);
  });

  it('hold nothing up when nobody listens', async () => {
    const nobody = await gateway.authorise('tok_ok', 1000, { callbackUrl: await deadUrl() });
    expect(await gateway.charges(nobody)).toHaveLength(1);
  });

  it('tell of the renewal at the address that came with it', async () => {
    const renews = await gateway.authorise('tok_ok', 1000);
    const body = { order: '1', amount: 1000, currency: 'GBP', renews, callbackUrl };
    const { body: renewed } = await gateway.post('/authorisations', body, 'renew');
    expect(await receiver.bodies(1)).toMatchObject([
      { key: 'renew', reference: renewed.reference },
    ]);
  });

  it('let the same request through under its key when the address has changed', async () => {
    const body = { order: '1', amount: 1000, currency: 'GBP', token: 'tok_ok' };
    const first = await gateway.post('/authorisations', body, 'key');
    const again = await gateway.post('/authorisations', { ...body, callbackUrl }, 'key');
    expect(again).toEqual({ ...first, replayed: true });
  });

  const lateRequest = (token: string) => ({
    ...{ order: '1', amount: 1000, currency: 'GBP', token },
    callbackUrl,
  });

  it('are the first that anybody hears of tok_tells_late_<seconds>, which can be asked about from then on', async () => {
    const request = lateRequest('tok_tells_late_1');
    await expect(gateway.post('/authorisations', request, 'key')).rejects.toThrow();
    expect(await gateway.ledger()).toHaveLength(1);
    const asked = await fetch(`${gateway.url}/charges?reference=key`);
    expect(asked.status).toBe(503);
    expect(receiver.received).toEqual([]);

    const [told] = await receiver.bodies(1);
    expect(told).toMatchObject({ key: 'key', amount: 1000 });
    expect(await gateway.charges('key')).toMatchObject([{ reference: told?.reference }]);
    expect(await gateway.post('/authorisations', request, 'key')).toMatchObject({ status: 201 });
  });

  it('are never sent for tok_unknown, nor is it ever told to whoever asks or sends again', async () => {
    const request = lateRequest('tok_unknown');
    await expect(gateway.post('/authorisations', request, 'key')).rejects.toThrow();
    ahead = 365 * 24 * 60 * 60 * 1000;
    for (const name of ['key', '1']) {
      expect((await fetch(`${gateway.url}/charges?reference=${name}`)).status).toBe(503);
    }
    ahead = 0;
    await expect(gateway.post('/authorisations', request, 'key')).rejects.toThrow();
    expect(await gateway.ledger()).toHaveLength(1);
    expect(receiver.received).toEqual([]);
  });
});

describe('a callback that is not due yet when the gateway is killed', () => {
  it('is sent by the one that goes on with its journal', async () => {
    const { directory, remove } = temporaryDirectory();
    const file = path.join(directory, 'journal.ndjson');
    const killed = openJournal<Entry>(file);
    await createGateway({ journal: killed }).submit(
      {
        ...{ kind: 'authorisation', order: '1', amount: 1000, currency: 'GBP' },
        ...{ token: 'tok_tells_late_2', callbackUrl: 'http://shop.example' },
      },
      'key',
    );
    await killed.close();

    const journal = openJournal<Entry>(file);
    const told = new Promise((resolve) => {
      createGateway({ journal, announce: ({ key }, url) => resolve({ key, url }) });
    });
    expect(await told).toEqual({ key: 'key', url: 'http://shop.example' });
    await journal.close();
    remove();
  });
});
