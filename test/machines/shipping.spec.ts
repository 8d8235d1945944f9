import { describe, expect, it } from '@jest/globals';
import { shippingSummary } from '../../machines/history';
import shop from '../../machines/shop';
import type { OrderState } from '../../machines/state';
import type { Shop } from '../../machines/table';
import {
  aLine,
  aMixedOrder,
  anOrder,
  desk,
  factsOf,
  lineOf,
  placed,
  play,
  refusal,
  send,
  type Told,
} from './support';

type Units = { id: string; quantity?: number };
const record = (event: string, ...lines: Units[]): Told & { type: 'record-shipping-event' } => ({
  type: 'record-shipping-event',
  event,
  ...(lines.length > 0 && { lines }),
});
const ship = (...lines: Units[]) => record('Shipped', ...lines);
const paid = (placement = aMixedOrder()) => play(placed(placement), { type: 'take-payment' });

describe('shipping', () => {
  it('counts units; a line moves when all of it has left', () => {
    const part = play(paid(), ship({ id: 'A', quantity: 2 }));
    expect(lineOf(part)).toMatchObject({ status: 'Being processed', passed: { Shipped: 2 } });
    expect(shippingSummary(shop, part)).toBe('2 of 6 Shipped');
    const rest = play(part, ship({ id: 'A' }));
    expect(lineOf(rest)).toMatchObject({ status: 'Shipped', passed: { Shipped: 3 } });
    expect(rest.value.status).toBe('Being processed');
  });

  it('completes the order when everything has left, in however many parcels', () => {
    const all = [
      ship({ id: 'A', quantity: 1 }),
      ship({ id: 'A' }, { id: 'B' }),
      record('Downloaded'),
    ];
    const state = play(paid(), ...all);
    expect(state.value.status).toBe('Complete');
    expect(state.context.shipments.map(({ id, event }) => [id, event])).toEqual([
      ['1', 'Shipped'],
      ['2', 'Shipped'],
      ['3', 'Downloaded'],
    ]);
    expect(shippingSummary(shop, state)).toBe('Shipped, Downloaded');
  });

  it('means all that is left where no line is named, less what is with the digital provider', () => {
    const state = play(paid(), ship({ id: 'A', quantity: 2 }), ship());
    expect(state.context.shipments[1]?.lines).toEqual([
      { id: 'A', quantity: 1 },
      { id: 'B', quantity: 2 },
    ]);
  });

  it('tells the customer with tracking, unless asked not to', () => {
    const tracking = { carrier: 'Post', number: 'RR1' };
    const told = send(paid(), { ...ship({ id: 'B' }), tracking, reference: 'W-1' });
    expect(factsOf(told, 'message')).toEqual([
      { type: 'message', kind: 'order-shipped', shippingEvent: '1' },
    ]);
    expect(factsOf(told, 'shipping-event')).toMatchObject([{ tracking, reference: 'W-1' }]);
    expect(factsOf(send(paid(), { ...ship(), notify: false }), 'message')).toEqual([]);
    const quiet = { ...record('Cancelled', { id: 'B' }), notify: false };
    expect(factsOf(send(paid(), quiet), 'message')).toEqual([]);
  });

  it('lets come back what has left, by line and unit', () => {
    const state = play(
      paid(),
      ship({ id: 'A', quantity: 2 }),
      record('Returned', { id: 'A', quantity: 1 }),
    );
    expect(lineOf(state).passed).toMatchObject({ Shipped: 2, Returned: 1 });
    expect(refusal(state, record('Returned', { id: 'A', quantity: 2 })).code).toBe(
      'invalid-shipping-event',
    );
    const back = play(state, ship({ id: 'A' }), record('Returned', { id: 'A' }));
    expect(lineOf(back).status).toBe('Returned');
  });

  it('speaks of a line without its cancelled units', () => {
    const state = play(paid(), ship({ id: 'A', quantity: 2 }), {
      type: 'cancel',
      lines: [{ id: 'A' }],
      reason: 'broken',
    });
    expect(lineOf(state)).toMatchObject({
      status: 'Shipped',
      passed: { Shipped: 2, Cancelled: 1 },
    });
  });
});

