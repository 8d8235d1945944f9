import type { Price } from '../events';
import type { Fact } from '../facts';
import type { HistoryEvent } from '../history';
import { isImported } from '../importing/ids';
import { WEBHOOKS, type Told, type WebhookData, type WebhookType } from './payload';

/** What an event does not say and a webhook about it does. */
export interface Surroundings {
  readonly number: string;
  readonly seq: number;
  /** The order's status after the event. */
  readonly status: string;
  readonly currency: string;
  readonly placedAt: string;
  readonly source: string | null;
  readonly total: Price;
  /** What was agreed, by line. */
  readonly lines: WebhookData['order.placed']['lines'];
}

type FactOf<T extends Fact['type']> = Extract<Fact, { type: T }>;

/** The type of webhook that tells of facts of a type, and its words; no words where nobody needs to know. */
interface Telling<T extends Fact['type']> {
  readonly type: WebhookType;
  readonly data: (facts: readonly FactOf<T>[], around: Surroundings) => object | undefined;
}

function tells<T extends Fact['type'], W extends WebhookType>(
  _of: T,
  type: W,
  data: (facts: readonly FactOf<T>[], around: Surroundings) => WebhookData[W] | undefined,
): Telling<T> {
  return { type, data };
}

/** Of each fact only these fields. */
function only<F extends object, Field extends keyof F>(
  facts: readonly F[],
  ...fields: readonly Field[]
): Pick<F, Field>[] {
  return facts.map((fact) => {
    const kept = fields.filter((field) => fact[field] !== undefined);
    return Object.fromEntries(kept.map((field) => [field, fact[field]])) as Pick<F, Field>;
  });
}

/** From the first of several steps in a row to the last; none for what has only begun. */
function stepOf(steps: readonly { readonly from: string | null; readonly to: string }[]) {
  const [from, to] = [steps[0]?.from ?? null, steps.at(-1)?.to];
  return from === null || to === undefined ? undefined : { from, to };
}

/** Which webhook tells of each type of fact; null where it is nobody's business outside. */
const tellings: { readonly [T in Fact['type']]: Telling<T> | null } = {
  'order-placed': tells('order-placed', 'order.placed', (_, around) => {
    const { placedAt, source, currency, total, lines } = around;
    return { placedAt, ...(source !== null && { source }), currency, total, lines };
  }),
  'order-status': tells('order-status', 'order.status-changed', stepOf),
  'line-status': tells('line-status', 'order.line-status-changed', (facts) => {
    const lines = [...new Set(facts.map(({ line }) => line))].flatMap((id) => {
      const step = stepOf(facts.filter(({ line }) => line === id));
      return step ? { id, ...step } : [];
    });
    return lines.length > 0 ? { lines } : undefined;
  }),
  'shipping-event': tells('shipping-event', 'order.shipping-event', (facts) => {
    return { events: only(facts, 'id', 'event', 'lines', 'reference', 'tracking') };
  }),
  'digital-delivered': tells('digital-delivered', 'order.digital-delivered', (facts) => {
    return { downloads: facts.flatMap(({ downloads }) => only(downloads, 'line', 'name')) };
  }),
  'payment-event': tells('payment-event', 'order.payment-event', (facts, { currency }) => {
    const fields = ['event', 'kind', 'payment', 'gateway', 'amount'] as const;
    return { currency, events: only(facts, ...fields, 'reference', 'lines', 'reason') };
  }),
  'payment-failed': tells('payment-failed', 'order.payment-failed', (facts, { currency }) => {
    return { currency, movements: only(facts, 'kind', 'payment', 'amount', 'code') };
  }),
  'payment-outcome-unknown': tells(
    'payment-outcome-unknown',
    'order.payment-outcome-unknown',
    (facts, { currency }) => ({ currency, movements: only(facts, 'kind', 'payment', 'amount') }),
  ),
  'refund-decided': tells('refund-decided', 'order.refund-decided', (facts, { currency }) => {
    return { currency, refunds: only(facts, 'id', 'amount', 'reason', 'return', 'lines') };
  }),
  'return-requested': tells('return-requested', 'order.return-requested', (facts) => {
    return { returns: only(facts, 'return', 'lines', 'reason') };
  }),
  'return-authorised': tells('return-authorised', 'order.return-authorised', (facts) => {
    return { returns: only(facts, 'return', 'expectedBy') };
  }),
  'return-declined': tells('return-declined', 'order.return-declined', (facts) => {
    return { returns: only(facts, 'return', 'reason') };
  }),
  'return-received': tells('return-received', 'order.return-received', (facts) => {
    return { returns: only(facts, 'return', 'shippingEvent', 'lines') };
  }),
  'return-refunded': tells('return-refunded', 'order.return-refunded', (facts, { currency }) => {
    return { currency, returns: only(facts, 'return', 'amount') };
  }),
  'return-closed': tells('return-closed', 'order.return-closed', (facts) => {
    return { returns: only(facts, 'return', 'reason') };
  }),
  'exchange-placed': tells('exchange-placed', 'order.exchanged', (facts) => {
    return { exchanges: only(facts, 'return', 'number') };
  }),
  'handed-over': tells('handed-over', 'order.handed-over', (facts) => {
    return { handOvers: only(facts, 'handOver', 'partner', 'lines', 'instead') };
  }),
  'hand-over-moved': tells('hand-over-moved', 'order.hand-over-moved', (facts) => {
    return { handOvers: only(facts, 'handOver', 'partner', 'stage', 'lines') };
  }),
  held: tells('held', 'order.held', (facts) => only(facts, 'reason', 'until').at(-1)),
  'hold-released': tells('hold-released', 'order.hold-released', () => ({})),
  attention: tells('attention', 'order.task-raised', (facts) => {
    return { tasks: only(facts, 'id', 'reason') };
  }),
  'attention-resolved': tells('attention-resolved', 'order.task-resolved', (facts) => {
    return { tasks: only(facts, 'id', 'reason', 'by') };
  }),
  'placing-withdrawn': null,
  'table-renewed': null,
  'digital-asked': null,
  'digital-failed': null,
  'return-given-up': null,
  'bill-lowered': null,
  'exchange-decided': null,
  'exchange-refused': null,
  'partner-told': null,
  'renewal-asked': null,
  'movement-settled': null,
  'command-waits': null,
  'command-undone': null,
  voucher: null,
  stock: null,
  message: null,
  'message-withheld': null,
  note: null,
  'note-edited': null,
  printed: null,
  override: null,
  reconciled: null,
  'effect-called': null,
  'effect-done': null,
  'effect-failed': null,
  command: null,
};

