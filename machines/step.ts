import { initialTransition, transition } from 'xstate';
import type { Effect } from './effects';
import type { Answer, OrderEvent, Placement } from './events';
import type { Fact } from './facts';
import { isNoArrival } from './fulfilment/reservation';
import { isSameJson } from './json';
import { refusalOf } from './deciding/asking';
import { remembered } from './placing';
import { isRepeated } from './partners/repeating';
import { createOrderMachine, type OrderMachine } from './order-machine';
import { refusal, type Refusal } from './refusals';
import { renewed } from './renewing/renewed';
import { bringsTable } from './renewing/words';
import { reservedStatuses, type OrderState } from './state';
import type { Shop } from './table';
import { deadlineOf } from './undoing/waiting';

/** One shop's orders: its table beside the machine compiled from it. */
export interface Orders {
  readonly shop: Shop;
  readonly machine: OrderMachine;
}

/** Compiles the table; do it once per table, not once per step. */
export function ordersOf(shop: Shop): Orders {
  return { shop, machine: createOrderMachine(shop) };
}

export interface Accepted {
  readonly outcome: 'accepted';
  readonly state: OrderState;
  readonly facts: readonly Fact[];
  readonly effects: readonly Effect[];
  /** The table that the order follows from now on, when the event moved it to another one. */
  readonly shop?: Shop;
}

/**
 * What an event does to an order. `unchanged` is a wish already fulfilled: nothing is recorded and
 * nobody is told.
 */
export type Step =
  | Accepted
  | { readonly outcome: 'unchanged' }
  | { readonly outcome: 'refused'; readonly refusal: Refusal };

/** The order that nobody has placed yet. */
export function unplaced({ machine }: Orders): OrderState {
  return stateOf(initialTransition(machine)[0]);
}

function stateOf(snapshot: { value: unknown; context: OrderState['context'] }): OrderState {
  return { value: snapshot.value as OrderState['value'], context: snapshot.context };
}

/** The same request for the same order, however often it comes. */
function isSameOrder(placed: Placement, again: Placement): boolean {
  if (placed.fingerprint && again.fingerprint) return placed.fingerprint === again.fingerprint;
  return isSameJson(placed, remembered(again));
}

function isFulfilled(shop: Shop, { value, context }: OrderState, event: OrderEvent): boolean {
  if (event.type === 'place') {
    return context.placement !== undefined && isSameOrder(context.placement, event.placement);
  }
  if (event.type === 'stock.allocated') return isNoArrival({ value, context }, event);
  if (context.statusSince === '') return false;
  if (isRepeated(shop, context, event)) return true;
  // As text, because the order of a pipeline's statuses is part of it.
  if (event.type === 'renew') return JSON.stringify(event.shop) === JSON.stringify(shop);
  if (event.type === 'edit-note') {
    return context.notes.some(({ id, text }) => id === event.note && text === event.text);
  }
  if (event.type === 'set-status') return event.status === value.status;
  if (event.type !== 'set-line-status' || event.lines.length === 0) return false;
  return event.lines.every(({ id }) =>
    context.lines.some((line) => line.id === id && line.status === event.status),
  );
}

/**
 * The same request came again while nobody knows what becomes of the first: it can still be withdrawn, so
 * that neither "placed" nor "not placed" would be true.
 */
function objectToEarly({ value }: OrderState, event: OrderEvent): Refusal | undefined {
  if (event.type !== 'place' || !reservedStatuses.includes(value.status)) return undefined;
  const { number } = event.placement;
  const detail = `Order ${number} is being placed by an earlier request, and its gateway has not said yet what became of the money: ask again when it has.`;
  const figures = { order: number, present: value.status };
  return refusal('placingHasEnded', { code: 'payment-outcome-unknown', detail, figures });
}

/** Decides one event, purely: refused with the reason, or the next state with its facts and effects. */
export function step(orders: Orders, state: OrderState, event: OrderEvent): Step {
  const { shop, machine } = orders;
  if (isFulfilled(shop, state, event)) {
    const early = objectToEarly(state, event);
    return early ? { outcome: 'refused', refusal: early } : { outcome: 'unchanged' };
  }
  const { value, context } = state;
  const refused = refusalOf({ shop, status: value.status, context, event });
  if (refused) return { outcome: 'refused', refusal: refused };
  // No machine of one table can take what ends in another's.
  if (event.type === 'renew' && bringsTable(event)) {
    return { outcome: 'accepted', effects: [], ...renewed(shop, state, event) };
  }
  const snapshot = machine.resolveState({ value, context });
  // An event that the state does not take would come back as the same state, silently.
  if (!snapshot.can(event)) {
    const detail = `An order that is ${value.status} does not take ${event.type} now.`;
    const figures = { ...value };
    return {
      outcome: 'refused',
      refusal: refusal('machine', { code: 'validation', detail, figures }),
    };
  }
  const [next, actions] = transition(machine, snapshot, event);
  const facts: Fact[] = [];
  const effects: Effect[] = [];
  for (const { type, params } of actions) {
    if (type === 'facts') facts.push(...(params as { facts: Fact[] }).facts);
    if (type === 'effect') effects.push(params as Effect);
  }
  return { outcome: 'accepted', state: stateOf(next), facts, effects };
}

/**
 * An order after its accepted events, in order: any past moment of it. `first` is the table it was placed
 * under; an event that moved it to another one has that table with it.
 */
export function replay(
  first: Orders,
  events: readonly OrderEvent[],
): { readonly orders: Orders; readonly state: OrderState } {
  let orders = first;
  let state = unplaced(first);
  for (const event of events) {
    const next = step(orders, state, event);
    if (next.outcome !== 'accepted') continue;
    ({ state } = next);
    if (next.shop) orders = ordersOf(next.shop);
  }
  return { orders, state };
}

/** The answer a willing gateway gives. */
export function welcomeAnswer({ answer, key, amount, reference }: Effect): Answer {
  return { type: answer, key, amount, reference: reference ?? 'preview' };
}

/** A command that waits, as it is done when nobody undoes it. */
function endOfWaiting(
  orders: Orders,
  first: Accepted,
  { id, actor }: OrderEvent,
  { until: at }: Extract<Fact, { type: 'command-waits' }>,
): Accepted {
  const name = deadlineOf({ event: { id } });
  const deadline = { type: 'deadline', name, id: `${id}/preview`, at, actor, cause: id } as const;
  const last = step(orders, first.state, deadline);
  if (last.outcome !== 'accepted') return first;
  return { ...last, facts: [...first.facts, ...last.facts] };
}

/** What an event would do if every gateway were willing; nothing is sent and nothing is written. */
export function preview(orders: Orders, state: OrderState, event: OrderEvent): Step {
  const first = step(orders, state, event);
  if (first.outcome !== 'accepted') return first;
  const waits = first.facts.find((fact) => fact.type === 'command-waits');
  const done = waits ? endOfWaiting(orders, first, event, waits) : first;
  const at = waits?.until ?? event.at;
  let { state: next } = done;
  const facts = [...done.facts];
  const effects = [...done.effects];
  for (const effect of effects) {
    const stamp = { id: `${effect.key}/preview`, at, actor: event.actor, cause: event.id };
    const answered = step(orders, next, { ...welcomeAnswer(effect), ...stamp });
    if (answered.outcome !== 'accepted') continue;
    next = answered.state;
    facts.push(...answered.facts);
    effects.push(...answered.effects);
  }
  return { ...first, state: next, facts, effects };
}
