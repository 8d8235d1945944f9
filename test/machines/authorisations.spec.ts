import { describe, expect, it } from '@jest/globals';
import { dueOf } from '../../machines/deciding/due';
import { balanceOf } from '../../machines/payment/balance';
import type { Capabilities } from '../../machines/payment/capabilities';
import shop from '../../machines/shop';
import type { OrderState } from '../../machines/state';
import { preview } from '../../machines/step';
import type { Shop } from '../../machines/table';
import {
  aLine,
  anOrder,
  declined,
  desk,
  factsOf,
  figuresOf,
  later,
  moved,
  noon,
  refusal,
  type Told,
} from './support';
import { bakery } from './shops';

const take = (asked: object = {}) => ({ type: 'take-payment', ...asked }) as Told;

/** An order of 36.00 whose card was authorised until in two days, with what may be done with it. */
function authorised(can: Capabilities, currency = 'GBP', table: Shop = shop): OrderState {
  const { send, nothing } = desk(table);
  const lines = [aLine({ quantity: 3 })];
  const placing = send(nothing, { type: 'place', placement: anOrder({ currency, lines }) });
  const answer = { ...moved(placing.state), expiresAt: later(48), can } as Told;
  return send(placing.state, answer).state;
}

const once = { captures: 'once', renewable: true } as const;
const whole = { captures: 'whole', renewable: true } as const;

describe.each(['GBP', 'JPY', 'KWD'])('in %s, a card that can be captured once', (currency) => {
  const { send, play } = desk(shop);
  const state = authorised(once, currency);
  const taken = () =>
    send(
      send(state, take({ amount: 1200 })).state,
      moved(send(state, take({ amount: 1200 })).state),
    );

  it('lets go of what a capture leaves, and is held again for the rest under a new key', () => {
    const { state: after, facts, effects } = taken();
    expect(factsOf({ facts }, 'payment-event')).toMatchObject([
      { kind: 'capture', payment: 'p1', amount: 1200 },
      { kind: 'void', payment: 'p1', amount: 2400 },
    ]);
    expect(effects).toMatchObject([
      { kind: 'authorise', payment: 'p2', amount: 2400, renews: 'ref-100001/1/authorise/event-1' },
    ]);
    expect(effects[0]?.key).toBe('100001/3/authorise');
    const held = send(after, moved(after)).state;
    expect(figuresOf(held, 'p1')).toEqual({
      authorised: 3600,
      captured: 1200,
      refunded: 0,
      voided: 2400,
    });
    expect(figuresOf(held, 'p2')).toMatchObject({ authorised: 2400 });
    const paid = play(held, take());
    expect(balanceOf(shop, paid.context)).toMatchObject({ captured: 3600, balance: 0 });
    expect(paid.value.status).toBe('Being processed');
  });

  it('says all of that in a preview, and nothing is held again where all is taken', () => {
    const { orders } = desk(shop);
    const stamp = { id: 'wish', at: noon, actor: { role: 'clerk', name: 'Grace' } } as const;
    const shown = preview(orders, state, { type: 'take-payment', amount: 1200, ...stamp });
    expect(shown.outcome === 'accepted' && factsOf(shown, 'renewal-asked')).toMatchObject([
      { payment: 'p2', renews: 'p1', amount: 2400 },
    ]);
    const all = preview(orders, state, { type: 'take-payment', ...stamp });
    expect(all.outcome === 'accepted' && all.facts.map(({ type }) => type)).not.toContain(
      'renewal-asked',
    );
  });

  it('becomes a task where the card says no the second time', () => {
    const { state: after } = taken();
    const refused = send(after, declined(after, 'Not again.'));
    expect(refused.state.context.attention).toMatchObject([{ reason: 'authorise-failed' }]);
    expect(refused.state.context.movements).toEqual([]);
  });

  it('becomes a task where it cannot be authorised without its holder', () => {
    const plain = authorised({ captures: 'once', renewable: false }, currency);
    const asked = send(plain, take({ amount: 1200 })).state;
    const { state: after, effects } = send(asked, moved(asked));
    expect(effects).toEqual([]);
    expect(after.context.attention).toMatchObject([{ reason: 'capture-short' }]);
    expect(figuresOf(after)).toMatchObject({ captured: 1200, voided: 2400 });
  });
});

