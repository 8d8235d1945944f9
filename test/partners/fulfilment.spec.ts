import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually';
import { keep, replay } from '../replay/history-files';
import { startWithPartners, type WithPartners } from './with-partners';

const quick = {
  accept: { remind: { seconds: 1 }, escalate: { seconds: 2 }, giveUp: { seconds: 3 } },
  ship: { remind: { seconds: 1 }, escalate: { seconds: 2 } },
};

describe('a partner’s part in an order', () => {
  let all: WithPartners;
  beforeAll(async () => {
    all = await startWithPartners();
  });
  afterAll(() => all.stop());

  const handleOf = (number: string, code: string) =>
    all.system.client.workflow.getHandle(`fulfilment-${number}-${code}`);
  /** The commands of a partner's own key. */
  async function partnerOf(code: string) {
    const as = await all.system.keyOf('partner', code);
    return (number: string, command: object) => all.system.command(number, command, { as });
  }
  const details = async (number: string, code: string) => {
    const handle = handleOf(number, code);
    const meta = await handle.query<{ currentDetails: string }>('__temporal_workflow_metadata');
    return meta.currentDetails;
  };
  const hold = async (number: string) => (await all.order(number)).hold;

  it('ends when everything has left, in a short history', async () => {
    await all.register('swift');
    const send = await partnerOf('swift');
    const number = await all.handed('swift');
    await all.letters('swift');
    const said = await eventually(
      () => details(number, 'swift'),
      (text) => text.includes('accept'),
    );
    expect(said).toContain('**swift** is to accept `p1`, 2 units');
    expect(said).toContain('it is reminded');
    await send(number, { type: 'accept-hand-over', handOver: 'p1' });
    await eventually(
      () => details(number, 'swift'),
      (text) => text.includes('is to send'),
    );
    const lines = [{ id: 'A' }];
    const shipped = { type: 'record-shipping-event', event: 'Shipped', lines, reference: 'S-1' };
    expect((await send(number, shipped)).status).toBe(200);
    const handle = handleOf(number, 'swift');
    await handle.result();
    const life = await handle.fetchHistory();
    expect(life.events!.length).toBeLessThanOrEqual(20);
    await replay(life);
    keep('fulfilment-sent', life);
    expect(all.lettersTo('swift').map(({ type }) => type)).toEqual(['order']);
  });

  it('that is over takes news that comes late: it looks, and is over', async () => {
    await all.register('told-late', { capabilities: { accepts: false } });
    const number = await all.handed('told-late');
    await all.letters('told-late');
    await all.system.command(number, { type: 'cancel', reason: 'Called off.' });
    const handle = handleOf(number, 'told-late');
    await handle.result();
    const { runId } = await handle.describe();
    const { knex } = all.system.database;
    const news = { order_number: number, topic: 'fulfilment' };
    await knex('outbox').where(news).update({ started_at: null });
    await eventually(
      () => handle.describe(),
      (now) => now.runId !== runId && now.status.name === 'COMPLETED',
    );
    expect((await all.order(number)).status).toBe('Cancelled');
  });

  it('is pushed on when the partner is silent: reminded, escalated, waited for no longer', async () => {
    await all.register('silent', { terms: quick });
    const number = await all.handed('silent');
    const [, reminder] = await all.letters('silent', 2);
    expect(reminder).toMatchObject({
      ...{ type: 'reminder', waitsFor: 'answer', handOver: 'p1', sequence: 2 },
      lines: [{ id: 'A', quantity: 2 }],
    });
    expect(await all.task(number, 'partner-late')).toContain('silent');
    await eventually(
      () => hold(number),
      (held) => held !== null,
    );
    expect(await details(number, 'silent')).toContain('given up');
    await all.system.command(number, { type: 'release-hold' });
    await all.system.command(number, { type: 'cancel', reason: 'Nobody sends it.' });
    const handle = handleOf(number, 'silent');
    await handle.result();
    const life = await handle.fetchHistory();
    await replay(life);
    keep('fulfilment-silent', life);
  });

  it('is taken up where it was by the next worker, and each step is taken once', async () => {
    await all.register('slow', { terms: quick });
    const number = await all.handed('slow');
    await all.letters('slow');
    await all.system.stopWorker();
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    await all.system.startWorker();
    await all.task(number, 'partner-late');
    const letters = await all.letters('slow', 2);
    expect(letters.map(({ type }) => type)).toEqual(['order', 'reminder']);
  });

  it('is somebody else’s after a re-route: the former partner sees the order no more', async () => {
    await all.register('former');
    await all.register('spare');
    const [former, spare] = await Promise.all(
      ['former', 'spare'].map((code) => all.system.keyOf('partner', code)),
    );
    const number = await all.handed('former');
    await all.letters('former');
    const at = `/v1/orders/${number}`;
    expect((await all.system.get(at, { as: former })).status).toBe(200);
    expect((await all.system.get(at, { as: spare })).status).toBe(404);

    await all.system.command(number, { type: 'hand-over', partner: 'spare', lines: [{ id: 'A' }] });
    expect((await all.letters('former', 2)).at(-1)).toMatchObject({ type: 'cancellation' });
    expect(await all.letters('spare')).toMatchObject([{ type: 'order', handOver: 'p2' }]);
    expect((await all.system.get(at, { as: former })).status).toBe(404);
    expect((await all.system.get(at, { as: spare })).body.lines).toMatchObject([{ id: 'A' }]);
    await handleOf(number, 'former').result();
  });
});
