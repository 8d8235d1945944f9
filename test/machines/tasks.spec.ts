import { describe, expect, it } from '@jest/globals';
import { faults } from '../../machines/faults';
import { refusal as refusalOf, type Refusal } from '../../machines/refusals';
import shop from '../../machines/shop';
import { upToDate, type OrderState } from '../../machines/state';
import { noticeOf } from '../../machines/tasks/refused';
import { viewTask } from '../../machines/tasks/ways';
import type { Shop } from '../../machines/table';
import { sentenceOf } from '../../machines/views/sentences';
import type { Actor, OrderEvent } from '../../machines/events';
import {
  act,
  anOrder,
  declined,
  desk,
  factsOf,
  later,
  noon,
  placed,
  play,
  refusal,
  send,
  tell,
  unknown,
  moved,
} from './support';

const paid = () => play(placed(), { type: 'take-payment' });

/** An order in which a refund that the shop owed was declined: somebody has to look. */
function refundFailed(): OrderState {
  const cancelled = send(paid(), { type: 'cancel', reason: 'asked' }).state;
  return send(cancelled, declined(cancelled)).state;
}

const tasksOf = ({ context }: OrderState) => context.attention;
const [reasonOf, idsOf] = [
  (state: OrderState) => tasksOf(state).map(({ reason }) => reason),
  (state: OrderState) => tasksOf(state).map(({ id }) => id),
];
const waysOf = (state: OrderState, table: Shop = shop) =>
  tasksOf(state).flatMap((task) => viewTask(table, state, task).ways.map(({ command }) => command));

describe('a task about an authorisation that could not be given up', () => {
  const card = (amount: number) => ({ gateway: 'sandbox', token: 'a', amount });
  const twoCards = placed(anOrder({ payments: [card(2400), card(1200)] }));
  const cancelled = send(twoCards, {
    type: 'cancel',
    lines: [{ id: 'A', quantity: 1 }],
    reason: 'asked',
  }).state;
  const stuck = send(cancelled, declined(cancelled, 'Try later.')).state;

  it('helps to give up that one, and none that the order still needs', () => {
    expect(waysOf(stuck)).toEqual([
      { type: 'void', payment: 'p2' },
      { type: 'resolve-task', task: 't1' },
    ]);
  });

  it('ends with that one, whatever else is held', () => {
    expect(reasonOf(play(stuck, { type: 'void', payment: 'p1' }))).toEqual(['void-failed']);
    expect(reasonOf(play(stuck, { type: 'void', payment: 'p2' }))).toEqual([]);
  });
});

describe('a task for people', () => {
  it('has an id of its own, a reason, when, and which event raised it', () => {
    const state = refundFailed();
    expect(tasksOf(state)).toEqual([
      {
        id: 't1',
        reason: 'refund-failed',
        text: expect.stringContaining('refund of 36.00 GBP'),
        since: noon,
        cause: expect.any(String),
      },
    ]);
  });

  it('is never given the id of one before', () => {
    const first = refundFailed();
    const none = send(first, { type: 'resolve-task', task: 't1' }).state;
    const again = send(none, { type: 'refund', reason: 'asked' }).state;
    const lost = send(again, unknown(again)).state;
    const asked = send(lost, { type: 'deadline', name: 'ask', at: later(1) }).state;
    expect(idsOf(send(asked, declined(asked)).state)).toEqual(['t2']);
  });

  it('says what would help, only with commands that the order would take', () => {
    expect(waysOf(refundFailed())).toEqual([
      { type: 'refund' },
      { type: 'record-payment-event', event: 'Refunded', amount: 3600 },
      { type: 'resolve-task', task: 't1' },
    ]);
    const task = tasksOf(refundFailed())[0]!;
    const { endsWhen } = viewTask(shop, refundFailed(), task);
    expect(endsWhen).toBe('a refund leaves nothing to go back');
  });

  it('of an earlier release is named when it is read, and can be resolved', () => {
    const state = refundFailed();
    const { taskCount: _, stuckSince: __, ...context } = state.context;
    const attention = [{ reason: 'refund-failed', text: 'No.', since: noon }];
    const stored = { value: state.value, context: { ...context, attention } };
    const read = upToDate(stored as unknown as OrderState);
    expect(idsOf(read)).toEqual(['t1']);
    expect(tasksOf(send(read, { type: 'resolve-task', task: 't1' }).state)).toEqual([]);
    const odd = viewTask(shop, read, { ...tasksOf(read)[0]!, reason: 'odd' });
    expect(odd.ways.map(({ command }) => command)).toEqual([{ type: 'resolve-task', task: 't1' }]);
  });
});

