import { change, tell, type Draft } from '../deciding/draft';
import type { CallCause, Fact } from '../facts';
import { agreed, type Call } from '../state';
import type { Obligation, PaymentEventRule } from '../table';

type CallObligation = Extract<Obligation, { readonly call: string }>;
type PaymentFact = Extract<Fact, { type: 'payment-event' }>;

/** Calls one of the shop's own effects, under a key of its own that lasts. */
export function callEffect(draft: Draft, obligation: CallObligation, about: CallCause): void {
  const { calls, callCount } = draft.context;
  const { call: name, with: given } = obligation;
  const id = `${agreed(draft.context).number}/call/${callCount + 1}`;
  const call: Call = { id, name, since: draft.event.at };
  change(draft, { calls: [...calls, call], callCount: callCount + 1 });
  draft.facts.push({ type: 'effect-called', call: id, name, with: given, about });
}

/** Meets what a payment event obliges to, by the shop's own word for it. */
function meetForPayment(draft: Draft, rule: PaymentEventRule | undefined, about: CallCause): void {
  for (const obligation of rule?.obliges ?? []) {
    if ('send' in obligation) tell(draft, obligation.send);
    else callEffect(draft, obligation, about);
  }
}

/** Records money that moved and meets what that obliges to, unless the order may still come to nothing. */
export function recordPayment(draft: Draft, fact: PaymentFact): void {
  draft.facts.push(fact);
  if (draft.context.statusSince === '') return;
  const { event, payment, amount, lines } = fact;
  const about = { type: 'payment-event', event, payment, amount, lines } as const;
  meetForPayment(draft, draft.shop.paymentEvents[event], about);
}

/** What authorisations made before the order was placed oblige to, once it is. */
export function meetForEarlierPayments(draft: Draft): void {
  const { paymentEvents } = draft.shop;
  const type = Object.keys(paymentEvents).find(
    (name) => paymentEvents[name]?.means === 'authorise',
  );
  if (type === undefined) return;
  for (const { id, authorised } of draft.context.payments) {
    if (authorised === 0) continue;
    const about = { type: 'payment-event', event: type, payment: id, amount: authorised } as const;
    meetForPayment(draft, paymentEvents[type], about);
  }
}
