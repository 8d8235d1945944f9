import type { OrderEvent } from '../../machines/events';
import type { Fact } from '../../machines/facts';
import type { Commit } from '../../machines/history';

/** A fact beside the event that made it true, and that event's place in the history. */
export interface Found<F extends Fact> {
  readonly fact: F;
  readonly event: OrderEvent;
  readonly seq: number;
}

/** All facts of one type in a commit, in order. */
export function factsOf<T extends Fact['type']>(
  { after, events }: Commit,
  type: T,
): Found<Extract<Fact, { type: T }>>[] {
  return events.flatMap(({ event, facts }, index) =>
    facts
      .filter((fact): fact is Extract<Fact, { type: T }> => fact.type === type)
      .map((fact) => ({ fact, event, seq: after + index + 1 })),
  );
}

/** A time as the database takes it, whichever way it was written. */
export function storedTime(at: string): string {
  return new Date(at).toISOString();
}

/** Seen by nobody yet, or any more: a status that belongs to no shop. */
function isVisible({ summary }: Commit): boolean {
  return !['(unplaced)', '(placing)', '(withdrawn)'].includes(summary.status);
}

/** Without the table that it brought, which is kept once for all orders, and whose statuses have an order. */
function storedEvent(event: OrderEvent): OrderEvent {
  if (event.type !== 'renew') return event;
  const { shop: _, ...rest } = event;
  return rest;
}

export function historyRows(commit: Commit): object[] {
  const visible = isVisible(commit);
  return commit.events.map(({ event, outcome, facts, refusal }, index) => ({
    seq: commit.after + index + 1,
    event_id: event.id,
    type: event.type,
    at: storedTime(event.at),
    actor_role: event.actor.role,
    actor_name: event.actor.name,
    cause: event.cause,
    outcome,
    event: storedEvent(event),
    facts,
    refusal,
    visible,
  }));
}

/** Deadlines, and what is told to the order (`payment.captured`, `effect.done`), are nobody's command. */
function isCommand({ type }: OrderEvent): boolean {
  return type !== 'deadline' && !type.includes('.');
}

/** What became of each command that this commit records, as far as it is known. */
export function commandRows(commit: Commit): object[] {
  const verdicts = new Map(factsOf(commit, 'command').map(({ fact }) => [fact.id, fact]));
  const moving = new Set(commit.state.context.movements.map(({ command }) => command));
  return commit.events.flatMap(({ event, outcome, refusal }, index) => {
    if (!isCommand(event)) return [];
    const verdict = outcome === 'refused' ? { outcome, refusal } : verdicts.get(event.id);
    const otherwise = moving.has(event.id) ? 'pending' : 'done';
    return {
      id: event.id,
      type: event.type,
      outcome: verdict?.outcome ?? otherwise,
      seq: commit.after + index + 1,
      refusal: verdict?.refusal,
      actor_role: event.actor.role,
      actor_name: event.actor.name,
      at: storedTime(event.at),
    };
  });
}

/** What became, by this commit, of commands that an earlier one recorded. */
export function verdictRows(commit: Commit): object[] {
  const own = new Set(commit.events.map(({ event }) => event.id));
  return factsOf(commit, 'command')
    .filter(({ fact }) => !own.has(fact.id))
    .map(({ fact: { id, outcome, refusal } }) => ({ id, outcome, refusal }));
}

export function shippingRows(commit: Commit): object[] {
  return factsOf(commit, 'shipping-event').map(({ fact, event, seq }) => ({
    id: fact.id,
    type: fact.event,
    at: storedTime(event.at),
    reference: fact.reference,
    carrier: fact.tracking?.carrier,
    tracking_number: fact.tracking?.number,
    lines: fact.lines,
    event_seq: seq,
  }));
}

/** One row for each thing that is to leave: messages, calls of the shop's own effects, what partners are told. */
export function outboxRows(commit: Commit): object[] {
  return [
    ...messageRows(commit),
    ...callRows(commit),
    ...digitalRows(commit),
    ...exchangeRows(commit),
    ...partnerRows(commit),
  ];
}

/** A message for a shipment is owed once for that shipment. */
function messageRows(commit: Commit): object[] {
  return factsOf(commit, 'message').map(({ fact, event, seq }) => ({
    seq,
    topic: 'message',
    kind: fact.kind,
    cause: fact.shippingEvent === undefined ? event.id : `${event.id}/${fact.shippingEvent}`,
    payload: { event: event.id, shippingEvent: fact.shippingEvent, return: fact.return },
  }));
}

/** A call is made once for what caused it. */
function callRows(commit: Commit): object[] {
  return factsOf(commit, 'effect-called').map(({ fact, event, seq }) => {
    const { call, name, with: given, about } = fact;
    const caused = { type: event.type, at: event.at, actor: event.actor };
    const payload = { event: event.id, caused, call, with: given, about };
    return { seq, topic: 'effect', kind: name, cause: `${event.id}/${call}`, payload };
  });
}

function digitalRows(commit: Commit): object[] {
  return factsOf(commit, 'digital-asked').map(({ fact, event, seq }) => {
    const { request, event: kind, lines, renews } = fact;
    const payload = { event: event.id, request, lines, renews };
    return { seq, topic: 'digital', kind, cause: `${event.id}/${request}`, payload };
  });
}

/** The order that takes the place of returned goods is placed once for the return's exchange. */
function exchangeRows(commit: Commit): object[] {
  return factsOf(commit, 'exchange-decided').map(({ fact, event, seq }) => {
    const { type: _, return: returned, transferred, settled, placement } = fact;
    const payload = { event: event.id, return: returned, transferred, settled, placement };
    return { seq, topic: 'exchange', kind: 'exchange', cause: event.id, payload };
  });
}

/** What a partner is told, and the news for whoever waits for the partner: each once for its hand-over. */
function partnerRows(commit: Commit): object[] {
  const asked = factsOf(commit, 'handed-over').map((found) => ({ ...found, kind: 'order' }));
  const told = factsOf(commit, 'partner-told').map((found) => {
    return { ...found, kind: found.fact.kind };
  });
  const letters = [...asked, ...told].map(({ fact, event, seq, kind }) => {
    const { type: _, ...about } = fact;
    const cause = `${event.id}/${fact.handOver}`;
    return { seq, topic: 'partner', kind, cause, payload: { event: event.id, ...about } };
  });
  const moved = factsOf(commit, 'hand-over-moved');
  const news = [...asked, ...moved].map(({ fact: { partner, handOver }, event, seq }) => {
    const payload = { event: event.id, partner };
    return { seq, topic: 'fulfilment', kind: partner, cause: `${event.id}/${handOver}`, payload };
  });
  return [...letters, ...news];
}
