import { sum } from '../money';
import { balanceOf, capturable, paymentStatus } from '../payment/balance';
import type { OrderContext, PaymentState } from '../state';
import type { Shop } from '../table';
import type { WaitingCommand } from '../undoing/state';

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
export type PaymentView = Omit<PaymentState, 'token' | 'renewedFor' | 'givenUpAt'> & {
  readonly status: PaymentStanding;
  /** Minor units authorised and neither captured nor given up. */
  readonly held: number;
};

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
  const { token: _, renewedFor: _ended, givenUpAt: _given, ...shown } = payment;
  return { ...shown, held: capturable(payment), status: standingOf(context, payment) };
}

/** All the order's money, each figure once. */
export function viewMoney(shop: Shop, context: OrderContext) {
  return {
    status: paymentStatus(shop, context),
    ...balanceOf(shop, context),
    held: sum(context.payments.map(capturable)),
  };
}

/** A command that waits to be done. */
export interface WaitingView {
  readonly command: string;
  readonly type: string;
  readonly by: string;
  /** ISO 8601. */
  readonly until: string;
}

export function viewWaiting({ event, until }: WaitingCommand): WaitingView {
  return { command: event.id, type: event.type, by: event.actor.name, until };
}
