import { describe, expect, it } from '@jest/globals';
import { faults } from '../../machines/faults';
import shop from '../../machines/shop';
import type { Shop } from '../../machines/table';
import { actionsOf } from '../../machines/offering/actions';
import { sentenceOf } from '../../machines/views/sentences';
import { viewTracking } from '../../machines/views/tracking';
import {
  aMixedOrder,
  desk,
  factsOf,
  lineOf,
  noon,
  orders,
  placed,
  play,
  refusal,
  send,
  type Told,
} from './support';

const admin = { role: 'admin', name: 'Ada' } as const;
const override = { reason: 'The customer waits at the door.' };
const ship = (quantity?: number, more: object = {}): Told =>
  ({
    ...{ type: 'record-shipping-event', event: 'Shipped' },
    lines: [{ id: 'A', ...(quantity !== undefined && { quantity }) }],
    ...more,
  }) as Told;
const over = (quantity?: number): Told => ship(quantity, { override, actor: admin });

/** The default shop, shipping only what is paid for. */
const careful = (requires: 'authorised' | 'paid'): Shop => ({
  ...shop,
  shippingEvents: {
    ...shop.shippingEvents,
    Shipped: { ...shop.shippingEvents.Shipped!, during: ['Pending', 'Being processed'], requires },
  },
  lines: {
    ...shop.lines,
    statuses: {
      ...shop.lines.statuses,
      Pending: { next: ['Being processed', 'Shipped', 'Cancelled'] },
    },
  },
});

describe('an event that requires money', () => {
  const paid = desk(careful('paid'));
  const authorised = desk(careful('authorised'));

  it('lets pass the units that are paid, and says what is still to pay', () => {
    const part = paid.play(paid.placed(aMixedOrder()), {
      type: 'take-payment',
      lines: [{ id: 'A', quantity: 2 }],
    });
    const no = paid.refusal(part, ship(3));
    expect(no).toMatchObject({ code: 'invalid-shipping-event', guard: 'unitsMayPass' });
    expect(no.errors).toEqual([
      {
        pointer: '/lines/0/quantity',
        detail:
          'Line A: 3 asked, at most 2 possible: only 2 of them are paid, and 61.00 GBP of the order is still to pay.',
      },
    ]);
    expect(lineOf(paid.play(part, ship(2))).passed).toMatchObject({ Shipped: 2 });
    expect(lineOf(paid.play(part, ship())).passed).toMatchObject({ Shipped: 2 });
    expect(paid.refusal(part, ship(1, { lines: [{ id: 'B' }] })).detail).toContain('still to pay');
  });

  it('lets all pass once all is paid', () => {
    const state = paid.play(paid.placed(aMixedOrder()), { type: 'take-payment' }, ship());
    expect(lineOf(state).passed).toMatchObject({ Shipped: 3 });
  });

  it('is content with an authorisation where the shop says so', () => {
    expect(lineOf(authorised.play(authorised.placed(), ship())).passed).toEqual({ Shipped: 3 });
    const cash = authorised.placed({ ...aMixedOrder(), payments: [{ gateway: 'offline' }] });
    expect(authorised.refusal(cash, ship(1)).detail).toContain(
      'none of them is authorised or paid',
    );
  });
});

