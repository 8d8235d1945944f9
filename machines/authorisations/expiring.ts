import { recordPayment } from '../calls/calling';
import { alert, change, changePayment, type Draft } from '../deciding/draft';
import type { EventOf } from '../events';
import { sum, written } from '../money';
import { agreed, type OrderContext, type PaymentState } from '../state';
import type { Shop } from '../table';
import { balanceOf, capturable } from '../payment/balance';
import { typeOf } from '../payment/scope';

const AUTHORISATION = 'authorisation';

/** The payment whose authorisation a deadline is about; undefined for other deadlines. */
export function paymentOfDeadline(name: string): string | undefined {
  const [kind, payment] = name.split(':');
  return kind === AUTHORISATION ? payment : undefined;
}

/** When the authorisations that hold money end. */
export function dueExpiries({ payments, movements }: OrderContext): { name: string; at: string }[] {
  return payments.flatMap(({ expiresAt: at, ...payment }) => {
    if (at === undefined || capturable(payment) <= 0) return [];
    // What is on its way may have taken the money already; the answer comes first.
    if (movements.some((movement) => movement.payment === payment.id)) return [];
    return [{ name: `${AUTHORISATION}:${payment.id}`, at }];
  });
}

/** Whether the order still owes what nothing but this payment's authorisation covers. */
export function losesCover(shop: Shop, context: OrderContext, id: string | undefined): boolean {
  const { owed, captured } = balanceOf(shop, context);
  const others = context.payments.filter((payment) => payment.id !== id);
  return owed - captured > sum(others.map(capturable));
}

/** What an authorisation still held is held no more: its gateway lets go of it without being asked. */
export function letGo(draft: Draft, payment: PaymentState, reason: string): void {
  const amount = capturable(payment);
  const { id, gateway, reference, voided } = payment;
  changePayment(draft, id, { voided: voided + amount, givenUpAt: draft.event.at });
  recordPayment(draft, {
    type: 'payment-event',
    event: typeOf(draft.shop, 'void'),
    kind: 'void',
    payment: id,
    gateway,
    amount,
    reference,
    reason,
  });
}

/**
 * An authorisation ran out: what it still covered is gone. Where that is owed, people are asked to
 * look and the order is held.
 */
export function expireAuthorisation(draft: Draft, { name }: EventOf<'deadline'>): void {
  const id = paymentOfDeadline(name);
  const payment = draft.context.payments.find((each) => each.id === id);
  if (!payment) return;
  const { event } = draft;
  const amount = written(capturable(payment), agreed(draft.context).currency);
  const reason = `The authorisation of ${amount} on ${payment.id} expired.`;
  letGo(draft, payment, reason);
  if (!losesCover(draft.shop, draft.context, id)) return;
  alert(draft, 'authorisation-expired', reason);
  if (draft.context.hold) return;
  change(draft, { hold: { reason, owner: event.actor.name, since: event.at } });
  draft.facts.push({ type: 'held', reason });
}
