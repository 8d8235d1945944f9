import { describe, expect, it } from '@jest/globals';
import type { OrderState } from '../../machines/state';
import {
  aMixedOrder,
  anOrder,
  factsOf,
  later,
  lineOf,
  nothing,
  placed,
  play,
  refusal,
  send,
  tell,
} from './support';

const to = (status: string, note?: string) => ({ type: 'set-status', status, note }) as const;
const ship = (...lines: { id: string; quantity?: number }[]) =>
  ({ type: 'record-shipping-event', event: 'Shipped', lines }) as const;
const paid = (placement = anOrder()) => play(placed(placement), { type: 'take-payment' });

describe('the order status', () => {
  it('moves along the pipeline, and the lines that may go with it do', () => {
    const state = play(placed(aMixedOrder()), {
      type: 'set-line-status',
      lines: [{ id: 'B' }],
      status: 'Cancelled',
    });
    const moved = send(state, to('Being processed'));
    expect(factsOf(moved, 'order-status')).toEqual([
      { type: 'order-status', from: 'Pending', to: 'Being processed' },
    ]);
    expect(factsOf(moved, 'line-status').map(({ line, from, to }) => [line, from, to])).toEqual([
      ['A', 'Pending', 'Being processed'],
      ['C', 'Pending', 'Being processed'],
    ]);
    expect(lineOf(moved.state, 'B').status).toBe('Cancelled');
  });

  it.each<[string, OrderState, string, string[]]>([
    ['a jump', placed(), 'Complete', ['Being processed', 'Cancelled']],
    ['a way back', paid(), 'Pending', ['Complete', 'Cancelled']],
    ['a status of no pipeline', placed(), 'Lost', ['Being processed', 'Cancelled']],
    ['a word of the language', placed(), 'constructor', ['Being processed', 'Cancelled']],
    ['the way out of an end', play(placed(), to('Cancelled')), 'Pending', []],
  ])('refuses %s, naming order, present, wanted and allowed', (_, state, status, allowed) => {
    const refused = refusal(state, to(status));
    expect(refused).toMatchObject({
      code: 'invalid-order-status',
      guard: 'statusFollows',
      figures: { order: '100001', present: state.value.status, wanted: status },
      allowed,
      errors: [{ pointer: '/status' }],
    });
    for (const word of ['100001', state.value.status, status])
      expect(refused.detail).toContain(word);
  });

  it('does nothing when it is there already', () => {
    expect(tell(placed(), to('Pending', 'Nobody reads this.'))).toEqual({ outcome: 'unchanged' });
  });

  it('keeps a note as a System note of whoever moved it', () => {
    const { state } = send(placed(), to('Being processed', 'Paid in cash.'));
    expect(state.context.notes).toMatchObject([
      { author: 'Grace', text: 'Paid in cash.', system: true },
    ]);
    expect(send(placed(), to('Being processed', ' ')).state.context.notes).toEqual([]);
  });

  it('is nothing to ask of an order that is not there', () => {
    expect(refusal(nothing, to('Pending')).code).toBe('not-found');
    expect(refusal(nothing, to('(unplaced)')).code).toBe('not-found');
  });

  it('becomes Cancelled with all that follows: units, stock, money, word to the customer', () => {
    const before = paid(aMixedOrder());
    const cancelled = send(before, to('Cancelled'));
    expect(cancelled.facts.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['order-status', 'shipping-event', 'stock', 'line-status', 'message']),
    );
    expect(cancelled.effects).toMatchObject([{ kind: 'refund', amount: 8500 }]);
  });

  it('does not become Cancelled once units have left, or a line says so', () => {
    const left = play(paid(aMixedOrder()), ship({ id: 'A', quantity: 1 }));
    expect(refusal(left, to('Cancelled'))).toMatchObject({
      guard: 'nothingDispatchedIsCancelled',
      allowed: ['Complete'],
    });
    const said = play(paid(aMixedOrder()), {
      type: 'set-line-status',
      lines: [{ id: 'A' }],
      status: 'Shipped',
    });
    expect(refusal(said, to('Cancelled')).detail).toContain('Line A is Shipped');
  });
});

describe('line statuses', () => {
  const set = (status: string, ...lines: { id: string; quantity?: number }[]) =>
    ({ type: 'set-line-status', lines, status }) as const;

  it('move alone, without the order', () => {
    const state = play(placed(aMixedOrder()), set('Being processed', { id: 'B' }));
    expect([lineOf(state, 'A').status, lineOf(state, 'B').status]).toEqual([
      'Pending',
      'Being processed',
    ]);
    expect(state.value.status).toBe('Pending');
  });

  it('do nothing where all are there already', () => {
    expect(tell(placed(), set('Pending', { id: 'A' })).outcome).toBe('unchanged');
  });

  it.each<[string, ReturnType<typeof set>, string[]]>([
    ['a jump', set('Shipped', { id: 'A' }), ['/lines/0/id']],
    ['an unknown status', set('Lost', { id: 'A' }), ['/status']],
    ['no line', set('Cancelled'), ['/lines']],
    ["another order's line", set('Cancelled', { id: 'A' }, { id: 'Z' }), ['/lines/1/id']],
    ['a line twice', set('Cancelled', { id: 'A' }, { id: 'A' }), ['/lines/1/id']],
    ['a part of a line', set('Cancelled', { id: 'A', quantity: 1 }), ['/lines/0/quantity']],
    [
      'all when one may not',
      set('Shipped', { id: 'A' }, { id: 'B' }),
      ['/lines/0/id', '/lines/1/id'],
    ],
  ])('refuse %s', (_, command, pointers) => {
    const refused = refusal(placed(aMixedOrder()), command);
    expect(refused.code).toBe('invalid-line-status');
    expect(refused.errors?.map(({ pointer }) => pointer)).toEqual(pointers);
    expect(refused.detail).toContain('100001');
  });
});

describe('an order that nobody pays', () => {
  const unpaid = placed(anOrder({ payments: [] }));
  const expire = (hours: number) =>
    ({ type: 'deadline', name: 'unpaid', at: later(hours) }) as const;

  it('is cancelled after 14 days, and not a minute before', () => {
    expect(refusal(unpaid, expire(14 * 24 - 0.02)).code).toBe('not-found');
    const { state } = send(unpaid, expire(14 * 24));
    expect([state.value.status, lineOf(state).allocated]).toEqual(['Cancelled', 0]);
  });

  it('waits while it is held', () => {
    const held = play(unpaid, { type: 'hold', reason: 'A transfer is being traced.' });
    expect(refusal(held, expire(15 * 24)).code).toBe('not-found');
    const released = play(held, { type: 'release-hold' });
    expect(send(released, expire(15 * 24)).state.value.status).toBe('Cancelled');
  });

  it('is not given up while a card or a transfer is behind it', () => {
    expect(refusal(placed(), expire(15 * 24)).code).toBe('not-found');
    const transfer = play(unpaid, { type: 'record-payment-event', event: 'Settled', amount: 100 });
    expect(refusal(transfer, expire(15 * 24)).code).toBe('not-found');
  });

  it('has 14 days again from when its authorisation was lost', () => {
    const voided = play(placed(), { type: 'void', at: later(10 * 24) });
    expect(refusal(voided, expire(15 * 24)).code).toBe('not-found');
    expect(send(voided, expire(24 * 24)).state.value.status).toBe('Cancelled');
  });
});
