import { describe, expect, it } from '@jest/globals';
import { balanceOf } from '../../machines/payment/balance';
import shop from '../../machines/shop';
import type { OrderState } from '../../machines/state';
import { viewTask } from '../../machines/tasks/ways';
import {
  anOrder,
  factsOf,
  figuresOf,
  lineOf,
  placed,
  play,
  refusal,
  send,
  type Told,
} from './support';

const confirm = (asked: object = {}) =>
  ({ type: 'confirm-payment', payment: 'p1', ...asked }) as Told;
const record = (asked: object) => ({ type: 'record-payment-event', ...asked }) as Told;
const transfer = (changes: object = {}) =>
  placed(anOrder({ payments: [{ gateway: 'offline', method: 'bank-transfer' }], ...changes }));
const money = ({ context }: OrderState) => balanceOf(shop, context);

describe.each(['GBP', 'JPY', 'KWD'])('in %s, a payment by transfer or on delivery', (currency) => {
  const waiting = transfer({ currency });

  it('is confirmed whole where no amount is said, and the order goes on', () => {
    const { state, facts } = send(waiting, confirm({ reference: 'BANK-1' }));
    expect(factsOf({ facts }, 'payment-event')).toMatchObject([
      { event: 'Settled', kind: 'capture', gateway: 'offline', amount: 3600, reference: 'BANK-1' },
    ]);
    expect(figuresOf(state)).toMatchObject({ authorised: 3600, captured: 3600 });
    expect(lineOf(state).passed).toEqual({ Settled: 3 });
    expect([state.value.status, state.context.attention]).toEqual(['Being processed', []]);
  });

  it('is named where a card is asked for its money', () => {
    expect(refusal(waiting, { type: 'take-payment' }).detail).toContain(
      'What came in for p1 is confirmed (confirm-payment); other money from outside',
    );
  });

  it('comes in parts, and what is confirmed without an amount is what is still awaited', () => {
    const part = play(waiting, confirm({ amount: 1600 }));
    expect([money(part).balance, part.value.status]).toEqual([2000, 'Pending']);
    expect(figuresOf(play(part, confirm())).captured).toBe(3600);
  });

  it('of more than is owed is taken down, seen as a balance, and a task until it has gone back', () => {
    const { state } = send(waiting, confirm({ amount: 4000, reference: 'BANK-1' }));
    expect(money(state)).toMatchObject({ owed: 3600, captured: 4000, balance: -400 });
    const [task] = state.context.attention;
    expect(task).toMatchObject({ reason: 'overpaid' });
    const { ways } = viewTask(shop, state, task as NonNullable<typeof task>);
    expect(ways[0]?.command).toEqual({
      type: 'record-payment-event',
      event: 'Refunded',
      amount: 400,
    });
    const back = play(state, record({ event: 'Refunded', amount: 400 }));
    expect([money(back).balance, back.context.attention]).toEqual([0, []]);
    expect(lineOf(back).passed).toEqual({ Settled: 3 });
  });

  it('that comes after a card was taken is over-paid whole', () => {
    const both = placed(anOrder({ currency, payments: [{ gateway: 'sandbox', token: 'a' }] }));
    const paid = play(both, { type: 'take-payment' });
    expect(refusal(paid, record({ event: 'Settled', amount: 500 })).detail).toContain('overpaid');
    const over = play(paid, record({ event: 'Settled', amount: 500, overpaid: true }));
    expect(money(over)).toMatchObject({ captured: 4100, balance: -500 });
    expect(over.context.attention).toMatchObject([{ reason: 'overpaid' }]);
  });
});

describe('confirming a payment is refused for', () => {
  const waiting = transfer();
  const paid = play(waiting, confirm({ reference: 'BANK-1' }));

  it.each<[string, OrderState, Told, string]>([
    ['the same transfer again', paid, confirm({ reference: 'BANK-1' }), '/reference'],
    ['one that waits for nothing more, without an amount', paid, confirm(), '/amount'],
    ['nothing', waiting, confirm({ amount: 0 }), '/amount'],
    ['half a penny', waiting, confirm({ amount: 0.5 }), '/amount'],
    ['more than any order takes', waiting, confirm({ amount: 1e12 + 1 }), '/amount'],
    ['a payment that is none', waiting, confirm({ payment: 'p9' }), '/payment'],
    ['a card', placed(), confirm(), '/payment'],
  ])('%s', (_, state, command, pointer) => {
    expect(refusal(state, command)).toMatchObject({
      code: 'invalid-payment-event',
      guard: 'confirmable',
      errors: [{ pointer }],
    });
  });
});