describe('a shipping event is refused for', () => {
  const cancelledB = play(paid(), { type: 'cancel', lines: [{ id: 'B' }], reason: 'asked' });
  it.each<[string, OrderState, Told, string[]]>([
    ['too many', paid(), ship({ id: 'A', quantity: 4 }), ['/lines/0/quantity']],
    ['none', paid(), ship({ id: 'A', quantity: 0 }), ['/lines/0/quantity']],
    ['fewer than none', paid(), ship({ id: 'A', quantity: -3 }), ['/lines/0/quantity']],
    ['half a unit', paid(), ship({ id: 'A', quantity: 0.5 }), ['/lines/0/quantity']],
    [
      'a line twice',
      paid(),
      ship({ id: 'A', quantity: 1 }, { id: 'A', quantity: 1 }),
      ['/lines/1/id'],
    ],
    ['no line', paid(), { ...ship(), lines: [] }, ['/lines']],
    ["another order's line", paid(), ship({ id: 'Z' }), ['/lines/0/id']],
    ['a cancelled line', cancelledB, ship({ id: 'B' }), ['/lines/0/quantity']],
    [
      'each line that offends',
      paid(),
      ship({ id: 'A', quantity: 9 }, { id: 'B' }, { id: 'Z' }, { id: 'C', quantity: 2 }),
      ['/lines/0/quantity', '/lines/2/id', '/lines/3/quantity'],
    ],
    ['what has not left', paid(), record('Returned', { id: 'A' }), ['/lines/0/quantity']],
    ['a download of mugs', paid(), record('Downloaded', { id: 'A' }), ['/lines/0/quantity']],
    [
      'what left already',
      play(paid(), ship()),
      record('Returned', { id: 'C', quantity: 2 }),
      ['/lines/0/quantity'],
    ],
    ['a type of no shop', paid(), record('Teleported'), ['/event']],
    ['a word of the language', paid(), record('toString'), ['/event']],
  ])('%s, all or nothing', (_, state, command, pointers) => {
    const refused = refusal(state, command);
    expect(refused.code).toBe('invalid-shipping-event');
    expect(refused.errors?.map(({ pointer }) => pointer)).toEqual(pointers);
    expect(refused.detail).toContain('Order 100001');
  });

  it('an order whose status forbids it, saying which would do', () => {
    expect(refusal(placed(), ship())).toMatchObject({
      code: 'invalid-shipping-event',
      figures: { status: 'Pending', during: ['Being processed'] },
      allowed: ['Cancelled'],
    });
  });

  it('a line whose own pipeline does not lead there', () => {
    const state = play(paid(), {
      type: 'set-line-status',
      lines: [{ id: 'A' }],
      status: 'Cancelled',
    });
    const refused = refusal(state, ship({ id: 'A', quantity: 1 }));
    expect(refused.detail).toBe(
      'Order 100001: Line A is Cancelled and cannot become Shipped, which Shipped needs.',
    );
  });
});

describe('an order among events', () => {
  const { Shipped } = shop.shippingEvents;
  const table: Shop = {
    ...shop,
    shippingEvents: {
      ...shop.shippingEvents,
      Packed: { during: ['Being processed'], before: ['Checked'] },
      Checked: { during: ['Being processed'] },
      Shipped: { ...Shipped, during: ['Being processed'], after: ['Packed'] },
    },
  };
  const packers = desk(table);
  const state = packers.play(packers.placed(), { type: 'take-payment' });
  const pack = record('Packed', { id: 'A', quantity: 1 });

  it('is named where it limits, with its count', () => {
    expect(packers.refusal(packers.play(state, pack), ship({ id: 'A', quantity: 2 })).detail).toBe(
      'Order 100001: Line A: 2 asked, at most 1 possible: only 1 has passed Packed.',
    );
    const checked = packers.play(state, record('Checked', { id: 'A', quantity: 2 }));
    expect(packers.refusal(checked, record('Packed', { id: 'A', quantity: 2 })).detail).toContain(
      'at most 1 possible: 2 have passed Checked.',
    );
  });
});

describe('stock', () => {
  const moves = (step: ReturnType<typeof send>) =>
    factsOf(step, 'stock').map(({ move, lines }) => [
      move,
      ...lines.map(({ id, quantity }) => `${quantity} ${id}`),
    ]);

  it('leaves with the units of tracked lines, and no others', () => {
    expect(moves(send(paid(), ship({ id: 'A', quantity: 2 }, { id: 'C' })))).toEqual([
      ['consume', '2 A'],
    ]);
    expect(moves(send(paid(), ship({ id: 'C' })))).toEqual([]);
  });

  it('that is still held is given back when the rest is cancelled', () => {
    const part = play(paid(), ship({ id: 'A', quantity: 2 }));
    const cancelled = send(part, {
      type: 'cancel',
      lines: [{ id: 'A' }, { id: 'B' }],
      reason: 'asked',
    });
    expect(moves(cancelled)).toEqual([['release', '1 A', '2 B']]);
    expect(lineOf(cancelled.state)).toMatchObject({ allocated: 0, consumed: 2 });
  });

  it('that nobody shipped leaves when the order is completed by hand', () => {
    const state = paid(anOrder({ lines: [aLine({ kind: 'digital' })] }));
    expect(moves(send(state, { type: 'set-status', status: 'Complete' }))).toEqual([
      ['consume', '3 A'],
    ]);
  });
});
