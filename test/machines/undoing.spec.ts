import { describe, expect, it } from '@jest/globals';
import { dueOf, isAtRest } from '../../machines/deciding/due';
import defaultShop from '../../machines/shop';
import type { OrderState } from '../../machines/state';
import { preview } from '../../machines/step';
import type { Shop } from '../../machines/table';
import { desk, factsOf, figuresOf, later, lineOf, noon, type Told } from './support';

const shop: Shop = {
  ...defaultShop,
  undo: { 'take-payment': { hours: 1 }, cancel: { hours: 2 }, refund: { hours: 1 } },
};
const { send, act, play, refusal, placed, orders } = desk(shop);
const take = (asked: object = {}): Told =>
  ({ type: 'take-payment', id: 'taking', ...asked }) as Told;
const over = (id: string, hours: number): Told => ({
  type: 'deadline',
  name: `waits:${id}`,
  at: later(hours),
});
const waits = ({ value, context }: OrderState) =>
  dueOf(shop, value.status, context).map(({ name }) => name);

describe('a command that a shop lets be undone', () => {
  const { state: waiting, facts, effects } = send(placed(), take());

  it('waits, and its sender is told until when', () => {
    expect(effects).toEqual([]);
    expect(facts).toEqual([
      { type: 'command-waits', command: 'taking', kind: 'take-payment', until: later(1) },
      { type: 'command', id: 'taking', outcome: 'pending' },
    ]);
    expect([waits(waiting)[0], figuresOf(waiting).captured]).toEqual(['waits:taking', 0]);
    expect(isAtRest(shop, waiting)).toBe(false);
  });

  it('is done when its time is over, as its sender’s', () => {
    expect(refusal(waiting, over('taking', 0.9)).code).toBe('not-found');
    const done = act(waiting, over('taking', 1));
    expect(done.effects).toMatchObject([
      { kind: 'capture', amount: 3600, key: '100001/2/capture' },
    ]);
    expect(factsOf(done, 'command')).toMatchObject([{ id: 'taking', outcome: 'done' }]);
    expect([figuresOf(done.state).captured, done.state.value.status]).toEqual([
      3600,
      'Being processed',
    ]);
    expect(done.state.context.waiting).toEqual([]);
  });

  it('is undone without a trace at the gateway, and both are in the history', () => {
    const undone = send(waiting, { type: 'undo', command: 'taking' });
    expect(undone.effects).toEqual([]);
    expect(undone.facts).toMatchObject([
      { type: 'command-undone', command: 'taking', kind: 'take-payment', by: 'Grace' },
      { type: 'command', id: 'taking', outcome: 'refused', refusal: { code: 'undone' } },
    ]);
    expect({ ...undone.state.context, waiting: [] }).toEqual({ ...placed().context, waiting: [] });
    expect(refusal(undone.state, over('taking', 1)).code).toBe('not-found');
    expect(refusal(undone.state, { type: 'undo', command: 'taking' })).toMatchObject({
      code: 'not-found',
      errors: [{ pointer: '/command' }],
    });
  });

  it('lets no other of its like come between, and says how to go on', () => {
    expect(refusal(waiting, take({ id: 'second' }))).toMatchObject({
      code: 'command-waits',
      figures: { command: 'taking', until: later(1) },
      allowed: ['undo'],
    });
    expect(refusal(waiting, { type: 'cancel', reason: 'Too late.' }).code).toBe('command-waits');
    expect(refusal(waiting, { type: 'void' }).code).toBe('command-waits');
    expect(send(waiting, { type: 'add-note', text: 'Wait.' }).outcome).toBe('accepted');
  });

  it('is refused at once where it could not be done, and waits for nothing', () => {
    expect(refusal(placed(), take({ amount: 9999 })).guard).toBe('chargeable');
  });

  it('becomes a task where it cannot be done any more when its time is over', () => {
    const held = play(waiting, { type: 'hold', reason: 'Fraud?' });
    const { state, facts: said } = send(held, over('taking', 1));
    expect(state.context.attention).toMatchObject([{ reason: 'waiting-refused' }]);
    expect(factsOf({ facts: said }, 'command')).toMatchObject([
      { id: 'taking', outcome: 'refused', refusal: { code: 'on-hold' } },
    ]);
    expect([state.context.waiting, figuresOf(state).captured]).toEqual([[], 0]);
  });

  it('shows in its preview what it will do, and when', () => {
    const stamp = { id: 'wish', at: noon, actor: { role: 'clerk', name: 'Grace' } } as const;
    const shown = preview(orders, placed(), { type: 'take-payment', ...stamp });
    if (shown.outcome !== 'accepted') throw new Error(shown.outcome);
    expect(factsOf(shown, 'command-waits')).toMatchObject([{ until: later(1) }]);
    expect(factsOf(shown, 'payment-event')).toMatchObject([{ kind: 'capture', amount: 3600 }]);
    expect(shown.state.value.status).toBe('Being processed');
  });

  it('cancels whole orders as well: units, stock, money and status, all of it later', () => {
    const asked = send(placed(), { type: 'cancel', reason: 'Changed her mind.', id: 'cancelling' });
    expect([asked.state.value.status, lineOf(asked.state).allocated]).toEqual(['Pending', 3]);
    const done = act(asked.state, over('cancelling', 2));
    expect(done.state.value.status).toBe('Cancelled');
    expect(lineOf(done.state).allocated).toBe(0);
    expect(figuresOf(done.state).voided).toBe(3600);
    expect(factsOf(done, 'command')).toMatchObject([{ id: 'cancelling', outcome: 'done' }]);
  });

  it('is done at once in a shop that does not say how long it waits', () => {
    expect(desk(defaultShop).send(placed(), take()).effects).toMatchObject([{ kind: 'capture' }]);
  });
});
