import { recordPayment } from '../calls/calling';
import { alert, changePayment, type Draft } from '../deciding/draft';
import { limits } from '../deciding/limits';
import type { EventOf } from '../events';
import { reserveAgain } from '../fulfilment/reservation';
import { isAmount, sum, written } from '../money';
import { listed, type Fault, type Objection } from '../refusals';
import { agreed, type OrderContext, type PaymentState } from '../state';
import { capturable, OFFLINE } from './balance';
import { chooseAmount, countPaid, objectToMoney } from './charging';
import { captureScope, typeOf } from './scope';

type Confirmed = EventOf<'confirm-payment'>;

/** What a payment outside every gateway still waits for. */
function awaited({ requested, captured }: PaymentState): number {
  return Math.max(0, requested - captured);
}

/** Whether money under this reference was entered before: then it is the same money. */
function isReceived({ payments }: OrderContext, reference: string | undefined): boolean {
  return payments.some(({ receipts = [] }) => receipts.some((each) => each === reference));
}

/** What is wrong with a sum that is said to have come in; more than is owed may come, but not without end. */
function incomingFault({ payments }: OrderContext, amount: number): Fault | undefined {
  const fault = (detail: string) => ({ pointer: '/amount', detail });
  if (!isAmount(amount)) {
    return fault(`An amount is a whole number of minor units from 1, not ${amount}.`);
  }
  const captured = sum(payments.map((payment) => payment.captured));
  if (captured + amount <= limits.amount) return undefined;
  return fault(`An order takes at most ${limits.amount} minor units.`);
}

function faultOf(context: OrderContext, event: Confirmed): Fault | undefined {
  const { payment: id, amount, reference } = event;
  const outside = context.payments.filter(({ gateway }) => gateway === OFFLINE);
  const payment = outside.find((each) => each.id === id);
  if (!payment) {
    const ids =
      outside.length === 0 ? 'it has none' : `such are ${listed(outside.map((each) => each.id))}`;
    const detail = `${id} is no payment of this order that is paid outside a gateway; ${ids}.`;
    return { pointer: '/payment', detail };
  }
  if (isReceived(context, reference)) {
    const detail = `What came in under ${reference} is recorded already.`;
    return { pointer: '/reference', detail };
  }
  if (amount !== undefined) return incomingFault(context, amount);
  if (awaited(payment) > 0) return undefined;
  return { pointer: '/amount', detail: `${id} waits for nothing more: say how much came in.` };
}

export function objectToConfirming(context: OrderContext, event: Confirmed): Objection | undefined {
  const fault = faultOf(context, event);
  return fault && objectToMoney(context, fault.detail, { errors: [fault] }).objection;
}

/** Asks people to give back what came in beyond what the order owes. */
export function alertOverpaid(draft: Draft, over: number): void {
  if (over <= 0) return;
  const amount = written(over, agreed(draft.context).currency);
  const type = typeOf(draft.shop, 'refund');
  const text = `${amount} more came in than the order owes: give it back and record it as ${type}.`;
  alert(draft, 'overpaid', text);
}

/** Money that an order waited for came in: all that was awaited of it, or as much as is said. */
export function confirmPayment(draft: Draft, event: Confirmed): void {
  const { shop, context } = draft;
  const payment = context.payments.find(({ id }) => id === event.payment);
  if (!payment) return;
  const { reference } = event;
  const amount = event.amount ?? awaited(payment);
  const scope = captureScope(shop, context);
  const room = Math.max(0, scope.room);
  const { amount: _, ...named } = chooseAmount(context, scope, Math.min(amount, room));
  const { id, authorised, captured, receipts = [] } = payment;
  changePayment(draft, id, {
    authorised: authorised + Math.max(0, amount - capturable(payment)),
    captured: captured + amount,
    ...(reference !== undefined && { receipts: [...receipts, reference] }),
  });
  const type = typeOf(shop, 'capture');
  countPaid(draft, type, 'capture', named);
  const { gateway } = payment;
  const moved = { type: 'payment-event', event: type, kind: 'capture', payment: id } as const;
  recordPayment(draft, { ...moved, gateway, amount, reference, ...named });
  alertOverpaid(draft, amount - room);
  reserveAgain(draft);
}
