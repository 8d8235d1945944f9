import type { OrderEvent } from '../events';
import { written } from '../money';
import { voidable } from '../payment/balance';
import { objectToMoney } from '../payment/charging';
import { planMoney } from '../payment/planning';
import { objectToConfirming } from '../payment/confirming';
import { objectToRecording } from '../payment/recording';
import { captureScope, refundScope } from '../payment/scope';
import { objectToSettling } from '../payment/settling';
import { listed, type Objection } from '../refusals';
import { objectToTold } from '../reports/gateway';
import { exchangeUnderWay } from '../returns/counts';
import type { ReturnState } from '../returns/state';
import { planGrant } from '../returns/worth';
import { agreed, type OrderContext } from '../state';
import type { MovementKind } from '../table';
import { movesMoney, obligationsOf } from './obligations';
import { on, type Guard } from './question';

/** The kind of movement that an answer says took place. */
const movedKinds: { readonly [T in OrderEvent['type']]?: MovementKind } = {
  'payment.authorised': 'authorise',
  'payment.captured': 'capture',
  'payment.refunded': 'refund',
  'payment.voided': 'void',
};

/** Until its order is there, the money of an exchange is neither here nor there. */
function objectToExchanging(context: OrderContext, returned: ReturnState | undefined): Objection {
  const { id, exchange } = returned ?? {};
  const detail = `order ${exchange?.number} is being placed for return ${id}, and paid with its money. Try again after that.`;
  const { objection } = objectToMoney(context, detail, { figures: { return: id, exchange } });
  return { ...objection, code: 'payment-outcome-unknown' };
}

export const moneyGuards = {
  moneyIsKnown(question) {
    const movement = question.context.movements[0];
    const exchanging = exchangeUnderWay(question.context);
    if (!movement && !exchanging) return undefined;
    if (!obligationsOf(question).some(movesMoney)) return undefined;
    if (!movement) return objectToExchanging(question.context, exchanging);
    const { kind, amount, key, askAt } = movement;
    const { currency } = agreed(question.context);
    const again = askAt ? `the gateway is asked again at ${askAt}` : 'the gateway is being asked';
    const detail = `the ${kind} of ${written(amount, currency)} has no known outcome yet; ${again}. Try again after that.`;
    return {
      ...objectToMoney(question.context, detail, { figures: { kind, amount, key, askAt } })
        .objection,
      code: 'payment-outcome-unknown',
    };
  },

  chargeable: on('take-payment', ({ shop, context, event }) => {
    const planned = planMoney(context, captureScope(shop, context), event);
    if ('objection' in planned) return planned.objection;
    const shipments = context.shipments.map(({ id }) => id);
    if (event.shippingEvent === undefined || shipments.includes(event.shippingEvent))
      return undefined;
    const detail = `${event.shippingEvent} is no shipping event of this order; it has ${listed(shipments)}.`;
    return objectToMoney(context, detail, { errors: [{ pointer: '/shippingEvent', detail }] })
      .objection;
  }),

  refundable: on('refund', ({ shop, context, event }) => {
    if (event.return !== undefined) {
      const granted = planGrant(shop, context, event);
      return 'objection' in granted ? granted.objection : undefined;
    }
    if (event.keep !== undefined) {
      const detail = 'something is kept of the price of a return: name it, or refund less.';
      return objectToMoney(context, detail, { errors: [{ pointer: '/keep', detail }] }).objection;
    }
    const planned = planMoney(context, refundScope(shop, context), event);
    return 'objection' in planned ? planned.objection : undefined;
  }),

  voidable: on('void', ({ context, event }) => {
    const ids = context.payments.map(({ id }) => id);
    if (event.payment !== undefined && !ids.includes(event.payment)) {
      const detail = `${event.payment} is no payment of this order; it has ${listed(ids)}.`;
      return objectToMoney(context, detail, { errors: [{ pointer: '/payment', detail }] })
        .objection;
    }
    const chosen = context.payments.filter(({ id }) => (event.payment ?? id) === id);
    if (chosen.some((payment) => voidable(context, payment) > 0)) return undefined;
    const detail = 'no authorisation is left to void: each was captured, voided or made elsewhere.';
    return objectToMoney(context, detail).objection;
  }),

  recordable: on('record-payment-event', ({ shop, context, event }) =>
    objectToRecording(shop, context, event),
  ),

  confirmable: on('confirm-payment', ({ context, event }) => objectToConfirming(context, event)),

  unsettled: on('settle-movement', ({ context, event }) => objectToSettling(context, event)),

  isNewsOfMoney: on('gateway.told', ({ context, event }) => objectToTold(context, event)),

  isAnswered({ context, event }) {
    const key = 'key' in event ? event.key : '';
    const [movement] = context.movements;
    if (movement?.key !== key) {
      return { code: 'not-found', detail: `No movement of money waits for ${key}.` };
    }
    const kind = movedKinds[event.type];
    if (kind === undefined || kind === movement.kind) return undefined;
    return { code: 'not-found', detail: `${key} is a ${movement.kind}, not a ${kind}.` };
  },
} satisfies Record<string, Guard>;