/** What each type of webhook tells, in a sentence. */
export const webhookTypes: { readonly [T in WebhookType]: string } = {
  'order.placed': 'An order was placed.',
  'order.status-changed': 'The order has another status.',
  'order.line-status-changed': 'Lines of the order have another status.',
  'order.shipping-event': 'Units passed a shipping event: they were packed, sent, returned.',
  'order.digital-delivered': 'Digital lines can be downloaded.',
  'order.payment-event': 'Money was authorised, taken, given back or let go.',
  'order.payment-failed': 'Money did not move; nothing was taken.',
  'order.payment-outcome-unknown': 'Nobody knows yet whether money moved; another webhook tells.',
  'order.refund-decided': 'Somebody granted a refund; that it moved is a payment event.',
  'order.return-requested': 'Goods are to come back.',
  'order.return-authorised': 'Goods may come back.',
  'order.return-declined': 'Goods may not come back.',
  'order.return-received': 'Goods came back.',
  'order.return-refunded': 'What came back was refunded.',
  'order.return-closed': 'A return is over.',
  'order.exchanged': 'Another order takes the place of what came back.',
  'order.handed-over': 'A fulfilment partner was asked to send units.',
  'order.hand-over-moved':
    'A fulfilment partner accepted or declined, has sent everything, or is asked no more.',
  'order.held': 'The order waits for people.',
  'order.hold-released': 'The order waits for people no longer.',
  'order.task-raised': 'Somebody should look at the order.',
  'order.task-resolved': 'What somebody should have looked at is over.',
};

/** The types of webhooks that tell of an event, an order's placing first; none of what happened elsewhere. */
export function typesOf({ event, facts }: Pick<HistoryEvent, 'event' | 'facts'>): WebhookType[] {
  if (isImported(event)) return [];
  const told = facts.map((fact) => tellings[fact.type]?.type).filter((type) => type !== undefined);
  const isPlacing = (type: WebhookType) => type === 'order.placed';
  return [...new Set([...told.filter(isPlacing), ...told])];
}

/** The webhooks that tell of an event, in the order of what happened. */
export function tell(history: Pick<HistoryEvent, 'event' | 'facts'>, around: Surroundings): Told[] {
  const { event, facts } = history;
  const { number, seq, status } = around;
  return typesOf(history).flatMap((type) => {
    const known = facts.filter((fact) => tellings[fact.type]?.type === type);
    const telling = known[0] && (tellings[known[0].type] as Telling<Fact['type']> | null);
    const data = telling?.data(known, around) as WebhookData[WebhookType] | undefined;
    if (data === undefined) return [];
    return {
      type,
      version: WEBHOOKS,
      at: event.at,
      order: { number, seq, status },
      actor: { role: event.actor.role },
      event: event.id,
      ...(event.cause !== undefined && { cause: event.cause }),
      data,
    };
  });
}
