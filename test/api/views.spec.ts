import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startSystem, type System } from '../support/system';

let system: System;
beforeAll(async () => {
  system = await startSystem();
});
afterAll(() => system.stop());

type View = { id: string; name: string; mine: boolean; count: number | null };

const viewsOf = async (as?: string): Promise<View[]> =>
  (await system.get('/v1/views', { as })).body.views;
const namesOf = async (as?: string) => (await viewsOf(as)).map(({ name }) => name);
const countOf = async (id: string) => (await viewsOf()).find((view) => view.id === id)?.count;

describe('views of the list of orders', () => {
  it('come with every shop, and count what is in them as orders go on', async () => {
    const { number } = await system.placed();
    expect(await countOf('all')).toBe(1);
    expect(await countOf('to-capture')).toBe(1);
    expect(await countOf('to-ship')).toBe(0);
    await system.command(number, { type: 'take-payment' });
    expect(await countOf('to-capture')).toBe(0);
    expect(await countOf('to-ship')).toBe(1);
    await system.command(number, { type: 'hold', reason: 'Fraud?' });
    expect(await countOf('to-ship')).toBe(0);
    expect(await countOf('on-hold')).toBe(1);
    await system.command(number, { type: 'release-hold' });
    await system.command(number, { type: 'record-shipping-event', event: 'Shipped' });
    expect(await countOf('to-ship')).toBe(0);
  });

  it('are saved by people, for themselves or for all', async () => {
    const ada = await system.keyOf('clerk');
    const bob = await system.keyOf('viewer');
    const mine = { name: 'Mine', search: { q: 'mug' } };
    expect((await system.post('/v1/views', mine, { as: ada })).status).toBe(201);
    const ours = { name: 'Ours', shared: true, search: { currency: ['GBP'], sort: 'oldest' } };
    const { body } = await system.post('/v1/views', ours, { as: ada });
    expect(body).toMatchObject({ name: 'Ours', mine: true, count: 1 });
    expect(await namesOf(ada)).toEqual(expect.arrayContaining(['Mine', 'Ours']));
    expect(await namesOf(bob)).toContain('Ours');
    expect(await namesOf(bob)).not.toContain('Mine');
  });

  it('belong to whoever saved them', async () => {
    const [ada, bob] = [await system.keyOf('clerk'), await system.keyOf('clerk')];
    const shared = { name: 'Hers', shared: true, search: {} };
    const { id } = (await system.post('/v1/views', shared, { as: ada })).body;
    expect((await system.put(`/v1/views/${id}`, shared, { as: bob })).status).toBe(404);
    expect((await system.delete(`/v1/views/${id}`, { as: bob })).status).toBe(404);
    expect((await system.delete(`/v1/views/${id}`, { as: ada })).status).toBe(204);
    expect(await namesOf(ada)).not.toContain('Hers');
  });

  it('have one name each, whatever its case', async () => {
    await system.post('/v1/views', { name: 'Twice', search: {} });
    const { body } = await system.post('/v1/views', { name: 'TWICE', search: {} });
    expect(body).toMatchObject({ status: 409, code: 'name-taken' });
  });

  it('ask for nothing that the list cannot be asked', async () => {
    const odd = { name: 'Odd', search: { colour: 'red' } };
    expect((await system.post('/v1/views', odd)).body).toMatchObject({ code: 'validation' });
  });

  it('show a partner its own orders only', async () => {
    const acme = await system.keyOf('partner', 'acme');
    expect(await viewsOf(acme)).toEqual([
      expect.objectContaining({ id: 'all', count: 0 }),
      expect.objectContaining({ id: 'on-hold', count: 0 }),
    ]);
  });
});
