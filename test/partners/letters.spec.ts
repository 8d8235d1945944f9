import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { eventually } from '../support/eventually';
import { startWithPartners, type WithPartners } from './with-partners';

const aCancellation = {
  ...{ type: 'cancel', reason: 'One is enough.' },
  lines: [{ id: 'A', quantity: 1 }],
};

describe('letters to partners', () => {
  let all: WithPartners;
  beforeAll(async () => {
    all = await startWithPartners();
  });
  afterAll(() => all.stop());

  const messages = async (code: string) =>
    (await all.system.get(`/v1/partners/${code}/messages`)).body.messages;
  const message = async (code: string, id: string) =>
    (await all.system.get(`/v1/partners/${code}/messages/${id}`)).body;
  const settled = (code: string, id: string) =>
    eventually(
      () => message(code, id),
      ({ status }) => status !== 'waiting',
    );
  const handOvers = async (number: string) =>
    (await all.order(number)).handOvers.map((each: { partner: string; stage: string }) => [
      each.partner,
      each.stage,
    ]);

  it('have its own lines alone, in its own words, signed', async () => {
    const secret = await all.register('acme');
    const number = await all.handed('acme');
    const [letter] = await all.letters('acme');
    expect(letter).toMatchObject({
      ...{ version: 1, type: 'order', partner: 'acme', order: number, handOver: 'p1', sequence: 1 },
      shipTo: { city: 'Leeds' },
      lines: [{ id: 'A', sku: 'AC-1', shopSku: 'MUG-1', quantity: 2 }],
    });
    expect(JSON.stringify(letter)).not.toMatch(/TEA-1|1200|example\.com/);
    const { headers, body } = all.server.got.at(-1)!;
    expect(new Webhook(secret).verify(body, headers)).toEqual(letter);
    expect(headers['webhook-id']).toBe(letter!.id);
  });

  it('are sent again, the same, until the partner takes them, and each try is kept', async () => {
    await all.register('shaky');
    let tries = 0;
    all.server.answers = () => {
      tries += 1;
      if (tries === 1) return 'hangs up';
      return { status: tries === 2 ? 503 : 202, body: `try ${tries}` };
    };
    await all.handed('shaky');
    const [letter] = await all.letters('shaky', 3);
    const { attempts, ...sent } = await settled('shaky', letter!.id);
    expect(sent).toMatchObject({ status: 'delivered', tries: 3, sequence: 1 });
    expect(attempts).toMatchObject([
      { attempt: 1, status: null, why: expect.any(String) },
      { attempt: 2, status: 503, excerpt: 'try 2', why: 'It answered 503.' },
      { attempt: 3, status: 202, excerpt: 'try 3', why: null },
    ]);
    const bodies = all.server.got.slice(-3).map(({ body }) => body);
    expect(new Set(bodies)).toEqual(new Set([sent.body]));
    all.server.answers = { status: 200 };
  });

  it('that are answered no decline the hand-over, for the partner’s reason', async () => {
    await all.register('picky');
    all.server.answers = { status: 422, body: JSON.stringify({ reason: 'No mugs left.' }) };
    const number = await all.handed('picky');
    expect(await all.task(number, 'partner-declined')).toContain('No mugs left.');
    expect(await handOvers(number)).toEqual([['picky', 'declined']]);
    const { body } = await all.system.get(`/v1/orders/${number}/events?about=partner`);
    const declined = body.events.find(({ type }: { type: string }) => type === 'decline-hand-over');
    expect(declined.actor).toEqual({ role: 'partner', name: 'picky' });
    expect(await messages('picky')).toMatchObject([
      { status: 'failed', why: 'Declined: No mugs left.', tries: 1 },
    ]);
    all.server.answers = { status: 200 };
  });

  it('are as good as accepted by a partner that gives no answers', async () => {
    await all.register('mute', { capabilities: { accepts: false } });
    const number = await all.handed('mute');
    const accepted = await eventually(
      () => handOvers(number),
      ([handOver]) => handOver?.[1] !== 'asked',
    );
    expect(accepted).toEqual([['mute', 'accepted']]);
  });

  it('to a partner that nobody registered wait for people, and are sent when they have', async () => {
    const number = await all.handed('unknown');
    const said = await all.task(number, 'partner-unreachable');
    expect(said).toContain('PUT /v1/partners/unknown registers it');
    await all.register('unknown');
    const [{ id }] = await messages('unknown');
    expect(said).toContain(id);
    await all.system.post(`/v1/partners/unknown/messages/${id}/redeliveries`);
    const [letter] = await all.letters('unknown');
    expect(letter).toMatchObject({ id, order: number, sequence: 1 });
    expect(await settled('unknown', id)).toMatchObject({ status: 'delivered' });
  });

  it('to one that is not active wait for people', async () => {
    await all.register('resting', { active: false });
    const number = await all.handed('resting');
    expect(await all.task(number, 'partner-unreachable')).toContain('is not active');
    expect(all.lettersTo('resting')).toEqual([]);
  });

  it('of a cancellation come after the order, however long that took', async () => {
    await all.register('late');
    let isUp = false;
    all.server.answers = () => ({ status: isUp ? 200 : 500 });
    const number = await all.handed('late');
    await all.letters('late');
    await all.system.command(number, aCancellation);
    await all.letters('late', 2);
    isUp = true;
    const letters = await eventually(
      async () => all.lettersTo('late'),
      (got) => got.some(({ type }) => type === 'cancellation'),
    );
    expect(letters.at(-1)).toMatchObject({ sequence: 2, lines: [{ id: 'A', quantity: 1 }] });
    const types = letters.map(({ type }) => type);
    expect(types.lastIndexOf('order')).toBeLessThan(types.indexOf('cancellation'));
    all.server.answers = { status: 200 };
  });

  it('of a cancellation are a task where the partner reads none', async () => {
    await all.register('deaf', { capabilities: { cancellations: false } });
    const number = await all.handed('deaf');
    await all.letters('deaf');
    await all.system.command(number, aCancellation);
    expect(await all.task(number, 'partner-unreachable')).toContain('reads no cancellations');
    expect(all.lettersTo('deaf')).toHaveLength(1);
  });

  it('are a file where the partner takes files, dropped once', async () => {
    await all.register('filing', { transport: { kind: 'folder', path: 'filing/in' } });
    const number = await all.handed('filing');
    const [sent] = await eventually(
      () => messages('filing'),
      ([first]) => first?.status === 'delivered',
    );
    const folder = path.join(all.exchangeDir, 'filing/in');
    const name = `${number}-1-order-${sent.id}.csv`;
    expect(await readdir(folder)).toEqual([name]);
    expect(await readFile(path.join(folder, name), 'utf8')).toContain(`,${number},p1,1,`);
  });

  it('that nobody takes for days are given up, and people are told', async () => {
    await all.register('gone');
    all.server.answers = 'hangs up';
    const number = await all.handed('gone');
    expect(await all.task(number, 'partner-unreachable')).toContain('gone');
    const [sent] = await messages('gone');
    expect(sent).toMatchObject({ status: 'failed', tries: 7, nextAt: null });
    all.server.answers = { status: 200 };
  });
});