describe('a task is resolved', () => {
  it('by somebody who says so, with why', () => {
    const over = send(refundFailed(), {
      ...{ type: 'resolve-task', task: 't1', note: 'Sent by cheque.' },
    });
    expect(tasksOf(over.state)).toEqual([]);
    const [fact] = factsOf(over, 'attention-resolved');
    expect(fact).toMatchObject({ id: 't1', by: 'people', note: 'Sent by cheque.' });
    expect(sentenceOf(fact!, 'GBP')).toMatch(/^Done \(Sent by cheque\.\): The refund of 36\.00/);
  });

  it('once: what is not open cannot be resolved, and what is open is named', () => {
    expect(refusal(refundFailed(), { type: 'resolve-task', task: 't9' })).toMatchObject({
      code: 'no-such-task',
      detail: 'Order 100001 has no open task t9; open: t1.',
      allowed: ['t1'],
    });
  });

  it('by the gateway’s answer, where the outcome was unknown', () => {
    let state = send(placed(), { type: 'take-payment' }).state;
    for (let asked = 0; asked <= 6; asked += 1) state = send(state, unknown(state)).state;
    expect(reasonOf(state)).toEqual(['outcome-unknown']);
    const over = send(state, moved(state));
    expect(tasksOf(over.state)).toEqual([]);
    expect(factsOf(over, 'attention-resolved')).toMatchObject([{ id: 't1', by: 'itself' }]);
  });

  it('by the refund that people record, all of it', () => {
    const offline = anOrder({ payments: [{ gateway: 'offline', method: 'transfer' }] });
    const settled = { type: 'record-payment-event', event: 'Settled', amount: 3600 } as const;
    const state = play(placed(offline), settled, { type: 'cancel', reason: 'asked' });
    expect(reasonOf(state)).toEqual(['refund-by-hand']);
    const refunded = { type: 'record-payment-event', event: 'Refunded' } as const;
    const part = send(state, { ...refunded, amount: 3500 }).state;
    expect(reasonOf(part)).toEqual(['refund-by-hand']);
    expect(waysOf(part)).toContainEqual({ ...refunded, amount: 100 });
    expect(tasksOf(send(part, { ...refunded, amount: 100 }).state)).toEqual([]);
  });

  it('by money from elsewhere, where an authorisation has expired', () => {
    const state = placed();
    const expiresAt = later(1);
    const payments = state.context.payments.map((payment) => ({ ...payment, expiresAt }));
    const waiting = { ...state, context: { ...state.context, payments } };
    const deadline = { type: 'deadline', name: 'authorisation:p1', at: expiresAt } as const;
    const expired = send(waiting, deadline).state;
    expect(reasonOf(expired)).toEqual(['authorisation-expired']);
    expect(waysOf(expired)).toEqual([
      { type: 'record-payment-event', event: 'Settled', amount: 3600 },
      { type: 'release-hold' },
      { type: 'cancel' },
      { type: 'resolve-task', task: 't1' },
    ]);
    const settled = { type: 'record-payment-event', event: 'Settled', amount: 3600 } as const;
    expect(tasksOf(send(expired, settled).state)).toEqual([]);
  });
});

