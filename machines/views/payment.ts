import { capturable } from '../payment/balance';
import type { OrderContext, PaymentState } from '../state';

/** Where one payment of an order is. */
export type PaymentStanding =
  | 'outcome unknown'
  | 'in progress'
  | 'refunded'
  | 'partly refunded'
  | 'captured'
  | 'partly captured'
  | 'authorised'
  | 'voided'
  | 'waiting';

/** A payment without what only a gateway may know. */
export type PaymentView = Omit<PaymentState, 'token'> & { readonly status: PaymentStanding };

function standingOf(context: OrderContext, payment: PaymentState): PaymentStanding {
  const moving = context.movements.filter((movement) => movement.payment === payment.id);
  if (moving.length > 0)
    return moving.some(({ askAt }) => askAt) ? 'outcome unknown' : 'in progress';
  const { captured, refunded, voided } = payment;
  if (refunded > 0) return refunded === captured ? 'refunded' : 'partly refunded';
  if (captured > 0) return capturable(payment) > 0 ? 'partly captured' : 'captured';
  if (capturable(payment) > 0) return 'authorised';
  return voided > 0 ? 'voided' : 'waiting';
}

export function viewPayment(context: OrderContext, payment: PaymentState): PaymentView {
  const { token: _, ...shown } = payment;
  return { ...shown, status: standingOf(context, payment) };
}
