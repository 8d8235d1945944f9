import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { findCommand } from '../../db/commands';
import { commit } from '../../db/commit';
import { listEvents } from '../../db/events';
import { findOrder, loadOrder } from '../../db/orders';
import { getStock, setStock } from '../../db/stock';
import type { Commit } from '../../machines/history';
import { cloneDatabase, type TestDatabase } from '../support/database';
import { aLine } from '../support/placements';
import { aLife, carol, offline } from './lives';
import { faultsInStock } from './shelves';

const twoCards = {
  payments: [
    { gateway: 'sandbox', token: 'tok_ok', amount: 1000 },
    { gateway: 'sandbox', token: 'tok_declined', amount: 3100 },
  ],
};

describe('a placing that a card said no to', () => {
  let database: TestDatabase;
  let knex: TestDatabase['knex'];
  beforeAll(async () => {
    database = await cloneDatabase();
    ({ knex } = database);
    await setStock(knex, 'MUG-1', { inStock: 10 }, carol);
  });
  afterAll(() => database.drop());

  it('leaves nothing behind but what became of its command, and its stock is free again', async () => {
    const life = aLife();
    const placing = life.place();
    await commit(knex, placing);
    expect(await getStock(knex, 'MUG-1')).toMatchObject({ allocated: 3 });
    expect(await commit(knex, life.decline())).toEqual({ outcome: 'committed', seq: 2 });

    expect(await loadOrder(knex, life.number)).toBeNull();
    expect(await listEvents(knex, life.number)).toEqual([]);
    const id = placing.events[0]?.event.id ?? '';
    expect(await findCommand(knex, life.number, id)).toMatchObject({
      ...{ outcome: 'refused', seq: 1, refusal: { code: 'payment-declined' } },
    });
    expect(await getStock(knex, 'MUG-1')).toMatchObject({ inStock: 10, allocated: 0 });
    expect(await faultsInStock(knex)).toEqual([]);
    const causes = await knex('stock_ledger').where({ order_number: life.number }).pluck('cause');
    expect(causes).toEqual(['allocate', 'release']);
  });

  it('is withdrawn once, however often that is written', async () => {
    const life = aLife();
    await commit(knex, life.place());
    const withdrawal = life.decline();
    await commit(knex, withdrawal);
    expect(await commit(knex, withdrawal)).toEqual({ outcome: 'committed', seq: 2 });
    expect(await getStock(knex, 'MUG-1')).toMatchObject({ allocated: 0 });
  });

  it('leaves its number to another order, which a late repetition does not touch', async () => {
    const life = aLife();
    await commit(knex, life.place());
    const withdrawal = life.decline();
    await commit(knex, withdrawal);

    const next = aLife({ number: life.number });
    await commit(knex, next.place());
    await commit(knex, next.answer());
    expect(await commit(knex, withdrawal)).toMatchObject({ outcome: 'committed' });
    expect(await findOrder(knex, life.number)).toMatchObject({ seq: 2 });
    expect(await getStock(knex, 'MUG-1')).toMatchObject({ allocated: 3 });
  });

  it('is not brought back by a writer that was held up, nor written into the next order', async () => {
    const life = aLife({ ...twoCards, lines: [aLine({ trackStock: false })] });
    const commits = [life.place(), life.answer(), life.decline(), life.answer()];
    for (const each of commits) await commit(knex, each);
    const refused = { outcome: 'refused', refusal: { code: 'payment-declined' } };
    const [placing, ...others] = commits;
    expect(await commit(knex, placing as Commit)).toMatchObject(refused);
    expect(await loadOrder(knex, life.number)).toBeNull();

    const next = aLife({ ...twoCards, number: life.number });
    await commit(knex, next.place());
    const stored = await loadOrder(knex, life.number);
    expect(await commit(knex, placing as Commit)).toMatchObject(refused);
    for (const each of others) await commit(knex, each);
    expect(await loadOrder(knex, life.number)).toEqual(stored);
  });

  it('gives other cards back first, and is gone after that', async () => {
    const life = aLife({ ...twoCards, lines: [aLine({ trackStock: false })] });
    const placing = life.place();
    await commit(knex, placing);
    await commit(knex, life.answer());
    await commit(knex, life.decline());
    expect(life.effects).toMatchObject([{ kind: 'void', amount: 1000 }]);
    expect(await loadOrder(knex, life.number)).toMatchObject({ seq: 3 });
    const withdrawal = life.answer();
    expect(await commit(knex, withdrawal)).toEqual({ outcome: 'committed', seq: 4 });
    expect(await loadOrder(knex, life.number)).toBeNull();
    expect(await commit(knex, withdrawal)).toEqual({ outcome: 'committed', seq: 4 });
    const id = placing.events[0]?.event.id ?? '';
    expect(await findCommand(knex, life.number, id)).toMatchObject({ outcome: 'refused' });
  });

  it('with nothing on a shelf is refused in the one commit that it has', async () => {
    const life = aLife({ lines: [aLine({ trackStock: false })] });
    const placing = life.place();
    const no = life.decline();
    const whole = {
      ...no,
      after: 0,
      events: [...placing.events, ...no.events],
      shop: placing.shop,
    };
    expect(await commit(knex, whole)).toEqual({ outcome: 'committed', seq: 2 });
    expect(await commit(knex, whole)).toEqual({ outcome: 'committed', seq: 2 });
    const id = placing.events[0]?.event.id ?? '';
    expect(await findCommand(knex, life.number, id)).toMatchObject({ outcome: 'refused' });
    expect(await loadOrder(knex, life.number)).toBeNull();
  });

  it('on a number that is taken by then changes nothing', async () => {
    const other = aLife(offline);
    await commit(knex, other.place());
    const life = aLife({ number: other.number });
    life.place();
    expect(await commit(knex, life.decline())).toMatchObject({
      outcome: 'stale',
      stored: { seq: 1 },
    });
  });
});
