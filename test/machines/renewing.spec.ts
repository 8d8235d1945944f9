import { describe, expect, it } from '@jest/globals';
import shop from '../../machines/shop';
import { replay, step } from '../../machines/step';
import type { OrderEvent } from '../../machines/events';
import type { OrderState } from '../../machines/state';
import type { Shop } from '../../machines/table';
import { lamps } from './shops';
import {
  aLine,
  anOrder,
  desk,
  factsOf,
  later,
  noon,
  orders,
  placed,
  play,
  refusal,
  send,
  unknown,
} from './support';

const admin = { role: 'admin', name: 'Root' } as const;

/** The default shop as it was edited: every word is given and the rest stays. */
function edited(changes: Partial<Shop>): Shop {
  return { ...shop, revision: 2, ...changes };
}

const {
  Pending,
  'Being processed': processing,
  ...ends
} = shop.orders.statuses as Required<Shop['orders']['statuses']>;

/** Calls Being processed Packing, for orders and lines, and Shipped Sent. */
const reworded: Shop = JSON.parse(
  JSON.stringify(edited({}))
    .replaceAll('"Being processed"', '"Packing"')
    .replaceAll('"Shipped"', '"Sent"')
    .replaceAll('"Settled"', '"Charged"'),
) as Shop;

const rewording = {
  statuses: { 'Being processed': 'Packing' },
  lineStatuses: { 'Being processed': 'Packing', Shipped: 'Sent' },
  shippingEvents: { Shipped: 'Sent' },
};

const partly = () =>
  play(
    placed(),
    { type: 'take-payment' },
    {
      type: 'record-shipping-event',
      event: 'Shipped',
      lines: [{ id: 'A', quantity: 1 }],
    },
  );

describe('a command that waits while its order is renewed', () => {
  it('is done in the words of the new table', () => {
    const undo = { 'record-shipping-event': { hours: 1 } };
    const patient = desk({ ...shop, undo });
    const waiting = patient.play(
      patient.placed(),
      { type: 'take-payment' },
      { type: 'record-shipping-event', event: 'Shipped', id: 'ship' },
      { type: 'renew', shop: { ...reworded, undo }, ...rewording, actor: admin },
    );
    const done = desk({ ...reworded, undo }).act(waiting, {
      ...{ type: 'deadline', name: 'waits:ship', at: later(1) },
    });
    expect(factsOf(done, 'command')).toMatchObject([{ id: 'ship', outcome: 'done' }]);
    expect(done.state.value.status).toBe('Complete');
    expect(done.state.context.lines[0]?.passed).toMatchObject({ Sent: 3 });
  });
});

