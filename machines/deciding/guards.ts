import { dueOf } from './due';
import { readCommand } from '../commands';
import type { EventOf, OrderEvent } from '../events';
import { objectToCancel, openFaults } from '../fulfilment/cancelling';
import { objectToLineStatus } from '../fulfilment/lines';
import { objectToShippingEvent } from '../fulfilment/shipping';
import { voidable } from '../payment/balance';
import { planMoney, objectToMoney } from '../payment/charging';
import { objectToRecording } from '../payment/recording';
import { captureScope, refundScope } from '../payment/scope';
import { nextStatuses } from '../pipeline';
import { objectToPlacement } from './placing';
import { objectToGathering } from './room';
import { written } from '../money';
import { isTime, TIME } from '../time';
import { listed, type Objection } from '../refusals';
import { agreed, type OrderContext } from '../state';
import type { BlockableCommand, MovementKind, Obligation, Shop } from '../table';

/** What a guard looks at: the order in its present status, and the event that wants in. */
export interface Question<E extends OrderEvent = OrderEvent> {
  readonly shop: Shop;
  readonly status: string;
  readonly context: OrderContext;
  readonly event: E;
}

type Guard = (question: Question) => Objection | undefined;

/** A guard for one type of event. */
function on<T extends OrderEvent['type']>(
  _type: T,
  guard: (question: Question<EventOf<T>>) => Objection | undefined,
): Guard {
  return guard as Guard;
}

const movesMoney = (obligation: Obligation) =>
  obligation === 'capture' || obligation === 'void' || obligation === 'refund';

function oblige({ shop, event }: Question): readonly Obligation[] {
  if (event.type === 'set-status') return shop.orders.statuses[event.status]?.enter ?? [];
  if (event.type === 'record-shipping-event') {
    const { means, obliges = [] } = shop.shippingEvents[event.event] ?? {};
    // Cancelled units change what is owed, whatever the table obliges to.
    return means === 'cancelled' ? ['refund'] : obliges;
  }
  return ['void'];
}

/** The kind of movement that an answer says took place. */
const movedKinds: { readonly [T in OrderEvent['type']]?: MovementKind } = {
  'payment.authorised': 'authorise',
  'payment.captured': 'capture',
  'payment.refunded': 'refund',
  'payment.voided': 'void',
};

/** Every guard by name; a name is what a refusal says and what the machine's transitions carry. */
export const guards = {
  placementIsSound: on('place', ({ shop, event }) => objectToPlacement(shop, event.placement)),

  notOnHold({ shop, context, event }) {
    const { hold } = context;
    if (!hold || !shop.holdBlocks.includes(event.type as BlockableCommand)) return undefined;
    const until = hold.until ? ` until ${hold.until}` : '';
    return {
      code: 'on-hold',
      detail: `Order ${agreed(context).number} is on hold${until} by ${hold.owner}: ${hold.reason}`,
      figures: { hold, blocks: shop.holdBlocks },
      allowed: ['release-hold'],
    };
  },

  moneyIsKnown(question) {
    const movement = question.context.movements[0];
    if (!movement || !oblige(question).some(movesMoney)) return undefined;
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

  statusFollows: on('set-status', ({ shop, status, context, event }) => {
    const allowed = nextStatuses(shop.orders.statuses, status);
    if (allowed.includes(event.status)) return undefined;
    const order = agreed(context).number;
    const known = Object.hasOwn(shop.orders.statuses, event.status);
    const unknown = known ? '' : ` ${event.status} is no order status of this shop.`;
    return {
      code: 'invalid-order-status',
      detail: `Order ${order} is ${status}; ${listed(allowed)} may follow, ${event.status} may not.${unknown}`,
      figures: { order, present: status, wanted: event.status },
      allowed,
      errors: [{ pointer: '/status', detail: `Choose one of: ${listed(allowed)}.` }],
    };
  }),

  nothingDispatchedIsCancelled: on('set-status', ({ shop, status, context, event }) => {
    if (!oblige({ shop, status, context, event }).includes('cancel-units')) return undefined;
    const errors = openFaults(shop, context);
    if (errors.length === 0) return undefined;
    const order = agreed(context).number;
    return {
      code: 'invalid-order-status',
      detail: `Order ${order} cannot become ${event.status}: ${errors.map(({ detail }) => detail).join(' ')}`,
      figures: { order, present: status, wanted: event.status },
      allowed: nextStatuses(shop.orders.statuses, status).filter((next) => next !== event.status),
      errors,
    };
  }),

  lineStatusFollows: on('set-line-status', ({ shop, context, event }) =>
    objectToLineStatus(shop, context, event),
  ),

  unitsMayPass: on('record-shipping-event', ({ shop, status, context, event }) =>
    objectToShippingEvent(shop, context, status, event),
  ),

  cancellable: on('cancel', ({ shop, status, context, event }) =>
    objectToCancel(shop, context, status, event),
  ),

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

  isFree: on('hold', ({ context, event }) => {
    const order = agreed(context).number;
    if (context.hold) {
      const detail = `Order ${order} is on hold already: ${context.hold.reason}`;
      return {
        code: 'on-hold',
        detail,
        figures: { hold: context.hold },
        allowed: ['release-hold'],
      };
    }
    const { until } = event;
    if (until === undefined || (isTime(until) && Date.parse(until) > Date.parse(event.at))) {
      return undefined;
    }
    const detail = `A hold lasts until a time to come; ${until} is none. ${TIME}`;
    return { code: 'validation', detail, errors: [{ pointer: '/until', detail }] };
  }),

  isHeld({ context }) {
    if (context.hold) return undefined;
    return { code: 'not-on-hold', detail: `Order ${agreed(context).number} is not on hold.` };
  },

  textGiven: on('add-note', ({ event }) => {
    if (event.text.trim() !== '') return undefined;
    const detail = 'A note needs some text.';
    return { code: 'validation', detail, errors: [{ pointer: '/text', detail }] };
  }),

  roomIsLeft: ({ context, event }) => objectToGathering(context, event),

  isCommand: on('malformed', ({ event }) => {
    if (event.why !== undefined) return { code: 'validation', detail: event.why };
    const read = readCommand(event.message);
    return 'refusal' in read
      ? read.refusal
      : { code: 'validation', detail: 'Send it as a command.' };
  }),

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

  isDue: on('deadline', ({ shop, status, context, event }) => {
    const due = dueOf(shop, status, context).find(({ name }) => name === event.name);
    if (due && Date.parse(due.at) <= Date.parse(event.at)) return undefined;
    return { code: 'not-found', detail: `Nothing named ${event.name} is due.` };
  }),
} satisfies Record<string, Guard>;

export type GuardName = keyof typeof guards;