describe('an order stuck beyond its usual time (django-oscar #2737)', () => {
  const stuck = { type: 'deadline', name: 'stuck', at: later(24 * 10) } as const;

  it('asks people to look, once for each stay in a status', () => {
    const over = send(paid(), stuck);
    expect(factsOf(over, 'attention')).toMatchObject([
      {
        reason: 'stuck',
        text: `The order has been Being processed since ${noon}; usually that takes at most 10 days.`,
      },
    ]);
    expect(refusal(over.state, { ...stuck, at: later(24 * 90) }).code).toBe('not-found');
    const seen = send(over.state, { type: 'resolve-task', task: 't1', note: 'Known.' }).state;
    expect(refusal(seen, { ...stuck, at: later(24 * 90) }).code).toBe('not-found');
  });

  it('is over by itself when the order moves on', () => {
    const { state } = send(paid(), stuck);
    expect(waysOf(state)).toContainEqual({ type: 'set-status', status: 'Complete' });
    const at = later(24 * 11);
    const over = act(state, { type: 'record-shipping-event', event: 'Shipped', at });
    expect(tasksOf(over.state)).toEqual([]);
    expect(factsOf(over, 'attention-resolved')).toMatchObject([{ reason: 'stuck', by: 'itself' }]);
  });

  it('is not asked about while it is held', () => {
    const held = send(paid(), { type: 'hold', reason: 'fraud' }).state;
    expect(refusal(held, stuck).code).toBe('not-found');
    const free = send(held, { type: 'release-hold' }).state;
    expect(tell(free, stuck).outcome).toBe('accepted');
  });

  it('is nothing on a table that says no usual time', () => {
    const { usually: _, ...rule } = shop.orders.statuses.Pending!;
    const statuses = { ...shop.orders.statuses, Pending: rule };
    const { placed: place, refusal: refused } = desk({
      ...shop,
      orders: { ...shop.orders, statuses },
    });
    expect(refused(place(), stuck).code).toBe('not-found');
  });

  it('is a fault where it makes no sense', () => {
    const order = (status: string, usually: object) => {
      const rule = { ...shop.orders.statuses[status]!, usually };
      const statuses = { ...shop.orders.statuses, [status]: rule };
      return faults({ ...shop, orders: { ...shop.orders, statuses } });
    };
    expect(order('Pending', {})).toEqual([
      'Pending usually lasts no time at all, or more than ten years.',
    ]);
    expect(order('Complete', { days: 1 })).toEqual([
      'Complete ends the order, so nothing can be stuck in it: leave out usually.',
    ]);
  });
});

describe('what a partner sent and the order refused', () => {
  const acme: Actor = { role: 'partner', name: 'acme' };
  const sent = (actor: Actor): OrderEvent => ({
    ...{ type: 'record-shipping-event', event: 'Shipped' },
    ...{ id: 's1', at: noon, actor },
  });
  const why: Refusal = refusalOf('unitsMayPass', { code: 'invalid-shipping-event', detail: 'No.' });

  it('is a task, caused by the attempt', () => {
    const notice = noticeOf(sent(acme), why)!;
    const over = send(placed(), notice);
    expect(factsOf(over, 'attention')).toEqual([
      {
        ...{ type: 'attention', id: 't1', reason: 'partner-refused' },
        text: 'acme sent record-shipping-event, and it was refused: No.',
      },
    ]);
    expect(notice).toMatchObject({ cause: 's1', actor: { role: 'system' } });
  });

  it('is one task however often the partner sends it again, until somebody has looked', () => {
    const notice = noticeOf(sent(acme), why)!;
    const once = send(placed(), notice).state;
    expect(tell(once, notice).outcome).toBe('refused');
    const looked = send(once, { type: 'resolve-task', task: 't1' }).state;
    expect(idsOf(send(looked, notice).state)).toEqual(['t2']);
  });

  it('of people’s own refused commands nobody makes a task', () => {
    expect(noticeOf(sent({ role: 'clerk', name: 'Grace' }), why)).toBeUndefined();
  });
});
