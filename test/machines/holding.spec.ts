import { describe, expect, it } from '@jest/globals';
import { isAtRest, dueOf } from '../../machines/deciding/due';
import shop from '../../machines/shop';
import { bakery } from './shops';
import {
  anOrder,
  desk,
  factsOf,
  figuresOf,
  later,
  noon,
  placed,
  play,
  refusal,
  send,
  tell,
  unknown,
  type Told,
} from './support';

const hold = (until?: string) => ({ type: 'hold', reason: 'Looks like fraud.', until }) as const;

describe('a hold', () => {
  const held = play(placed(), hold());

  it('has a reason and an owner', () => {
    expect(held.context.hold).toMatchObject({
      reason: 'Looks like fraud.',
      owner: 'Grace',
      since: noon,
    });
  });

  it.each<Told>([
    { type: 'set-status', status: 'Being processed' },
    { type: 'set-line-status', lines: [{ id: 'A' }], status: 'Being processed' },
    { type: 'record-shipping-event', event: 'Shipped' },
    { type: 'take-payment' },
  ])('blocks $type, naming itself', (command) => {
    const refused = refusal(held, command);
    expect(refused).toMatchObject({ code: 'on-hold', allowed: ['release-hold'] });
    expect(refused.detail).toContain('Grace: Looks like fraud.');
  });

  it.each<Told>([
    { type: 'cancel', reason: 'asked' },
    { type: 'void' },
    { type: 'add-note', text: 'Called her.' },
    { type: 'record-payment-event', event: 'Settled', amount: 100 },
  ])('lets $type pass, as the table says', (command) => {
    expect(tell(held, command).outcome).toBe('accepted');
  });

  it('blocks cancelling where the table says so', () => {
    const { placed: wished, play: bake, refusal: no } = desk(bakery);
    const state = bake(wished(anOrder({ status: 'Wished' })), hold());
    expect(no(state, { type: 'cancel', reason: 'asked' }).code).toBe('on-hold');
  });

  it('is put and released once', () => {
    expect(refusal(held, hold()).code).toBe('on-hold');
    const released = send(held, { type: 'release-hold' });
    expect(released.state.context.hold).toBeNull();
    expect(refusal(released.state, { type: 'release-hold' }).code).toBe('not-on-hold');
    expect(tell(released.state, { type: 'take-payment' }).outcome).toBe('accepted');
  });

  it('ends by itself when its time has come, not before', () => {
    const state = play(placed(), hold(later(2)));
    const ends = (hours: number) => ({ type: 'deadline', name: 'hold', at: later(hours) }) as const;
    expect(refusal(state, ends(1)).code).toBe('not-found');
    const over = send(state, ends(2));
    expect([over.state.value.hold, over.state.context.hold]).toEqual(['free', null]);
    expect(factsOf(over, 'hold-released')).toHaveLength(1);
  });

  it.each(['yesterday', noon, '2026-03-01T00:00:00Z', '2026-03-03T10:00:00'])(
    'does not last until %s',
    (until) => {
      expect(refusal(placed(), hold(until))).toMatchObject({
        code: 'validation',
        errors: [{ pointer: '/until' }],
      });
    },
  );
});

describe('an authorisation that runs out', () => {
  const elsewhere = {
    gateway: 'sandbox',
    reference: 'auth-1',
    authorised: 3600,
    expiresAt: later(48),
  };
  const state = placed(anOrder({ payments: [elsewhere] }));
  const expire = { type: 'deadline', name: 'authorisation:p1', at: later(48) } as const;

  it('is lost; the order is held and people are asked to look', () => {
    const over = send(state, expire);
    expect(figuresOf(over.state)).toMatchObject({ authorised: 3600, voided: 3600 });
    expect(over.state.value.hold).toBe('held');
    expect(over.state.context.hold?.reason).toContain('36.00 GBP on p1 expired');
    expect(factsOf(over, 'attention')).toMatchObject([{ reason: 'authorisation-expired' }]);
    expect(factsOf(over, 'payment-event')).toMatchObject([{ kind: 'void', amount: 3600 }]);
  });

  it('leaves the hold that is there', () => {
    const over = play(play(state, hold()), expire);
    expect(over.context.hold?.reason).toBe('Looks like fraud.');
    expect(over.context.attention).toHaveLength(1);
  });

  it('disturbs nobody where nothing is owed of it', () => {
    const kept = play(
      state,
      { type: 'take-payment', amount: 2400 },
      { type: 'cancel', lines: [{ id: 'A', quantity: 1 }], reason: 'asked' },
    );
    expect(refusal(kept, expire).code).toBe('not-found');
    expect(figuresOf(kept)).toMatchObject({ captured: 2400, voided: 1200 });
    expect([kept.value.hold, kept.context.attention]).toEqual(['free', []]);
  });

  it('waits for what is on its way of it', () => {
    const taking = send(state, { type: 'take-payment' }).state;
    const lost = send(taking, unknown(taking)).state;
    expect(dueOf(shop, 'Pending', lost.context).map(({ name }) => name)).toEqual(['ask', 'stuck']);
    expect(refusal(lost, expire).code).toBe('not-found');
  });

  it('is nothing any more once it was captured', () => {
    const paid = play(state, { type: 'take-payment' });
    expect(dueOf(shop, paid.value.status, paid.context)).toMatchObject([{ name: 'stuck' }]);
  });
});

describe('rest', () => {
  it('comes when nothing can follow and nothing is due', () => {
    const cancelled = play(placed(), { type: 'cancel', reason: 'asked' });
    expect(isAtRest(shop, cancelled)).toBe(true);
    expect(isAtRest(shop, placed())).toBe(false);
    expect(isAtRest(shop, play(cancelled, hold(later(1))))).toBe(false);
  });
});

describe('an order that nobody pays', () => {
  const unpaid = placed(anOrder({ payments: [] }));
  const fortnight = 14 * 24;
  const expire = (hours: number): Told => ({ type: 'deadline', name: 'unpaid', at: later(hours) });

  it('is given up when its time is over, and its stock with it', () => {
    expect(refusal(unpaid, expire(fortnight - 1)).code).toBe('not-found');
    const over = send(unpaid, expire(fortnight));
    expect(over.state.value.status).toBe('Cancelled');
    expect(factsOf(over, 'stock')).toMatchObject([{ move: 'release' }]);
  });

  it('is not given up while it is held, and has its whole time again once it is released', () => {
    const held = play(unpaid, hold());
    expect(refusal(held, expire(fortnight)).code).toBe('not-found');
    const released = play(held, { type: 'release-hold', at: later(fortnight + 5) });
    expect(refusal(released, expire(fortnight + 6)).code).toBe('not-found');
    expect(dueOf(shop, 'Pending', released.context)).toContainEqual({
      name: 'unpaid',
      at: later(2 * fortnight + 5),
    });
    expect(send(released, expire(2 * fortnight + 5)).state.value.status).toBe('Cancelled');
  });

  it('and is to be paid by transfer is given up in the same time, unless some of it came', () => {
    const transfer = placed(anOrder({ payments: [{ gateway: 'offline', method: 'transfer' }] }));
    expect(send(transfer, expire(fortnight)).state.value.status).toBe('Cancelled');
    const some = play(transfer, { type: 'record-payment-event', event: 'Settled', amount: 100 });
    expect(refusal(some, expire(fortnight)).code).toBe('not-found');
  });
});
