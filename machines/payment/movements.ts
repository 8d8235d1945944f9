import { change, type Draft } from '../deciding/draft';
import { answers, type Effect, type MoveMoney, type SettleMoney } from '../effects';
import { agreed, type Movement, type OrderContext, type PaymentState } from '../state';
import type { MovementKind } from '../table';
import { balanceOf, capturable, onTheWay } from './balance';
import type { MoneyPlan } from './charging';

interface Why extends Pick<
  Movement,
  'command' | 'shippingEvent' | 'reason' | 'grant' | 'final' | 'chain'
> {
  /** The event that places the order, while it is not placed. */
  readonly placing?: string;
}

/**
 * The lasting key of an order's n-th movement. A placing that was withdrawn leaves its number free,
 * so a key asked for while placing also names the placing: another attempt is another movement.
 */
function keyOf(order: string, movement: number, kind: MovementKind, placing?: string): string {
  const key = `${order}/${movement}/${kind}`;
  return placing === undefined ? key : `${key}/${placing}`;
}

/** The placing that a key was asked for by; undefined for one of a placed order. */
export function placingOf(key: string): string | undefined {
  const placing = key.split('/').slice(3).join('/');
  return placing === '' ? undefined : placing;
}

/**
 * The capture that pays all that is owed lets go of what its card still holds: nobody will ask for it. Only
 * the last part of it, because the parts before would have let go should that one fail.
 */
function endsWithIt({ shop, context }: Draft, kind: MovementKind, { amount, parts }: MoneyPlan) {
  const last = context.payments.find(({ id }) => id === parts.at(-1)?.payment);
  if (kind !== 'capture' || !last || capturable(last) <= (parts.at(-1)?.amount ?? 0)) return false;
  const { owed, captured } = balanceOf(shop, context);
  return amount + captured + onTheWay(context, ['capture']) >= owed;
}

/** Queues movements of money; the first of the queue is sent when the payment region is idle. */
export function queue(
  draft: Draft,
  kind: MovementKind,
  plan: MoneyPlan,
  { placing, ...why }: Why = {},
): void {
  const { number } = agreed(draft.context);
  const { movements, movementCount } = draft.context;
  const last = plan.parts.length - 1;
  const queued = plan.parts.map(({ payment, amount }, index): Movement => ({
    key: keyOf(number, movementCount + index + 1, kind, placing),
    kind,
    payment,
    amount,
    cause: draft.event.id,
    asked: 0,
    ...why,
    ...(endsWithIt(draft, kind, plan) && index === last && { final: true }),
    // Units and charges are counted once, when the last part has moved.
    ...(index === last && { lines: plan.lines, charges: plan.charges }),
  }));
  change(draft, {
    movements: [...movements, ...queued],
    movementCount: movementCount + queued.length,
  });
}

/** What it is moved on: the card by its token or by an earlier authorisation, or the authorisation itself. */
function cardOf({ payments }: OrderContext, { kind }: Movement, payment: PaymentState) {
  if (kind !== 'authorise') return { reference: payment.reference };
  if (payment.renews === undefined) return { token: payment.token };
  return { renews: payments.find(({ id }) => id === payment.renews)?.reference };
}

/** The effect that sends the first movement of the queue. */
export function effectOf(context: OrderContext, type: MoveMoney['type'] | SettleMoney['type']) {
  const movement = context.movements[0] as Movement;
  const payment = paymentOf(context, movement);
  const { number, currency } = agreed(context);
  return {
    type,
    key: movement.key,
    kind: movement.kind,
    order: number,
    payment: payment.id,
    gateway: payment.gateway,
    currency,
    amount: movement.amount,
    answer: answers[movement.kind],
    ...(movement.final && { final: true }),
    ...cardOf(context, movement, payment),
  };
}

/**
 * What is to be done about money that was decided to move and that nobody has sent, or whose answer was
 * lost: asked for by its key, and sent only if it never was. An order at peace has no such movement.
 */
export function openEffect({ context }: { readonly context: OrderContext }): Effect | undefined {
  const [movement] = context.movements;
  return movement && movement.askAt === undefined ? effectOf(context, 'settle-money') : undefined;
}

/** The payment that a movement is of. */
export function paymentOf(context: OrderContext, movement: Movement): PaymentState {
  return context.payments.find(({ id }) => id === movement.payment) as PaymentState;
}