describe('a card that can be captured once, of a shop that captures and gives up at the end', () => {
  const { send, nothing, play } = desk(bakery);
  const placing = send(nothing, { type: 'place', placement: anOrder({ status: 'Wished' }) });
  const answer = { ...moved(placing.state), expiresAt: later(48), can: once } as Told;
  const state = play(
    send(placing.state, answer).state,
    { type: 'set-status', status: 'Baking' },
    { type: 'cancel', lines: [{ id: 'A', quantity: 1 }], reason: 'Burnt.' },
  );

  it('is not asked to give up what its capture lets go of', () => {
    const left = send(state, { type: 'record-shipping-event', event: 'Left' });
    expect(left.state.context.movements.map(({ kind }) => kind)).toEqual(['capture']);
    const after = send(left.state, moved(left.state));
    expect(after.effects).toEqual([]);
    expect(figuresOf(after.state)).toMatchObject({ captured: 2400, voided: 1200 });
    expect(after.state.value.status).toBe('Eaten');
  });

  it('is not captured a second time in the same breath', () => {
    const leave = { type: 'record-shipping-event', event: 'Left' } as const;
    const one = send(state, { ...leave, lines: [{ id: 'A', quantity: 1 }] }).state;
    const failed = send(one, declined(one)).state;
    const { context } = send(failed, leave).state;
    expect(context.movements).toMatchObject([{ kind: 'capture', payment: 'p1' }]);
  });
});

describe('a card that is captured whole or not at all', () => {
  const { play, act, tell } = desk(shop);
  const state = authorised(whole);

  it('refuses a part of it, and says how much whole is', () => {
    expect(refusal(state, take({ amount: 1200 }))).toMatchObject({
      code: 'invalid-payment-event',
      detail: expect.stringContaining('p1 for 36.00 GBP whole or not at all'),
    });
    expect(refusal(state, take({ amount: 1200, payment: 'p1' })).figures).toMatchObject({
      most: 3600,
    });
    expect(figuresOf(play(state, take()))).toMatchObject({ captured: 3600 });
  });

  it('is passed over for a card that can be captured in part', () => {
    const card = (amount: number) => ({ gateway: 'sandbox', token: 'a', amount });
    const { send, nothing } = desk(shop);
    const placing = send(nothing, {
      type: 'place',
      placement: anOrder({ payments: [card(2000), card(1600)] }),
    });
    const first = send(placing.state, { ...moved(placing.state), can: whole } as Told);
    const both = send(first.state, moved(first.state)).state;
    expect(send(both, take({ amount: 500 })).effects).toMatchObject([
      { payment: 'p2', amount: 500 },
    ]);
    expect(tell(both, take({ amount: 1800 })).outcome).toBe('refused');
    expect(
      act(both, take({ amount: 2100 })).state.context.payments.map(({ captured }) => captured),
    ).toEqual([2000, 100]);
  });
});

describe('a final capture', () => {
  const { send, act } = desk(shop);

  it('is the one that pays all that is owed: nothing is held for nothing', () => {
    const state = authorised({ captures: 'many', renewable: true });
    const lines = [{ id: 'A', quantity: 1 }];
    const less = desk(shop).play(state, { type: 'cancel', lines, reason: 'Sold out.' });
    const asked = send(less, take());
    expect(asked.effects).toMatchObject([{ kind: 'capture', amount: 2400, final: true }]);
    const paid = act(less, take()).state;
    expect(figuresOf(paid)).toMatchObject({ captured: 2400, voided: 1200 });
    const part = act(less, take({ amount: 2000 })).state;
    expect(figuresOf(part)).toMatchObject({ captured: 2000, voided: 0 });
    expect(send(state, take()).effects[0]).not.toHaveProperty('final');
  });

  it('lets go of the rest and holds nothing again, also where the card could be captured often', () => {
    const state = authorised({ captures: 'many', renewable: true });
    const asked = send(state, take({ amount: 1200, final: true }));
    expect(asked.effects).toMatchObject([{ kind: 'capture', amount: 1200, final: true }]);
    const after = act(state, take({ amount: 1200, final: true })).state;
    expect(figuresOf(after)).toEqual({
      authorised: 3600,
      captured: 1200,
      refunded: 0,
      voided: 2400,
    });
    expect(after.context.payments).toHaveLength(1);
  });
});

