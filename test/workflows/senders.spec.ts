import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually';
import { startOrders, type RunningOrders } from '../support/orders';
import { aPlacement } from '../support/placements';

describe('who sends a message', () => {
  let orders: RunningOrders;
  beforeAll(async () => {
    orders = await startOrders();
    await orders.stock('MUG-1', 1000);
  });
  afterAll(() => orders.stop());

  const placed = async () => {
    const placement = aPlacement();
    await orders.place(placement);
    return placement.number;
  };

  it.each([
    { actor: { role: 'clerk' } },
    { actor: 'bob' },
    { actor: { role: 'wizard', name: 'Bob' } },
    { actor: { role: 'clerk', name: { first: 'Bob' } } },
    { id: 'a\u0000b' },
    { id: 'answer 1/2/capture 3/0' },
    { version: '3' },
    'bob',
    7,
  ])('is refused on record when a signal says %j, and no money moves', async (sender) => {
    const number = await placed();
    await orders.signal(number, { type: 'take-payment' }, sender);
    const history = await eventually(
      () => orders.history(number),
      (rows) => rows.length > 2,
    );
    expect(history.slice(2)).toEqual(['malformed refused']);
    expect(await orders.movements(number)).toEqual(['authorisation 4100']);
    expect(await orders.send(number, { type: 'take-payment' })).toMatchObject({ outcome: 'done' });
  });

  it.each([null, { actor: null }, { id: null, version: null }])(
    'may be left out as %j',
    async (sender) => {
      const number = await placed();
      await orders.signal(number, { type: 'add-note', text: 'By hand.' }, sender);
      const history = await eventually(
        () => orders.history(number),
        (rows) => rows.length > 2,
      );
      expect(history.slice(2)).toEqual(['add-note']);
    },
  );

  it('is turned away at the door when an update says nonsense', async () => {
    const number = await placed();
    const sent = orders.send(number, { type: 'take-payment' }, undefined, { actor: 'bob' });
    await expect(sent).rejects.toMatchObject({ cause: { type: 'validation' } });
    expect(await orders.history(number)).toHaveLength(2);
  });

  it('may say which version was decided on: of six at once, one is done', async () => {
    const number = await placed();
    const version = (await orders.stored(number))?.version;
    const six = Array.from({ length: 6 }, (_, index) =>
      orders.send(number, { type: 'add-note', text: `${index}` }, undefined, { version }),
    );
    const results = await Promise.all(six);
    expect(results.filter(({ outcome }) => outcome === 'done')).toHaveLength(1);
    const refused = results.filter(({ outcome }) => outcome === 'refused');
    expect(refused.map(({ refusal }) => refusal?.code)).toEqual(
      Array.from({ length: 5 }, () => 'precondition-failed'),
    );
    expect(await orders.history(number)).toHaveLength(3);
  });

  it('cannot take an id that the order will need itself', async () => {
    const number = await placed();
    // Ids like these were once given to the gateway's answers and to the clock's deadlines.
    for (const id of [`${number}/2/capture/3/0`, 'deadline/hold/5']) {
      await orders.send(number, { type: 'add-note', text: 'Mine.' }, id);
    }
    await orders.send(number, { type: 'take-payment' });
    expect((await orders.stored(number))?.state.context.payments[0]?.captured).toBe(4100);
  });
});
