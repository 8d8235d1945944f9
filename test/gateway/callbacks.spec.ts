import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { deadUrl, startGateway, type RunningGateway } from './running-gateway';

describe('callbacks', () => {
  let gateway: RunningGateway;
  let receiver: Server;
  let callbackUrl: string;
  let received: { id: string; type: string; charge: { reference: string } }[];
  /** Statuses of the next answers; 204 after that. */
  let answers: number[];

  beforeEach(async () => {
    gateway = await startGateway();
    received = [];
    answers = [];
    receiver = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        received.push(JSON.parse(Buffer.concat(chunks).toString()));
        response.writeHead(answers.shift() ?? 204).end();
        receiver.emit('received');
      });
    }).listen(0, '127.0.0.1');
    await once(receiver, 'listening');
    callbackUrl = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
  });
  afterEach(async () => {
    receiver.close();
    receiver.closeAllConnections();
    await gateway.stop();
  });

  async function arrival(count: number) {
    while (received.length < count) await once(receiver, 'received');
  }

  it('tell of each movement, twice under one id for tok_sends_callbacks_twice', async () => {
    const reference = await gateway.authorise('tok_sends_callbacks_twice', 1000, { callbackUrl });
    await arrival(2);
    const body = { order: '1', authorisation: reference, amount: 400 };
    const { body: captured } = await gateway.post('/captures', body, 'capture');
    await arrival(4);

    const authorised = { id: `evt_${reference}`, type: 'authorisation' };
    const capture = { id: `evt_${captured.reference}`, type: 'capture', charge: captured };
    expect(received).toMatchObject([authorised, authorised, capture, capture]);
  });

  it('are sent again when they fail', async () => {
    answers = [500, 500];
    const reference = await gateway.authorise('tok_ok', 1000, { callbackUrl });
    await arrival(3);
    expect(received.map((event) => event.charge.reference)).toEqual([
      reference,
      reference,
      reference,
    ]);
  });

  it('hold nothing up when nobody listens', async () => {
    const nobody = await gateway.authorise('tok_ok', 1000, { callbackUrl: await deadUrl() });
    expect(await gateway.charges(nobody)).toHaveLength(1);
  });
});
