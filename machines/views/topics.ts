import type { Actor, OrderEvent } from '../events';
import type { Fact } from '../facts';
import type { HistoryEvent } from '../history';

/** What people look for in a timeline. */
export const topics = [
  ...(['status', 'shipping', 'return', 'money', 'stock'] as const),
  ...(['message', 'partner', 'people'] as const),
] as const;
export type Topic = (typeof topics)[number];

/** What each fact is about; none of them speaks of what nobody filters by. */
const ofFacts: { readonly [T in Fact['type']]: readonly Topic[] } = {
  'order-placed': ['status'],
  'placing-withdrawn': ['status'],
  'order-status': ['status'],
  'line-status': ['status'],
  'table-renewed': ['status'],
  'shipping-event': ['shipping'],
  'digital-asked': ['shipping'],
  'digital-delivered': ['shipping'],
  'digital-failed': ['shipping'],
  'return-requested': ['return'],
  'return-authorised': ['return'],
  'return-declined': ['return'],
  'return-received': ['return'],
  'return-given-up': ['return'],
  'return-refunded': ['return', 'money'],
  'return-closed': ['return'],
  'bill-lowered': ['return', 'money'],
  'refund-decided': ['return', 'money'],
  'exchange-decided': ['return'],
  'exchange-placed': ['return'],
  'exchange-refused': ['return'],
  'handed-over': ['partner'],
  'partner-told': ['partner'],
  'hand-over-moved': ['partner'],
  'payment-event': ['money'],
  'renewal-asked': ['money'],
  'movement-settled': ['money', 'people'],
  'command-waits': ['people'],
  'command-undone': ['people'],
  'payment-failed': ['money'],
  'payment-outcome-unknown': ['money'],
  voucher: ['money'],
  stock: ['stock'],
  message: ['message'],
  'message-withheld': ['message'],
  note: ['people'],
  'note-edited': ['people'],
  printed: ['people'],
  held: ['people'],
  'hold-released': ['people'],
  override: ['people'],
  attention: ['people'],
  'attention-resolved': ['people'],
  reconciled: ['people'],
  'effect-called': [],
  'effect-done': [],
  'effect-failed': [],
  command: [],
};

/** What an attempt is about, whatever came of it. */
const ofEvents: { readonly [T in OrderEvent['type']]?: readonly Topic[] } = {
  'set-status': ['status'],
  'set-line-status': ['status'],
  'record-shipping-event': ['shipping'],
  'request-return': ['return'],
  'authorise-return': ['return'],
  'decline-return': ['return'],
  'receive-return': ['return'],
  'close-return': ['return'],
  exchange: ['return'],
  'exchange.placed': ['return'],
  'exchange.refused': ['return'],
  'digital.delivered': ['shipping'],
  'digital.failed': ['shipping'],
  'take-payment': ['money'],
  refund: ['money'],
  void: ['money'],
  'record-payment-event': ['money'],
  'confirm-payment': ['money'],
  'settle-movement': ['money'],
  'payment.authorised': ['money'],
  'payment.captured': ['money'],
  'payment.refunded': ['money'],
  'payment.voided': ['money'],
  'payment.declined': ['money'],
  'payment.unreachable': ['money'],
  'payment.unknown': ['money'],
  'gateway.told': ['money'],
  'send-message': ['message'],
  'message.failed': ['message'],
  'command.refused': ['partner'],
  'hand-over': ['partner'],
  'accept-hand-over': ['partner'],
  'decline-hand-over': ['partner'],
  'partner.reminded': ['partner'],
  'partner.escalated': ['partner'],
  'partner.given-up': ['partner'],
  'partner.unreachable': ['partner'],
};

const ofRoles: { readonly [R in Actor['role']]?: readonly Topic[] } = {
  admin: ['people'],
  clerk: ['people'],
  partner: ['partner'],
};

/** What an event is about, in the order of `topics`. */
export function topicsOf({ event, facts }: Pick<HistoryEvent, 'event' | 'facts'>): Topic[] {
  const all = [
    ...(ofEvents[event.type] ?? []),
    ...(ofRoles[event.actor.role] ?? []),
    ...facts.flatMap(({ type }) => ofFacts[type]),
  ];
  return topics.filter((topic) => all.includes(topic));
}

/** By what an event shows that it is about a topic: its own type, its actor's role, or one of its facts. */
export interface Signs {
  readonly types: readonly string[];
  readonly roles: readonly string[];
  readonly facts: readonly string[];
}

/** The signs of any of these topics. */
export function signsOf(wanted: readonly Topic[]): Signs {
  const keysOf = (table: Readonly<Record<string, readonly Topic[]>>) =>
    Object.keys(table).filter((key) => table[key]?.some((topic) => wanted.includes(topic)));
  return { types: keysOf(ofEvents), roles: keysOf(ofRoles), facts: keysOf(ofFacts) };
}
