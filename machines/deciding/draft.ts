import type { OrderEvent } from '../events';
import type { Fact } from '../facts';
import type { Attention, LineState, OrderContext, PaymentState } from '../state';
import type { Shop } from '../table';
import type { TaskReason } from '../tasks/reasons';
import { limits } from './limits';

/** An order's memory while one event is being applied to it, and the facts that it made true. */
export interface Draft {
  readonly shop: Shop;
  readonly event: OrderEvent;
  context: OrderContext;
  readonly facts: Fact[];
}

export function draftOf(shop: Shop, context: OrderContext, event: OrderEvent): Draft {
  return { shop, event, context, facts: [] };
}

export function change(draft: Draft, changes: Partial<OrderContext>): void {
  draft.context = { ...draft.context, ...changes };
}

/** Replaces the lines at the given indexes; one copy of the list however many change. */
export function changeLines(draft: Draft, changed: ReadonlyMap<number, LineState>): void {
  if (changed.size === 0) return;
  const lines = draft.context.lines.map((line, index) => changed.get(index) ?? line);
  change(draft, { lines });
}

export function changePayment(draft: Draft, id: string, changes: Partial<PaymentState>): void {
  const payments = draft.context.payments.map((payment) =>
    payment.id === id ? { ...payment, ...changes } : payment,
  );
  change(draft, { payments });
}

/** Forgets the cards that no gateway will be asked to authorise any more. */
export function dropTokens(draft: Draft): void {
  const { payments, movements } = draft.context;
  const isNeeded = (id: string) =>
    movements.some(({ kind, payment }) => kind === 'authorise' && payment === id);
  if (payments.every(({ token, id }) => token === undefined || isNeeded(id))) return;
  const forgotten = payments.map(({ token, ...rest }) =>
    isNeeded(rest.id) ? { ...rest, token } : rest,
  );
  change(draft, { payments: forgotten });
}

export function note(draft: Draft, text: string, system: boolean): void {
  const { event } = draft;
  const id = `${event.id}/note`;
  const written = { id, author: event.actor.name, at: event.at, text, system };
  change(draft, { notes: [...draft.context.notes, written] });
  draft.facts.push({ type: 'note', id, system, text });
}

/** What else a message is about: a return, or that it is sent again. */
interface About {
  readonly return?: string;
  readonly again?: boolean;
}

/** Tells the customer, once for this event; without an address the history says that nobody was told. */
export function tell(draft: Draft, kind: string, shippingEvent?: string, about: About = {}): void {
  if (!draft.context.placement?.customer.email) {
    const why = 'The customer has no e-mail address.';
    draft.facts.push({ type: 'message-withheld', kind, why });
    return;
  }
  const others = draft.context.told.filter(
    (each) => each.kind !== kind || each.shippingEvent !== shippingEvent,
  );
  const told = { kind, at: draft.event.at, ...(shippingEvent !== undefined && { shippingEvent }) };
  change(draft, { told: [...others, told].slice(-limits.told) });
  draft.facts.push({ type: 'message', kind, shippingEvent, ...about });
}

/** Asks people to look at the order, once for what is the same at one time; the newest reasons are kept. */
export function alert(draft: Draft, reason: TaskReason, said: string): void {
  // A gateway's message may be of any length.
  const text = said.slice(0, limits.attentionText);
  const { at: since, id: cause } = draft.event;
  const isSame = (known: Attention) =>
    known.reason === reason && known.text === text && known.since === since;
  if (draft.context.attention.some(isSame)) return;
  const taskCount = draft.context.taskCount + 1;
  const id = `t${taskCount}`;
  const all = [...draft.context.attention, { id, reason, text, since, cause }];
  const attention = all.slice(-limits.attention);
  change(draft, { attention, taskCount });
  draft.facts.push({ type: 'attention', id, reason, text });
  for (const old of all.slice(0, -limits.attention)) {
    const note = `Only the newest ${limits.attention} tasks are kept.`;
    const { id: gone, reason: why, text: task } = old;
    draft.facts.push({
      ...{ type: 'attention-resolved', by: 'itself', note },
      ...{ id: gone, reason: why, text: task },
    });
  }
}
