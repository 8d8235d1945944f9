import { describe, expect, it } from '@jest/globals';
import { dueOf } from '../../machines/deciding/due';
import shop from '../../machines/shop';
import type { OrderState } from '../../machines/state';
import { viewTask } from '../../machines/tasks/ways';
import {
  act,
  anOrder,
  factsOf,
  figuresOf,
  later,
  moved,
  nothing,
  placed,
  refusal,
  send,
  unknown,
  type Told,
} from './support';

const settle = (asked: object) =>
  ({ type: 'settle-movement', note: 'Ann of the bank has it.', ...asked }) as Told;
const told = (asked: object = {}) => ({ type: 'gateway.told', ...asked }) as Told;

/** An order whose capture of 36.00 nobody knows the fate of. */
function wondering(): OrderState {
  const taking = send(placed(), { type: 'take-payment', id: 'taking' }).state;
  return send(taking, unknown(taking)).state;
}

describe('money whose fate the gateway cannot tell', () => {
  const state = wondering();
  const key = '100001/2/capture';

  it('is settled by people who found out that it moved', () => {
    const {
      state: after,
      facts,
      effects,
    } = send(state, settle({ outcome: 'moved', reference: 'cap_7' }));
    expect(figuresOf(after)).toMatchObject({ captured: 3600 });
    expect(factsOf({ facts }, 'movement-settled')).toMatchObject([
      { key, outcome: 'moved', by: 'Grace', note: 'Ann of the bank has it.' },
    ]);
    expect(factsOf({ facts }, 'payment-event')).toMatchObject([
      { key, reference: 'cap_7', amount: 3600 },
    ]);
    expect(factsOf({ facts }, 'command')).toMatchObject([{ id: 'taking', outcome: 'done' }]);
    expect([effects, after.value.payment, after.value.status]).toEqual([
      [],
      'idle',
      'Being processed',
    ]);
  });

  it('or that it did not, and may then be sent again under another key', () => {
    const { state: after, facts } = send(state, settle({ outcome: 'not-moved', movement: key }));
    expect(figuresOf(after)).toMatchObject({ captured: 0 });
    expect(factsOf({ facts }, 'command')).toMatchObject([{ id: 'taking', outcome: 'refused' }]);
    const again = send(after, { type: 'take-payment' });
    expect(again.effects.map((effect) => effect.key)).toEqual(['100001/3/capture']);
  });

  it('is a task after some minutes, which says how', () => {
    let asked = state;
    for (let n = 0; n < 6; n += 1) {
      const at = later(n + 1);
      asked = send(asked, { type: 'deadline', name: 'ask', at }).state;
      asked = send(asked, { ...unknown(asked), at }).state;
    }
    const [task] = asked.context.attention;
    const { ways } = viewTask(shop, asked, task as NonNullable<typeof task>);
    expect(ways.map(({ command }) => command?.type)).toEqual([
      undefined,
      'settle-movement',
      'settle-movement',
      'resolve-task',
    ]);
    const over = send(asked, settle({ outcome: 'moved' })).state;
    expect(over.context.attention).toEqual([]);
  });

  it('is, of an authorisation, a task that leaves its reference to people', () => {
    let asked = send(nothing, { type: 'place', placement: anOrder() }).state;
    for (let n = 0; n < 7; n += 1) {
      if (n > 0) asked = send(asked, { type: 'deadline', name: 'ask', at: later(n) }).state;
      asked = send(asked, { ...unknown(asked), at: later(n) }).state;
    }
    const [task] = asked.context.attention;
    expect(task?.text).toMatch(/^Nobody knows yet whether the authorisation of 36\.00 GBP/);
    const { ways } = viewTask(shop, asked, task as NonNullable<typeof task>);
    expect(ways[1]?.says).toBe('They have it: say that it moved, with its reference.');
    expect(ways[1]?.command).not.toHaveProperty('reference');
  });

  it('needs the reference of an authorisation that took place', () => {
    const placing = send(nothing, { type: 'place', placement: anOrder() }).state;
    const unsure = send(placing, unknown(placing)).state;
    expect(refusal(unsure, settle({ outcome: 'moved' }))).toMatchObject({
      guard: 'unsettled',
      errors: [{ pointer: '/reference' }],
    });
    const known = send(unsure, settle({ outcome: 'moved', reference: 'auth_9' })).state;
    expect(known.context.payments[0]).toMatchObject({ authorised: 3600, reference: 'auth_9' });
  });

  it.each<[string, OrderState, Told, string]>([
    ['there is none', placed(), settle({ outcome: 'moved' }), ''],
    ['another one is meant', state, settle({ outcome: 'moved', movement: 'x' }), '/movement'],
    ['nobody says what became of it', state, settle({ outcome: 'perhaps' }), '/outcome'],
  ])('is not settled where %s', (_, order, command, pointer) => {
    expect(refusal(order, command)).toMatchObject({ errors: [{ pointer }] });
  });
});

describe('what a gateway tells of its own accord', () => {
  const state = wondering();

  it('has the order ask at once, and nothing is sent before it knows', () => {
    const at = later(0.0001);
    const { state: heard, effects } = send(state, told({ movement: '100001/2/capture', at }));
    expect(effects).toEqual([]);
    expect(dueOf(shop, heard.value.status, heard.context)[0]).toEqual({ name: 'ask', at });
    const asking = send(heard, { type: 'deadline', name: 'ask', at });
    expect(asking.effects).toMatchObject([{ type: 'settle-money', key: '100001/2/capture' }]);
    expect(figuresOf(send(asking.state, moved(asking.state)).state)).toMatchObject({
      captured: 3600,
    });
  });

  it('is heard once, and not at all where nothing waits for it', () => {
    expect(refusal(placed(), told({ movement: '100001/2/capture' })).guard).toBe('isNewsOfMoney');
    expect(refusal(state, told({ movement: '100001/9/capture' })).guard).toBe('isNewsOfMoney');
    const paid = act(placed(), { type: 'take-payment' }).state;
    expect(refusal(paid, told({ movement: '100001/2/capture' })).guard).toBe('isNewsOfMoney');
  });

  it('is a task where our own records do not have it, once', () => {
    const differs = 'The gateway refunded 5.00 GBP (re_1), which no command asked for.';
    const { state: heard } = send(placed(), told({ differs }));
    expect(heard.context.attention).toMatchObject([{ reason: 'gateway-differs', text: differs }]);
    expect(refusal(heard, told({ differs })).guard).toBe('isNewsOfMoney');
  });
});
