import shop from '../../machines/shop';
import type { Effect } from '../../machines/effects';
import { answers } from '../../machines/effects';
import type {
  Answer,
  Command,
  CommandRefused,
  OrderEvent,
  Placement,
  PlacedLine,
  Report,
  Stamp,
} from '../../machines/events';
import type { Fact } from '../../machines/facts';
import type { Refusal } from '../../machines/refusals';
import type { Movement, OrderState } from '../../machines/state';
import { ordersOf, step, unplaced, welcomeAnswer, type Accepted } from '../../machines/step';
import type { Shop } from '../../machines/table';

/** What a story says happened; the stamp is filled in where the story does not care. */
export type Told = (
  | Command
  | Answer
  | CommandRefused
  | Report
  | { readonly type: 'deadline'; readonly name: string }
  | { readonly type: 'place'; readonly placement: Placement }
) &
  Partial<Stamp>;

export const noon = '2026-03-02T12:00:00.000Z';

/** `noon` and so many hours. */
export function later(hours: number): string {
  return new Date(Date.parse(noon) + hours * 3_600_000).toISOString();
}

/** A line of 3 mugs at 12.00 (10.00 before tax). */
export function aLine(changes: Partial<PlacedLine> = {}): PlacedLine {
  const { quantity = 3, unitPrice = { exclTax: 1000, inclTax: 1200 } } = changes;
  return {
    id: 'A',
    sku: `SKU-${changes.id ?? 'A'}`,
    title: 'Mug',
    quantity,
    unitPrice,
    priceBreakdown: [{ quantity, ...unitPrice }],
    kind: 'physical',
    trackStock: true,
    ...changes,
  };
}

/** An order whose total is right for whatever it is made of: 3 mugs for 36.00 on one card, unless said otherwise. */
export function anOrder(changes: Partial<Placement> = {}): Placement {
  const { lines = [aLine()], shipping, surcharges = [], discounts = [] } = changes;
  const total = (side: 'exclTax' | 'inclTax') => {
    const priced = lines.flatMap(({ priceBreakdown }) => priceBreakdown);
    const charges = [...surcharges, ...(shipping ? [shipping] : [])];
    const off = discounts.filter(({ kind }) => kind !== 'deferred');
    const add = (amounts: number[]) => amounts.reduce((sum, amount) => sum + amount, 0);
    return (
      add(priced.map((part) => part.quantity * part[side])) +
      add(charges.map((charge) => charge[side])) -
      add(off.map((discount) => discount[side]))
    );
  };
  return {
    number: '100001',
    currency: 'GBP',
    placedAt: noon,
    customer: { email: 'ada@example.com' },
    lines,
    surcharges,
    discounts,
    total: { exclTax: total('exclTax'), inclTax: total('inclTax') },
    payments: [{ gateway: 'sandbox', token: 'tok_ok' }],
    status: 'Pending',
    ...changes,
  };
}

/** Two pots at 20.00, one poster to download at 5.00, shipping for 4.00: 85.00 with the mugs. */
export function aMixedOrder(changes: Partial<Placement> = {}): Placement {
  const pot = { exclTax: 2000, inclTax: 2000 };
  const poster = { exclTax: 500, inclTax: 500 };
  return anOrder({
    lines: [
      aLine(),
      aLine({ id: 'B', title: 'Pot', quantity: 2, unitPrice: pot }),
      aLine({
        id: 'C',
        title: 'Poster',
        quantity: 1,
        unitPrice: poster,
        kind: 'digital',
        trackStock: false,
      }),
    ],
    shipping: { code: 'standard', name: 'Standard', exclTax: 400, inclTax: 400 },
    ...changes,
  });
}

/** One shop's orders, told as stories. */
export function desk(table: Shop) {
  const orders = ordersOf(table);
  let told = 0;
  const stamped = (event: Told): OrderEvent => {
    told += 1;
    return {
      id: `event-${told}`,
      actor: { role: 'clerk', name: 'Grace' },
      ...event,
      at: event.at ?? noon,
    } as OrderEvent;
  };

  /** Decides one event, whatever the outcome; nobody answers. */
  const tell = (state: OrderState, event: Told) => step(orders, state, stamped(event));

  /** One event that must be accepted; nobody answers. */
  const send = (state: OrderState, event: Told): Accepted => {
    const decided = tell(state, event);
    if (decided.outcome === 'accepted') return decided;
    const why = decided.outcome === 'refused' ? `: ${decided.refusal.detail}` : '';
    throw new Error(`${event.type} was ${decided.outcome}${why}`);
  };

  /** An event that must be accepted and everything that follows from it while gateways are willing. */
  const act = (state: OrderState, event: Told): Accepted => {
    const first = send(state, event);
    let { state: last } = first;
    const facts: Fact[] = [...first.facts];
    const effects: Effect[] = [...first.effects];
    for (const effect of effects) {
      const next = send(last, { ...welcomeAnswer(effect), at: event.at });
      last = next.state;
      facts.push(...next.facts);
      effects.push(...next.effects);
    }
    return { outcome: 'accepted', state: last, facts, effects };
  };

  return {
    orders,
    tell,
    send,
    act,
    /** The state after all of these, each accepted, every gateway willing. */
    play: (state: OrderState, ...events: Told[]) =>
      events.reduce((last, event) => act(last, event).state, state),
    /** Why an event is refused; one that is not refused fails the test. */
    refusal: (state: OrderState, event: Told): Refusal => {
      const decided = tell(state, event);
      if (decided.outcome === 'refused') return decided.refusal;
      throw new Error(`${event.type} was ${decided.outcome}`);
    },
    nothing: unplaced(orders),
    /** A placed order whose cards were good. */
    placed: (placement: Placement = anOrder()) =>
      act(unplaced(orders), { type: 'place', placement, id: 'placing' }).state,
  };
}

export const { orders, tell, send, act, play, refusal, nothing, placed } = desk(shop);

/** The money in flight. */
export function inFlight({ context }: OrderState): Movement {
  const [movement] = context.movements;
  if (!movement) throw new Error('No money is in flight.');
  return movement;
}

/** The gateway's "done" to the money in flight. */
export function moved(state: OrderState, amount = inFlight(state).amount): Told {
  const { key, kind } = inFlight(state);
  return { type: answers[kind], key, amount, reference: `ref-${key}` };
}

export function declined(state: OrderState, message = 'The card was declined.'): Told {
  return { type: 'payment.declined', key: inFlight(state).key, code: 'card_declined', message };
}

export function unknown(state: OrderState): Told {
  return { type: 'payment.unknown', key: inFlight(state).key, why: 'The line went dead.' };
}

export function unreachable(state: OrderState): Told {
  return { type: 'payment.unreachable', key: inFlight(state).key, why: 'No route to the gateway.' };
}

/** The facts of one type, in order. */
export function factsOf<T extends Fact['type']>(
  { facts }: { readonly facts: readonly Fact[] },
  type: T,
): Extract<Fact, { type: T }>[] {
  return facts.filter((fact): fact is Extract<Fact, { type: T }> => fact.type === type);
}

/** Figures of the only payment, or of the one named. */
export function figuresOf({ context }: OrderState, id = 'p1') {
  const payment = context.payments.find((each) => each.id === id);
  const { authorised, captured, refunded, voided } = payment ?? {};
  return { authorised, captured, refunded, voided };
}

export function lineOf({ context }: OrderState, id = 'A') {
  const line = context.lines.find((each) => each.id === id);
  if (!line) throw new Error(`There is no line ${id}.`);
  return line;
}