describe('renewing an order', () => {
  it('moves it to the newer table, and it goes on by that', () => {
    const strict = edited({
      shippingEvents: {
        ...shop.shippingEvents,
        Packed: { during: ['Being processed'] },
        Shipped: { ...shop.shippingEvents.Shipped!, after: ['Packed'] },
      },
    });
    const before = play(placed(), { type: 'take-payment' });
    const moved = send(before, { type: 'renew', shop: strict, actor: admin });
    expect(moved.shop).toEqual(strict);
    expect(moved.facts).toEqual([
      {
        type: 'table-renewed',
        from: { name: 'Default shop', revision: 1 },
        to: { name: 'Default shop', revision: 2 },
      },
    ]);
    const ship = { type: 'record-shipping-event', event: 'Shipped' } as const;
    expect(desk(strict).refusal(moved.state, ship).detail).toContain('No unit is left for it.');
    const packed = desk(strict).play(moved.state, {
      type: 'record-shipping-event',
      event: 'Packed',
    });
    expect(desk(strict).play(packed, ship).value.status).toBe('Complete');
  });

  it('moves no money and no stock, sends nothing, and sets no clock back', () => {
    const before = partly();
    const { state, facts, effects } = send(before, { type: 'renew', shop: reworded, ...rewording });
    expect(effects).toEqual([]);
    const types = new Set(facts.map(({ type }) => type));
    expect(types).toEqual(new Set(['table-renewed', 'order-status', 'line-status']));
    expect(state.context.payments).toEqual(before.context.payments);
    expect(state.context.statusSince).toBe(before.context.statusSince);
    const held = ({ context }: OrderState) =>
      context.lines.map(({ allocated, consumed }) => ({ allocated, consumed }));
    expect(held(state)).toEqual(held(before));
  });

  it('translates what happened into the words of the new table, and records each', () => {
    const moved = send(partly(), { type: 'renew', shop: reworded, ...rewording });
    expect(moved.state.value.status).toBe('Packing');
    expect(moved.state.context.lines[0]).toMatchObject({
      status: 'Packing',
      // A payment event needs no word said: it is the one that means the same.
      passed: { Sent: 1, Charged: 3 },
    });
    expect(moved.state.context.shipments[0]).toMatchObject({ event: 'Sent' });
    expect(factsOf(moved, 'order-status')).toEqual([
      { type: 'order-status', from: 'Being processed', to: 'Packing' },
    ]);
    expect(factsOf(moved, 'line-status')).toEqual([
      { type: 'line-status', line: 'A', from: 'Being processed', to: 'Packing' },
    ]);
    expect(factsOf(moved, 'table-renewed')[0]?.renamed).toEqual({
      Shipped: 'Sent',
      Settled: 'Charged',
    });
    // Two of three are left, and no unit is charged twice.
    const there = desk(reworded);
    const over = {
      type: 'record-shipping-event',
      event: 'Sent',
      lines: [{ id: 'A', quantity: 3 }],
    };
    expect(there.refusal(moved.state, over as never).detail).toContain('at most 2 possible');
    expect(there.refusal(moved.state, { type: 'take-payment' }).code).toBe('invalid-payment-event');
    const done = there.play(moved.state, { type: 'record-shipping-event', event: 'Sent' });
    expect(done.value.status).toBe('Complete');
  });

  it('is refused naming each word that has no place, and what to say', () => {
    const small = edited({
      orders: { initial: 'Pending', statuses: { Pending: Pending!, Cancelled: ends.Cancelled! } },
      gateways: ['other'],
    });
    const no = refusal(partly(), { type: 'renew', shop: reworded });
    expect(no).toMatchObject({
      code: 'cannot-renew',
      guard: 'renewable',
      figures: { order: '100001', from: { revision: 1 }, to: { revision: 2 } },
    });
    expect(no.errors?.map(({ pointer, detail }) => `${pointer} ${detail}`)).toEqual([
      '/statuses The order is Being processed, which the new table does not know: say which it is with "statuses": { "Being processed": … }, one of Pending, Packing, Complete, Cancelled.',
      '/lineStatuses Line A is Being processed, which the new table does not know: say which it is with "lineStatuses": { "Being processed": … }, one of Pending, Packing, Sent, Returned, Cancelled.',
      '/shippingEvents Line A passed Shipped, which the new table does not know: say which it is with "shippingEvents": { "Shipped": … }, one of Sent, Downloaded, Returned, Cancelled.',
    ]);
    const unsound = refusal(placed(), { type: 'renew', shop: small });
    expect(unsound.errors?.[0]).toMatchObject({ pointer: '/shop' });
    const elsewhere = refusal(placed(), { type: 'renew', shop: edited({ gateways: ['other'] }) });
    expect(elsewhere.detail).toContain(
      'Payment p1 has money at the gateway sandbox, which the new table does not know: keep it in gateways, which has other.',
    );
  });

  it('is refused while an effect of the shop is awaited that the new table does not have', () => {
    const warranty: Shop = {
      ...shop,
      effects: { 'register-warranty': { says: 'registers the warranty' } },
      orders: {
        ...shop.orders,
        statuses: {
          ...shop.orders.statuses,
          Pending: { ...Pending!, enter: [{ call: 'register-warranty' }] },
        },
      },
    };
    const there = desk(warranty);
    expect(there.refusal(there.placed(), { type: 'renew', shop: edited({}) }).detail).toContain(
      "The shop's own effect register-warranty was called and has not answered, which the new table does not know: keep it in effects, which has nothing.",
    );
  });

  it('is refused while goods are on their way back that the new table could not receive', () => {
    const shipped = play(
      placed(),
      { type: 'take-payment' },
      { type: 'record-shipping-event', event: 'Shipped' },
      { type: 'request-return', lines: [{ id: 'A', quantity: 1 }], reason: 'Chipped.' } as never,
    );
    const { Returned: _, ...types } = shop.shippingEvents as Required<Shop['shippingEvents']>;
    const asked = { type: 'renew', shop: edited({ shippingEvents: types }) } as const;
    expect(refusal(shipped, asked).detail).toContain(
      'is open, and no shipping event of the new table means returned',
    );
  });

  it('keeps what partners have in hand, and is refused where the new table has no rule for them', () => {
    const { play, placed, act, refusal } = desk(lamps);
    const lines = [aLine({ partner: 'nord', trackStock: false })];
    const order = placed(anOrder({ status: 'New', lines, payments: [] }));
    const asked = play(order, { type: 'set-status', status: 'Asked' });
    const newer: Shop = { ...lamps, revision: 2 };
    const { state } = act(asked, { type: 'renew', shop: newer });
    expect(state.context.handOvers).toEqual(asked.context.handOvers);
    const { partners: _, orders, ...rest } = lamps;
    const { Asked, ...others } = orders.statuses;
    const plain = { ...Asked, whenAccepted: undefined, enter: [] };
    const statuses = { ...others, Asked: plain } as Shop['orders']['statuses'];
    const without = { ...rest, orders: { ...orders, statuses } };
    expect(refusal(asked, { type: 'renew', shop: without }).detail).toContain(
      'p1 of nord is open, and the new table has no rule for partners.',
    );
  });

  it('is refused when a word stayed and its meaning did not', () => {
    const packs = edited({
      shippingEvents: {
        ...shop.shippingEvents,
        Shipped: { during: ['Being processed'] },
        Left: { means: 'dispatched', during: ['Being processed'], before: ['Cancelled'] },
      },
    });
    expect(refusal(partly(), { type: 'renew', shop: packs }).detail).toContain(
      'Line A passed Shipped, which meant dispatched; on the new table Shipped means a step of its own.',
    );
  });

  it('is refused when two events that were told apart would become one', () => {
    const two = desk(
      edited({
        shippingEvents: {
          ...shop.shippingEvents,
          Packed: { during: ['Being processed'] },
          Labelled: { during: ['Being processed'] },
        },
      }),
    );
    const state = two.play(
      two.placed(),
      { type: 'take-payment' },
      { type: 'record-shipping-event', event: 'Packed' },
      { type: 'record-shipping-event', event: 'Labelled' },
    );
    const one = edited({
      revision: 3,
      shippingEvents: { ...shop.shippingEvents, Packed: { during: ['Being processed'] } },
    });
    const asked = { type: 'renew', shop: one, shippingEvents: { Labelled: 'Packed' } } as const;
    expect(two.refusal(state, asked).detail).toContain('Packed and Labelled would both be Packed');
  });

  it('is refused when the order would move at once by itself, or its time would be over', () => {
    const unpaid = placed;
    const manual = edited({
      orders: {
        ...shop.orders,
        statuses: { ...shop.orders.statuses, Pending: { ...Pending!, whenPaid: undefined } },
      },
    });
    const paid = desk(manual).play(desk(manual).placed(), { type: 'take-payment' });
    expect(paid.value.status).toBe('Pending');
    const auto = desk(manual).refusal(paid, { type: 'renew', shop: edited({ revision: 3 }) });
    expect(auto.detail).toContain('would become Being processed by itself at once');
    const chosen = { statuses: { Pending: 'Being processed' } };
    const shop3 = edited({ revision: 3 });
    expect(desk(manual).tell(paid, { type: 'renew', shop: shop3, ...chosen }).outcome).toBe(
      'accepted',
    );

    const hasty = edited({
      orders: {
        ...shop.orders,
        statuses: {
          ...shop.orders.statuses,
          Pending: { ...Pending!, whenUnpaid: { after: { hours: 1 }, to: 'Cancelled' } },
        },
      },
    });
    const waiting = unpaid({ ...anOfflineOrder() });
    const late = refusal(waiting, { type: 'renew', shop: hasty, at: later(2) });
    expect(late.detail).toContain(`"unpaid" would have been due at ${later(1)}`);
    expect(send(waiting, { type: 'renew', shop: hasty, at: noon }).shop).toEqual(hasty);
  });

  it('needs a table, a sound one, and words that exist', () => {
    expect(refusal(placed(), { type: 'renew' })).toMatchObject({
      code: 'validation',
      errors: [{ pointer: '/shop' }],
    });
    const junk = refusal(placed(), { type: 'renew', shop: { name: 'Junk' } as Shop });
    expect(junk.detail).toContain('This is no table of a shop');
    const wrong = refusal(placed(), {
      type: 'renew',
      shop: edited({}),
      statuses: { Nowhere: 'Pending', Pending: 'Lost' },
    });
    expect(wrong.errors?.map(({ pointer }) => pointer)).toEqual([
      '/statuses/Nowhere',
      '/statuses/Pending',
    ]);
  });

  it('to the table that it follows already changes nothing', () => {
    const same = JSON.parse(JSON.stringify(shop)) as Shop;
    expect(step(orders, placed(), event({ shop: same }))).toEqual({ outcome: 'unchanged' });
  });

  it('leaves money whose outcome is unknown in flight, to be asked for as before', () => {
    const asked = send(placed(), { type: 'take-payment' }).state;
    const lost = send(asked, unknown(asked)).state;
    const { state } = send(lost, { type: 'renew', shop: edited({}) });
    expect(state.value.payment).toBe('outcome unknown');
    expect(state.context.movements).toEqual(lost.context.movements);
  });

  it('can be folded: each event is decided on the table of its time', () => {
    const stamped = [
      { ...event({}), type: 'place', placement: anOfflineOrder() },
      event({ shop: reworded, statuses: {} }),
      { ...event({}), type: 'set-status', status: 'Packing' },
    ] as unknown as OrderEvent[];
    const then = stamped.map((each, index) => ({ ...each, id: `event-${index}` }));
    expect(replay(orders, then.slice(0, 1)).state.value.status).toBe('Pending');
    const now = replay(orders, then);
    expect(now.state.value.status).toBe('Packing');
    expect(now.orders.shop).toEqual(reworded);
  });
});

function event(changes: object): OrderEvent {
  return { type: 'renew', id: 'renewal', at: noon, actor: admin, ...changes } as OrderEvent;
}

/** The order that nobody has paid or authorised anything for. */
function anOfflineOrder() {
  const { placement } = placed().context;
  return { ...placement!, payments: [] };
}
