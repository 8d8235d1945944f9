import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startSystem, type System } from '../support/system';

describe('a command whose turn Temporal calls off', () => {
  let system: System;
  let connection: Connection;
  beforeAll(async () => {
    system = await startSystem();
    connection = await Connection.connect({ address: process.env.TEST_TEMPORAL_ADDRESS });
  });
  afterAll(async () => {
    await connection.close();
    await system.stop();
  });

  it('because a signal came while it ended the order, is answered and takes effect once', async () => {
    const client = new Client({ connection });
    const answers: number[] = [];
    for (let count = 0; count < 10; count += 1) {
      const { number } = await system.placed({ payments: [{ gateway: 'offline' }] });
      const handle = client.workflow.getHandle(`order-${number}`);
      const cancelling = system.command(number, { type: 'cancel', reason: 'Called off.' });
      let isAnswered = false;
      void cancelling.finally(() => (isAnswered = true));
      const report = { type: 'message.failed', message: 'm', kind: 'order-placed', why: 'No.' };
      for (let sent = 0; sent < 30 && !isAnswered; sent += 1) {
        // The last ones come to an order that has ended.
        await handle.signal('report', report, { id: `outbox ${sent}` }).catch(() => undefined);
      }
      const { status } = await cancelling;
      const { body } = await system.get(`/v1/orders/${number}/events?limit=100`);
      const types = (body.events as { type: string; outcome: string }[])
        .filter(({ type }) => type === 'cancel')
        .map(({ outcome }) => outcome);
      answers.push(status);
      expect(types).toEqual(['accepted']);
    }
    expect(answers).toEqual(Array(10).fill(200));
  });
});