describe.each(['GBP', 'JPY', 'KWD'])('in %s, an authorisation that is about to end', (currency) => {
  const { send, act, play, orders } = desk(shop);
  const renewal = (hours = 24): Told => ({
    type: 'deadline',
    name: 'renewal:p1',
    at: later(hours),
  });
  const many = { captures: 'many', renewable: true } as const;
  const waits = ({ value, context }: OrderState) =>
    dueOf(shop, value.status, context).map(({ name }) => name);

  it('is made again under a new key, a day before, and the old one is given up after', () => {
    const state = authorised(many, currency);
    expect(waits(state).slice(0, 2)).toEqual(['renewal:p1', 'authorisation:p1']);
    expect(refusal(state, renewal(23)).code).toBe('not-found');
    const asked = send(state, renewal());
    expect(asked.effects).toMatchObject([{ kind: 'authorise', payment: 'p2', amount: 3600 }]);
    const held = send(asked.state, {
      ...moved(asked.state),
      expiresAt: later(24 + 168),
      can: many,
    } as Told);
    expect(held.effects).toMatchObject([{ kind: 'void', payment: 'p1', amount: 3600 }]);
    const done = send(held.state, moved(held.state)).state;
    expect([figuresOf(done, 'p1'), figuresOf(done, 'p2')]).toMatchObject([
      { voided: 3600 },
      { authorised: 3600, voided: 0 },
    ]);
    expect(done.context.attention).toEqual([]);
    expect(waits(done)).toContain('renewal:p2');
    expect(balanceOf(shop, play(done, take()).context)).toMatchObject({
      captured: 3600,
      balance: 0,
    });
  });

  /** Two cards, of 12.00 and of 24.00, held until the same moment. */
  const onTwoCards = (): OrderState => {
    const card = (amount: number) => ({ gateway: 'sandbox', token: 'a', amount });
    const payments = [card(1200), card(2400)];
    const placing = send(desk(shop).nothing, {
      type: 'place',
      placement: anOrder({ currency, payments }),
    });
    const how = { expiresAt: later(48), can: many };
    const first = send(placing.state, { ...moved(placing.state), ...how } as Told).state;
    return send(first, { ...moved(first), ...how } as Told).state;
  };

  it('is not thought covered by another that is about to end as well', () => {
    const less = play(onTwoCards(), {
      type: 'cancel',
      lines: [{ id: 'A', quantity: 1 }],
      reason: 'Sold out.',
    });
    const first = send(less, renewal());
    expect(first.effects).toEqual([]);
    const second = send(first.state, { ...renewal(), name: 'renewal:p2' } as Told);
    expect(second.effects).toMatchObject([{ kind: 'authorise', payment: 'p3', amount: 2400 }]);
  });

  it('is made again whole, also while the one before it could not be given up', () => {
    const asked = send(onTwoCards(), renewal());
    const held = send(asked.state, { ...moved(asked.state), expiresAt: later(192) } as Told).state;
    const left = send(held, declined(held, 'Cannot be voided.')).state;
    const second = send(left, { ...renewal(), name: 'renewal:p2' } as Told);
    expect(second.effects).toMatchObject([{ kind: 'authorise', payment: 'p4', amount: 2400 }]);
  });

  it('is made again for no more than is still owed', () => {
    const part = play(authorised(many, currency), take({ amount: 1000 }));
    const cancelled = play(part, {
      type: 'cancel',
      lines: [{ id: 'A', quantity: 1 }],
      reason: 'Sold out.',
    });
    expect(send(cancelled, renewal()).effects).toMatchObject([{ kind: 'authorise', amount: 1400 }]);
  });

  it('is let end where nothing is owed any more', () => {
    const paid = play(authorised(many, currency), take());
    expect(waits(paid)).not.toContain('renewal:p1');
  });

  it('keeps the old one where the card says no, warns, and holds the order when that ends', () => {
    const asked = send(authorised(many, currency), renewal());
    const refused = send(asked.state, declined(asked.state)).state;
    expect(refused.context.movements).toEqual([]);
    expect(figuresOf(refused, 'p1')).toMatchObject({ authorised: 3600, voided: 0 });
    expect(refused.context.attention).toMatchObject([{ reason: 'authorise-failed' }]);
    expect(waits(refused)).not.toContain('renewal:p1');
    const over = send(refused, { type: 'deadline', name: 'authorisation:p1', at: later(48) }).state;
    expect(over.context.hold?.reason).toContain('expired');
  });

  it('warns people while there is time, where it cannot be made again; the warning ends with it', () => {
    const plain = authorised({ captures: 'many', renewable: false }, currency);
    const warned = send(plain, renewal());
    expect(warned.effects).toEqual([]);
    expect(warned.state.context.attention).toMatchObject([{ reason: 'authorisation-ending' }]);
    const expiry: Told = { type: 'deadline', name: 'authorisation:p1', at: later(48) };
    const over = send(warned.state, expiry).state;
    expect(over.context.attention.map(({ reason }) => reason)).toEqual(['authorisation-expired']);
    expect(act(warned.state, take()).state.context.attention).toEqual([]);
  });

  it('is made again at half of its life where that is short', () => {
    const placing = send(desk(shop).nothing, { type: 'place', placement: anOrder({ currency }) });
    const short = { ...moved(placing.state), expiresAt: later(2), can: many } as Told;
    const { state } = send(placing.state, short);
    expect(dueOf(orders.shop, state.value.status, state.context)[0]).toEqual({
      name: 'renewal:p1',
      at: later(1),
    });
  });

  it('is made again thirty times and no more: then people are warned', () => {
    let state = authorised(many, currency);
    for (let n = 1; n <= 30; n += 1) {
      const at = later(24 * n);
      const end = later(24 * (n + 2));
      const asked = send(state, { type: 'deadline', name: `renewal:p${n}`, at });
      const held = send(asked.state, {
        ...moved(asked.state),
        at,
        expiresAt: end,
        can: many,
      } as Told);
      state = send(held.state, { ...moved(held.state), at }).state;
    }
    const last = send(state, { type: 'deadline', name: 'renewal:p31', at: later(24 * 31) });
    expect(last.effects).toEqual([]);
    expect(last.state.context.attention).toMatchObject([{ reason: 'authorisation-ending' }]);
  });

  it('of a table that says nothing of it, is neither made again nor warned of', () => {
    const { authorisations: _, ...table } = shop;
    const { value, context } = authorised(many, currency, table);
    expect(dueOf(table, value.status, context).map(({ name }) => name)).not.toContain('renewal:p1');
  });

  it('while another authorisation covers the order, its end holds nobody up', () => {
    const asked = send(authorised(many, currency), renewal());
    const held = send(asked.state, {
      ...moved(asked.state),
      expiresAt: later(192),
      can: many,
    } as Told);
    const left = send(held.state, declined(held.state, 'Cannot be voided.')).state;
    expect(left.context.movements).toEqual([]);
    const over = send(left, { type: 'deadline', name: 'authorisation:p1', at: later(48) }).state;
    expect(over.context.hold).toBeNull();
  });

  it('that ended before it could be given up leaves nobody a task, and is taken down', () => {
    const asked = send(authorised(many, currency), renewal());
    const held = send(asked.state, {
      ...moved(asked.state),
      expiresAt: later(192),
      can: many,
    } as Told);
    const late = { ...declined(held.state, 'It expired.'), at: later(49) } as Told;
    const left = send(held.state, late).state;
    expect(left.context.attention).toEqual([]);
    const over = send(left, { type: 'deadline', name: 'authorisation:p1', at: later(49) }).state;
    expect(figuresOf(over, 'p1')).toMatchObject({ voided: 3600 });
  });
});
