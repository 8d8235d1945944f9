import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startSystem, type System } from '../support/system';
import { collect, type Sent } from './read-stream';

let system: System;
beforeAll(async () => {
  system = await startSystem();
});
afterAll(() => system.stop());

const atLeast = (count: number) => (events: readonly Sent[]) => events.length >= count;
const types = (events: readonly Sent[]) =>
  events.map(({ data }) => (data as { type: string }).type);
const note = (text: string) => ({ type: 'add-note', text });

describe('the stream of an order', () => {
  it('has what was, then what comes, and goes on where it was left', async () => {
    const { number } = await system.placed();
    const path = `/v1/orders/${number}/stream`;
    const live = collect(system, path, atLeast(3));
    await system.command(number, note('One'));
    const { events, response } = await live;
    expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/);
    expect(types(events)).toEqual(['place', 'payment.authorised', 'add-note']);
    expect(events.at(-1)).toMatchObject({ id: '3', data: { seq: 3, says: ['Note: One'] } });
    expect(JSON.stringify(events)).not.toContain('tok_ok');

    await system.command(number, note('Two'));
    const resumed = await collect(system, path, atLeast(1), { 'last-event-id': '3' });
    expect(resumed.events).toMatchObject([{ id: '4', data: { seq: 4 } }]);
  });
});

describe('the stream of an order after a place that is none', () => {
  it('goes on at the end beyond it, and begins anew without one', async () => {
    const { number } = await system.placed();
    const path = `/v1/orders/${number}/stream`;
    const beyond = collect(system, path, atLeast(1), { 'last-event-id': '99999999999' });
    const stale = await collect(system, path, atLeast(1), { 'last-event-id': '-1' });
    expect(stale.events[0]).toMatchObject({ id: '1' });
    await new Promise((resolve) => setTimeout(resolve, 300));
    await system.command(number, note('Next'));
    expect((await beyond).events).toMatchObject([{ id: '3' }]);
  });
});

describe('the stream of all orders', () => {
  it('begins with what happens next and tells of every order, once each and in order', async () => {
    const { number: old } = await system.placed();
    // What was written just before may still come, as long as another transaction of the server is under way.
    const isOurs = ({ data }: Sent) => JSON.stringify(data).includes('all of them ');
    const isDone = (events: readonly Sent[]) => events.filter(isOurs).length >= 20;
    const live = collect(system, '/v1/orders/stream', isDone);
    await new Promise((resolve) => setTimeout(resolve, 500));
    const { number } = await system.placed();
    await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        system.command(n % 2 ? number : old, note(`all of them ${n}`)),
      ),
    );
    const { events } = await live;
    const told = events.map(({ data }) => data as { number: string; seq: number });
    for (const order of [old, number]) {
      const seqs = told.filter((each) => each.number === order).map(({ seq }) => seq);
      expect(seqs).toEqual([...seqs].sort((a, b) => a - b));
      expect(new Set(seqs).size).toBe(seqs.length);
    }
    expect(told.filter((each) => each.number === number)).toHaveLength(12);
    const resumeAt = { 'last-event-id': events[5]?.id as string };
    const again = await collect(system, '/v1/orders/stream', atLeast(3), resumeAt);
    expect(again.events.slice(0, 3)).toEqual(events.slice(6, 9));
  });

  it('ends when the API does, so that its readers come again', async () => {
    const { number } = await system.placed();
    const reading = collect(system, '/v1/orders/stream', () => false);
    await new Promise((resolve) => setTimeout(resolve, 300));
    await system.restartApi();
    expect((await reading).isEnded).toBe(true);
    expect((await system.get(`/v1/orders/${number}`)).status).toBe(200);
  });
});