describe('an override', () => {
  it('ships while the order is unpaid, and leaves its trace', () => {
    const shipped = send(placed(), over(2));
    expect(factsOf(shipped, 'override')).toEqual([
      {
        type: 'override',
        reason: override.reason,
        rules: ['Shipped is recorded while the order is Being processed; it is Pending.'],
        shippingEvent: '1',
      },
    ]);
    expect(shipped.state.context.shipments).toMatchObject([
      { override: { by: 'Ada', reason: override.reason } },
    ]);
    const [said] = factsOf(shipped, 'override').map((fact) => sentenceOf(fact, 'GBP'));
    expect(said).toContain(override.reason);
  });

  it('moves a line along its own pipeline, each move recorded, and the order completes when it is paid', () => {
    const shipped = send(placed(), over());
    expect(factsOf(shipped, 'line-status').map(({ from, to }) => [from, to])).toEqual([
      ['Pending', 'Being processed'],
      ['Being processed', 'Shipped'],
    ]);
    expect(shipped.state.value.status).toBe('Pending');
    expect(play(shipped.state, { type: 'take-payment' }).value.status).toBe('Complete');
  });

  it('goes over money that an event requires', () => {
    const { placed: place, send: tell } = desk(careful('paid'));
    const [fact] = factsOf(tell(place(), over(1)), 'override');
    expect(fact?.rules).toEqual([
      'Line A, 1 asked: none of them is paid, and 36.00 GBP of the order is still to pay.',
    ]);
  });

  it('never goes over quantities, cancelled units, foreign lines, stock or a hold', () => {
    const state = placed(aMixedOrder());
    expect(refusal(state, over(4)).errors).toMatchObject([{ pointer: '/lines/0/quantity' }]);
    const foreign = ship(1, { override, actor: admin, lines: [{ id: 'Z', quantity: 1 }] });
    expect(refusal(state, foreign).errors).toMatchObject([{ pointer: '/lines/0/id' }]);
    const cancelled = play(state, {
      type: 'cancel',
      lines: [{ id: 'A', quantity: 2 }],
      reason: 'x',
    });
    expect(refusal(cancelled, over(2)).code).toBe('invalid-shipping-event');
    const held = play(state, { type: 'hold', reason: 'Fraud?' });
    expect(refusal(held, over(1)).code).toBe('on-hold');
    const returned = ship(1, { event: 'Returned', override, actor: admin });
    expect(refusal(state, returned).code).toBe('invalid-shipping-event');
  });

  it('is for the roles of the table, an admin when it names none', () => {
    const no = refusal(placed(), ship(1, { override }));
    expect(no).toMatchObject({ code: 'forbidden', guard: 'mayOverride', allowed: ['admin'] });
    expect(no.detail).toContain('The role clerk may not');
    const generous = desk({ ...shop, overrides: { roles: ['clerk'] } });
    expect(generous.play(generous.placed(), ship(1, { override })).context.shipments).toHaveLength(
      1,
    );
  });

  it('that was not needed is said to be that', () => {
    const paid = play(placed(), { type: 'take-payment' });
    const [fact] = factsOf(send(paid, over(1)), 'override');
    expect(fact?.rules).toEqual([]);
    expect(fact && sentenceOf(fact, 'GBP')).toContain('was not needed');
  });

  it('is offered with what it would go over, to those who may', () => {
    const shipped = (actor: Told['actor']) =>
      actionsOf(orders, placed(), { id: 'x', at: noon, actor: actor ?? admin }).find(
        ({ command }) => command.event === 'Shipped',
      );
    expect(shipped(admin)).toMatchObject({
      allowed: false,
      override: ['Shipped is recorded while the order is Being processed; it is Pending.'],
    });
    expect(shipped({ role: 'clerk', name: 'Grace' })?.override).toBeUndefined();
  });

  it('keeps an order that has left from being given up for want of money', () => {
    const unpaid = placed({ ...aMixedOrder(), payments: [{ gateway: 'offline' }] });
    const due = { type: 'deadline', name: 'unpaid', at: '2027-01-01T00:00:00.000Z' } as const;
    expect(play(unpaid, due).value.status).toBe('Cancelled');
    expect(refusal(play(unpaid, over(1)), due).guard).toBe('isDue');
  });
});

describe('tracking', () => {
  it('has the name and the link of a carrier that the shop knows', () => {
    expect(viewTracking(shop, { carrier: 'UPS', number: '1Z 9/9?' })).toEqual({
      carrier: 'UPS',
      name: 'UPS',
      number: '1Z 9/9?',
      url: 'https://www.ups.com/track?tracknum=1Z%209%2F9%3F',
    });
    expect(viewTracking(shop, { carrier: 'Royal Mail', number: 'RR1' }).name).toBe('Royal Mail');
  });

  it('keeps a carrier that it does not know as the text it is', () => {
    const tracking = { carrier: 'My uncle', number: '$&' };
    expect(viewTracking(shop, tracking)).toEqual(tracking);
    expect(viewTracking(shop, { number: 'X' })).toEqual({ number: 'X' });
  });
});

describe('the faults of a shop', () => {
  const events = shop.shippingEvents;
  const effects = { greet: { says: 'greets', whenDone: { obliges: [{ call: 'greet' }] } } };
  it.each<[string, Partial<Shop>]>([
    [
      'The carrier x is tracked at ftp://x/{number}, which does not begin with http(s).',
      { carriers: { x: { name: 'X', track: 'ftp://x/{number}' } } },
    ],
    [
      'The carrier x is tracked at https://x, which has no {number} in it.',
      { carriers: { x: { name: 'X', track: 'https://x' } } },
    ],
    [
      'The role viewer cannot override; admin, clerk, partner, system can.',
      { overrides: { roles: ['viewer' as 'admin'] } },
    ],
    ['The effect greet calls itself again when it answers, for ever.', { effects }],
    [
      'The effect greet leads to Lost, which is not defined.',
      { effects: { greet: { says: 'x', whenDone: { become: 'Lost' } } } },
    ],
    [
      'The effect greet leads to Complete, which consumes stock: an empty shelf could not refuse it any more.',
      { effects: { greet: { says: 'x', whenFailed: { become: 'Complete' } } } },
    ],
    [
      'The effect greet is tried for no time at all, or more than 4 days.',
      { effects: { greet: { says: 'x', within: { days: 9 } } } },
    ],
    [
      'The effect wave is called but not defined.',
      {
        paymentEvents: {
          ...shop.paymentEvents,
          Settled: { means: 'capture', obliges: [{ call: 'wave' }] },
        },
      },
    ],
    [
      'The event Shipped is fulfilled by the provider but is not for digital lines only.',
      { shippingEvents: { ...events, Shipped: { ...events.Shipped!, fulfilledBy: 'provider' } } },
    ],
  ])('%s', (sentence, changes) => {
    expect(faults({ ...shop, ...changes })).toContain(sentence);
  });
});
