import { randomUUID } from 'node:crypto';
import type { Effect } from '../../machines/effects';
import type { Actor, Answer, Command, OrderEvent, Placement } from '../../machines/events';
import { summaryOf, type Commit, type HistoryEvent } from '../../machines/history';
import type { Refusal } from '../../machines/refusals';
import type { OrderState } from '../../machines/state';
import defaultShop from '../../machines/shop';
import { ordersOf, step, unplaced, welcomeAnswer } from '../../machines/step';
import type { Shop } from '../../machines/table';
import { aPlacement } from '../support/placements';

export const carol: Actor = { role: 'clerk', name: 'Carol' };

type Asked = Command | Answer | { readonly type: 'place'; readonly placement: Placement };

/** An order as its workflow would drive it: the real machine decides, and each call gives the commit to write. */
export interface Life {
  readonly number: string;
  readonly state: OrderState;
  /** What the last commit obliges the world to do. */
  readonly effects: readonly Effect[];
  /** Several events written together, as a command and its gateway's answer are. */
  decide(...asked: Asked[]): Commit;
  place(): Commit;
  /** An event as it comes, stamp and all; undefined where the order does not take it. */
  attempt(event: OrderEvent): Commit | undefined;
  /** The answer of a willing gateway to the first effect. */
  answer(changes?: Partial<Extract<Answer, { reference: string }>>): Commit;
  decline(): Commit;
  /** An attempt that the order refuses, recorded. */
  refuse(command: Command, refusal: Refusal): Commit;
  /** A command whose only effect is performed at once, both written together. */
  andAnswer(command: Command): Commit;
}

const compiled = new WeakMap<Shop, ReturnType<typeof ordersOf>>();

function ordersFor(shop: Shop) {
  const orders = compiled.get(shop) ?? ordersOf(shop);
  compiled.set(shop, orders);
  return orders;
}

export function aLife(
  placement: Parameters<typeof aPlacement>[0] = {},
  shop: Shop = defaultShop,
): Life {
  let orders = ordersFor(shop);
  const placed = aPlacement(placement);
  let position = { state: unplaced(orders), seq: 0, version: 0 };
  let effects: readonly Effect[] = [];

  const stamped = (asked: Asked): OrderEvent => ({
    ...asked,
    id: randomUUID(),
    at: new Date().toISOString(),
    actor: carol,
  });

  function commitOf(events: readonly HistoryEvent[], state: OrderState, moved?: Shop): Commit {
    const { seq, version } = position;
    const changed = events.some(({ outcome }) => outcome === 'accepted');
    position = { state, seq: seq + events.length, version: changed ? version + 1 : version };
    const summary = summaryOf(orders.shop, state);
    const commit: Commit = {
      number: placed.number,
      after: seq,
      version: position.version,
      events,
      state,
      summary,
      ...(seq === 0 && { shop }),
      ...(moved && { shop: moved }),
    };
    // As it arrives at an activity: JSON, without what is undefined.
    return JSON.parse(JSON.stringify(commit)) as Commit;
  }

  const life: Life = {
    number: placed.number,
    get state() {
      return position.state;
    },
    get effects() {
      return effects;
    },
    decide(...asked) {
      let { state } = position;
      let moved: Shop | undefined;
      const events = asked.map((each): HistoryEvent => {
        const event = stamped(each);
        const decided = step(orders, state, event);
        if (decided.outcome !== 'accepted') throw new Error(JSON.stringify(decided));
        ({ state, effects } = decided);
        moved = decided.shop ?? moved;
        if (decided.shop) orders = ordersOf(decided.shop);
        return { event, outcome: 'accepted', facts: decided.facts };
      });
      return commitOf(events, state, moved);
    },
    attempt(event) {
      const decided = step(orders, position.state, event);
      if (decided.outcome !== 'accepted') return undefined;
      ({ effects } = decided);
      return commitOf([{ event, outcome: 'accepted', facts: decided.facts }], decided.state);
    },
    place: () => life.decide({ type: 'place', placement: placed }),
    answer(changes = {}) {
      const [effect] = effects as [Effect];
      const reference = `${effect.kind}-${randomUUID()}`;
      return life.decide({ ...welcomeAnswer(effect), reference, ...changes } as Answer);
    },
    decline() {
      const [{ key }] = effects as [Effect];
      return life.decide({ type: 'payment.declined', key, code: 'card_declined', message: 'No.' });
    },
    refuse(command, refusal) {
      const event = stamped(command);
      return commitOf([{ event, outcome: 'refused', facts: [], refusal }], position.state);
    },
    andAnswer(command) {
      const before = { ...position };
      life.decide(command);
      const [effect] = effects as [Effect];
      position = before;
      const reference = `${effect.kind}-${randomUUID()}`;
      return life.decide(command, { ...welcomeAnswer(effect), reference } as Answer);
    },
  };
  return life;
}

/** A placement that no card has to answer for: it is there with its first commit. */
export const offline = { payments: [{ gateway: 'offline', method: 'bank-transfer' }] };
