import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually';
import { startOrders, type RunningOrders } from '../support/orders';
import { aLine, aPlacement } from '../support/placements';

describe.each([
  ['kept in memory', 100],
  ['replayed from its history at every step', 0],
])('an order %s', (_, cached) => {
  let orders: RunningOrders;
  beforeAll(async () => {
    orders = await startOrders({ cached });
    await orders.stock('MUG-1', 1000);
  });
  afterAll(() => orders.stop());

  it('is placed, paid, shipped in two parcels, and complete', async () => {
    const placement = aPlacement();
    const { number } = placement;
    const before = await orders.shelf('MUG-1');

    expect(await orders.place(placement)).toMatchObject({ outcome: 'done', seq: 2 });
    expect(await orders.shelf('MUG-1')).toEqual({ ...before, allocated: before.allocated + 3 });
    expect(await orders.send(number, { type: 'take-payment' })).toMatchObject({ outcome: 'done' });
    const event = 'Shipped';
    const lines = [{ id: 'A', quantity: 2 }];
    await orders.send(number, { type: 'record-shipping-event', event, lines });
    await orders.send(number, { type: 'record-shipping-event', event });

    expect(await orders.movements(number)).toEqual(['authorisation 4100', 'capture 4100']);
    const inStock = before.inStock - 3;
    expect(await orders.shelf('MUG-1')).toEqual({ inStock, allocated: before.allocated });
    expect((await orders.stored(number))?.state.value.status).toBe('Complete');
    expect(await orders.history(number)).toEqual([
      'place',
      'payment.authorised',
      'take-payment',
      'payment.captured',
      'record-shipping-event',
      'record-shipping-event',
    ]);
    // Nothing is due any more: its workflow has ended.
    await orders.handle(number).result();
  });

  it('wakes from the database when a command comes after its end', async () => {
    const placement = aPlacement();
    const { number } = placement;
    await orders.place(placement);
    await orders.send(number, { type: 'cancel', reason: 'Changed my mind.' });
    await orders.handle(number).result();
    const text = 'Asked for a catalogue.';
    expect(await orders.send(number, { type: 'add-note', text })).toMatchObject({
      outcome: 'done',
    });
    expect((await orders.stored(number))?.state.context.notes).toMatchObject([{ text }]);
  });

  it('gives a repeated command its first answer', async () => {
    const placement = aPlacement();
    await orders.place(placement);
    const send = () => orders.send(placement.number, { type: 'take-payment' }, 'same-id');
    const first = await send();
    expect(await send()).toMatchObject({ id: first.id, outcome: 'done', seq: first.seq });
    expect(await orders.movements(placement.number)).toHaveLength(2);
  });

  it('says itself when it was placed, where that is left to it, and its search attributes stay', async () => {
    const before = Date.now();
    const placement = aPlacement();
    const { number } = placement;
    await orders.place({ ...placement, placedAt: '' });
    const stored = await orders.stored(number);
    const placedAt = Date.parse(stored?.state.context.placement?.placedAt ?? '');
    expect(placedAt).toBeGreaterThanOrEqual(before - 1000);
    expect(placedAt).toBeLessThanOrEqual(Date.now() + 1000);
    const { events } = await orders.handle(number).fetchHistory();
    expect(events?.some((event) => event.upsertWorkflowSearchAttributesEventAttributes)).toBe(
      false,
    );
  });

  it('knows the same placing again, and another one for its number', async () => {
    const placement = aPlacement();
    await orders.place(placement);
    expect(await orders.place(placement)).toMatchObject({ outcome: 'done', repeated: true });
    const other = aPlacement({ number: placement.number, lines: [aLine({ quantity: 1 })] });
    const refused = await orders.place(other);
    expect(refused).toMatchObject({ outcome: 'refused', refusal: { code: 'number-taken' } });
    expect(await orders.movements(placement.number)).toHaveLength(1);
  });
});

describe('a placing that fails', () => {
  let orders: RunningOrders;
  beforeAll(async () => {
    orders = await startOrders();
    await orders.stock('MUG-1', 10);
  });
  afterAll(() => orders.stop());

  it('leaves nothing when the card is declined, and the number free for another card', async () => {
    const declined = aPlacement({ token: 'tok_declined' });
    const { number } = declined;
    const before = await orders.shelf('MUG-1');
    const refused = await orders.place(declined);
    expect(refused).toMatchObject({ outcome: 'refused', refusal: { code: 'payment-declined' } });
    expect(await orders.stored(number)).toBeNull();
    expect(await orders.shelf('MUG-1')).toEqual(before);

    expect(await orders.place(aPlacement({ number }))).toMatchObject({ outcome: 'done' });
    expect(await orders.movements(number)).toEqual(['authorisation 4100']);
  });

  it('touches no card when the shelf is empty', async () => {
    const placement = aPlacement({ lines: [aLine({ quantity: 400 })] });
    const refused = await orders.place(placement);
    expect(refused).toMatchObject({ outcome: 'refused', refusal: { code: 'insufficient-stock' } });
    expect(await orders.movements(placement.number)).toEqual([]);
    expect(await orders.stored(placement.number)).toBeNull();
  });

  it('gives up the first card when the second one is declined', async () => {
    const payments = [
      { gateway: 'sandbox', token: 'tok_ok', amount: 3000 },
      { gateway: 'sandbox', token: 'tok_declined', amount: 1100 },
    ];
    const placement = aPlacement({ payments });
    expect(await orders.place(placement)).toMatchObject({ outcome: 'refused' });
    expect(await orders.movements(placement.number)).toEqual(['authorisation 3000', 'void 3000']);
  });

  it('is turned away at the door when it is no placement at all', async () => {
    const broken = { ...aPlacement(), lines: 'three mugs' };
    await expect(orders.placeBlindly(broken)).rejects.toMatchObject({
      cause: { type: 'validation' },
    });
  });
});

describe('signals', () => {
  let orders: RunningOrders;
  beforeAll(async () => {
    orders = await startOrders();
    await orders.stock('MUG-1', 100);
  });
  afterAll(() => orders.stop());

  it('are handled like commands, and refused ones are recorded', async () => {
    const placement = aPlacement();
    const { number } = placement;
    await orders.place(placement);
    await orders.signal(number, { type: 'set-status', status: 'Complete' });
    await orders.signal(number, { type: 'shout' });
    await orders.signal(number, { type: 'take-payment' });
    const ended = await eventually(
      () => orders.history(number),
      (history) => history.includes('payment.captured'),
    );
    expect(ended).toEqual([
      'place',
      'payment.authorised',
      'set-status refused',
      'malformed refused',
      'take-payment',
      'payment.captured',
    ]);
  });

  it('wake an order that has ended', async () => {
    const placement = aPlacement();
    await orders.place(placement);
    await orders.send(placement.number, { type: 'cancel', reason: 'No.' });
    await orders.handle(placement.number).result();
    await orders.signal(placement.number, { type: 'add-note', text: 'Late word.' });
    const noted = await eventually(
      () => orders.history(placement.number),
      (history) => history.includes('add-note'),
    );
    expect(noted.at(-1)).toBe('add-note');
  });
});
