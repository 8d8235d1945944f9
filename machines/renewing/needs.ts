import { typeOf } from '../payment/scope';
import { OFFLINE } from '../payment/balance';
import { listed } from '../refusals';
import type { OrderContext, PaymentState } from '../state';
import type { MovementKind, Shop } from '../table';
import { newNames, type Renewal } from './words';

/** A word that an order cannot do without: what it is called on the new table, and who needs it. */
export interface Need {
  /** The field of the renewal that renames such words; gateways and effects keep their names. */
  readonly field:
    'statuses' | 'lineStatuses' | 'shippingEvents' | 'paymentEvents' | 'gateways' | 'effects';
  readonly word: string;
  readonly becomes: string;
  /** "Line A is Packing". */
  readonly says: string;
}

function usedKinds({ payments, movements }: OrderContext): MovementKind[] {
  const moved = (figure: 'authorised' | 'captured' | 'refunded' | 'voided') =>
    payments.some((payment) => payment[figure] > 0);
  const figures = {
    authorise: moved('authorised'),
    capture: moved('captured'),
    refund: moved('refunded'),
    void: moved('voided'),
  };
  const kinds = Object.keys(figures) as MovementKind[];
  return kinds.filter((kind) => figures[kind] || movements.some((each) => each.kind === kind));
}

/** What a gateway may still be asked about. */
function holdsMoney({ authorised, captured, refunded, voided }: PaymentState): boolean {
  return authorised - captured - voided > 0 || captured - refunded > 0;
}

/** Lines by a word of theirs, in the order of the lines. */
function byWord(pairs: readonly (readonly [word: string, line: string])[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const [word, line] of pairs) found.set(word, [...(found.get(word) ?? []), line]);
  return found;
}

function lines(ids: readonly string[]): string {
  return ids.length === 1 ? `Line ${listed(ids)}` : `Lines ${listed(ids)}`;
}

/** Every word of its table that an order cannot do without. */
export function needsOf(
  from: Shop,
  status: string,
  context: OrderContext,
  renewal: Renewal,
): readonly Need[] {
  const names = newNames(from, renewal);
  const statuses = byWord(context.lines.map((line) => [line.status, line.id]));
  const passed = byWord(
    context.lines.flatMap(({ id, passed: counts }) =>
      Object.keys(counts)
        .filter((type) => (counts[type] ?? 0) > 0 && Object.hasOwn(from.shippingEvents, type))
        .map((type) => [type, id] as const),
    ),
  );
  const money = usedKinds(context)
    .map((kind) => ({ kind, word: typeOf(from, kind) }))
    .filter(({ word }) => Object.hasOwn(from.paymentEvents, word));
  const gateways = context.payments.filter(
    (payment) => payment.gateway !== OFFLINE && holdsMoney(payment),
  );
  return [
    {
      field: 'statuses',
      word: status,
      becomes: names.status(status),
      says: `The order is ${status}`,
    },
    ...[...statuses].map(([word, ids]): Need => {
      const says = `${lines(ids)} ${ids.length === 1 ? 'is' : 'are'} ${word}`;
      return { field: 'lineStatuses', word, becomes: names.line(word), says };
    }),
    ...[...passed].map(([word, ids]): Need => {
      const says = `${lines(ids)} passed ${word}`;
      return { field: 'shippingEvents', word, becomes: names.shipping(word), says };
    }),
    ...money.map(({ kind, word }): Need => {
      const says = `The order has money that moved by ${word} (${kind})`;
      return { field: 'paymentEvents', word, becomes: names.payment(word), says };
    }),
    ...gateways.map(({ id, gateway }): Need => {
      const says = `Payment ${id} has money at the gateway ${gateway}`;
      return { field: 'gateways', word: gateway, becomes: gateway, says };
    }),
    ...context.digital.map(({ event }): Need => {
      const says = `The digital provider was asked for ${event}`;
      return { field: 'shippingEvents', word: event, becomes: names.shipping(event), says };
    }),
    ...context.calls.map(({ name }): Need => {
      const says = `The shop's own effect ${name} was called and has not answered`;
      return { field: 'effects', word: name, becomes: name, says };
    }),
  ];
}

/** The words that a table has for a need. */
export function wordsFor(shop: Shop, field: Need['field']): readonly string[] {
  switch (field) {
    case 'statuses':
      return Object.keys(shop.orders.statuses);
    case 'lineStatuses':
      return Object.keys(shop.lines.statuses);
    case 'shippingEvents':
      return Object.keys(shop.shippingEvents);
    case 'paymentEvents':
      return Object.keys(shop.paymentEvents);
    case 'gateways':
      return shop.gateways;
    case 'effects':
      return Object.keys(shop.effects ?? {});
  }
}

/** What a type of event means on a table: a word that stays the same may come to mean something else. */
export function meaningOf(shop: Shop, { field }: Need, word: string): string | undefined {
  if (field === 'shippingEvents') return shop.shippingEvents[word]?.means ?? 'a step of its own';
  return field === 'paymentEvents' ? shop.paymentEvents[word]?.means : undefined;
}
