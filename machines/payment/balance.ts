import { sum } from '../money';
import { cancelledUnits } from '../fulfilment/units';
import { owedByHand } from '../returns/counts';
import type { Movement, OrderContext, PaymentState } from '../state';
import type { MovementKind, Shop } from '../table';
import { owed } from './prices';

/** Paid outside every gateway: transfers, cash, cheques. */
export const OFFLINE = 'offline';

/** An order's money, in minor units of its currency. */
export interface Balance {
  readonly owed: number;
  readonly authorised: number;
  readonly captured: number;
  readonly refunded: number;
  readonly voided: number;
  /** In flight or of unknown outcome. */
  readonly pending: number;
  /** Still to be paid; negative when something is to go back. */
  readonly balance: number;
}

/** Minor units that went back for units that had left: what the order owes for those stands. */
function givenForReturns({ returns }: OrderContext): number {
  return sum(returns.flatMap(({ refunds }) => refunds.map(({ moved }) => moved)));
}

/** What was captured for nothing that the order still owes, has not gone back and is promised to nobody. */
function beyondOwed(
  context: OrderContext,
  { owed: owes, captured, refunded }: Pick<Balance, 'owed' | 'captured' | 'refunded'>,
): number {
  const unearned = captured - owes - (refunded - givenForReturns(context));
  return Math.min(unearned, captured - refunded - owedByHand(context));
}

export function balanceOf(shop: Shop, context: OrderContext): Balance {
  const total = (figure: 'authorised' | 'captured' | 'refunded' | 'voided') =>
    sum(context.payments.map((payment) => payment[figure]));
  const owes = owed(context, cancelledUnits(shop, context));
  const captured = total('captured');
  const refunded = total('refunded');
  return {
    owed: owes,
    authorised: total('authorised'),
    captured,
    refunded,
    voided: total('voided'),
    pending: sum(context.movements.map(({ amount }) => amount)),
    // A refund of what was owed is a kindness or a return, and nothing to be paid again.
    balance:
      captured < owes
        ? owes - captured
        : Math.min(0, 0 - beyondOwed(context, { owed: owes, captured, refunded })),
  };
}

/** What is on its way one of these ways, answers not in yet; of one payment, or of all. */
export function onTheWay(
  { movements }: OrderContext,
  kinds: readonly MovementKind[],
  payment?: string,
): number {
  let amount = 0;
  for (const movement of movements) {
    if (!kinds.includes(movement.kind) || (payment ?? movement.payment) !== movement.payment)
      continue;
    amount += movement.amount;
  }
  return amount;
}

/** Authorised and neither captured nor given up. */
export function capturable(payment: PaymentState): number {
  return payment.authorised - payment.captured - payment.voided;
}

export function refundable(payment: PaymentState): number {
  return payment.captured - payment.refunded;
}

/** True when money was captured or nothing needs to be, and nothing is left to pay. */
export function isPaid(shop: Shop, context: OrderContext): boolean {
  const { owed: owes, captured } = balanceOf(shop, context);
  return captured >= owes;
}

/** True while something that the order owes is not captured. */
export function isOwing(shop: Shop, context: OrderContext): boolean {
  const { owed: owes, captured } = balanceOf(shop, context);
  return captured < owes;
}

/** What was captured beyond what the order owes and has not gone back; nothing or less when none was. */
export function toGoBack(shop: Shop, context: OrderContext): number {
  return beyondOwed(context, balanceOf(shop, context));
}

/** True while nobody has authorised, paid or promised anything that is still under way. */
export function isUnpaid(context: OrderContext): boolean {
  return (
    context.movements.length === 0 &&
    context.payments.every((payment) => capturable(payment) === 0 && payment.captured === 0)
  );
}

export type PaymentStatus =
  | 'unpaid'
  | 'authorised'
  | 'partly paid'
  | 'paid'
  | 'partly refunded'
  | 'refunded'
  | 'outcome unknown';

export function paymentStatus(shop: Shop, context: OrderContext): PaymentStatus {
  if (context.movements.some(({ askAt }) => askAt)) return 'outcome unknown';
  const { owed: owes, captured, refunded } = balanceOf(shop, context);
  if (captured > 0 && refunded === captured) return 'refunded';
  if (refunded > 0) return 'partly refunded';
  if (captured > 0) return captured >= owes ? 'paid' : 'partly paid';
  if (owes === 0 && context.payments.length === 0) return 'paid';
  return context.payments.some((payment) => capturable(payment) > 0) ? 'authorised' : 'unpaid';
}

/** Whether the capture of this payment that is on its way lets go of the rest: its card is captured once, or it is final. */
function isLastOnTheWay({ movements }: OrderContext, { id, can }: PaymentState): boolean {
  if ((can?.captures ?? 'many') !== 'many') return true;
  return movements.some(({ payment, final }) => payment === id && final === true);
}

/** Room that a kind of movement has in one payment, for money that a gateway can move; what is on its way has left. */
export function roomIn(context: OrderContext, payment: PaymentState, kind: MovementKind): number {
  if (payment.gateway === OFFLINE) return 0;
  if (kind === 'refund') return refundable(payment) - onTheWay(context, ['refund'], payment.id);
  const capturing = onTheWay(context, ['capture'], payment.id);
  // What a last capture leaves is let go of by it: nothing is left to ask for.
  if (capturing > 0 && isLastOnTheWay(context, payment)) return 0;
  return capturable(payment) - capturing - onTheWay(context, ['void'], payment.id);
}

/** What a void of this payment gives up; nothing where no gateway holds it. */
export function voidable(context: OrderContext, payment: PaymentState): number {
  return payment.reference === undefined ? 0 : roomIn(context, payment, 'void');
}

export type Part = Pick<Movement, 'payment' | 'amount'>;

/** How much of an amount a payment can move; nothing where it is captured whole and the amount is less. */
export function partIn(
  context: OrderContext,
  payment: PaymentState,
  kind: MovementKind,
  amount: number,
): number {
  const room = roomIn(context, payment, kind);
  const isWhole = kind === 'capture' && payment.can?.captures === 'whole';
  return isWhole && amount < room ? 0 : Math.min(amount, room);
}

/** Shares an amount among payments as far as each has room: oldest first, refunds newest first. */
export function partsOf(context: OrderContext, kind: MovementKind, amount: number): Part[] {
  const payments = kind === 'refund' ? [...context.payments].reverse() : context.payments;
  let left = amount;
  const parts: Part[] = [];
  for (const payment of payments) {
    const part = Math.max(0, partIn(context, payment, kind, left));
    if (part > 0) parts.push({ payment: payment.id, amount: part });
    left -= part;
  }
  return parts;
}
