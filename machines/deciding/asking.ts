import type { OrderEvent } from '../events';
import { refusal, type Objection, type Refusal } from '../refusals';
import { reservedStatuses } from '../state';
import { guards, type GuardName, type Question } from '../guards';

/** The guards each event passes, in the order in which they are asked. */
export const guardsOf: Readonly<Record<OrderEvent['type'], readonly GuardName[]>> = {
  place: ['placementIsSound'],
  'set-status': [
    'notOnHold',
    'statusFollows',
    'nothingDispatchedIsCancelled',
    'nothingWaits',
    'moneyIsKnown',
    'roomIsLeft',
  ],
  'set-line-status': ['notOnHold', 'lineStatusFollows'],
  'record-shipping-event': [
    'linesAreYours',
    'mayOverride',
    'notOnHold',
    'noneWaits',
    'unitsMayPass',
    'moneyIsKnown',
    'roomIsLeft',
  ],
  'send-downloads': ['notOnHold', 'deliverable'],
  'take-payment': ['notOnHold', 'noneWaits', 'moneyIsKnown', 'chargeable'],
  refund: ['notOnHold', 'noneWaits', 'moneyIsKnown', 'refundable'],
  void: ['noneWaits', 'moneyIsKnown', 'voidable'],
  'record-payment-event': ['moneyIsKnown', 'recordable'],
  'confirm-payment': ['notOnHold', 'moneyIsKnown', 'confirmable'],
  'settle-movement': ['unsettled'],
  undo: ['undoable'],
  cancel: ['linesAreYours', 'notOnHold', 'noneWaits', 'cancellable', 'moneyIsKnown', 'roomIsLeft'],
  'hand-over': ['notOnHold', 'handable', 'roomIsLeft'],
  'accept-hand-over': ['answerable', 'roomIsLeft'],
  'decline-hand-over': ['answerable', 'moneyIsKnown', 'roomIsLeft'],
  'request-return': ['notOnHold', 'returnable', 'roomIsLeft'],
  'authorise-return': ['notOnHold', 'authorisable'],
  'decline-return': ['declinable'],
  'receive-return': ['notOnHold', 'receivable', 'moneyIsKnown', 'roomIsLeft'],
  'close-return': ['closable', 'moneyIsKnown'],
  exchange: ['notOnHold', 'moneyIsKnown', 'exchangeable'],
  hold: ['isFree'],
  'release-hold': ['isHeld'],
  'add-note': ['textGiven', 'roomIsLeft'],
  'edit-note': ['textGiven', 'noteIsYours', 'roomIsLeft'],
  'send-message': ['kindIsKnown', 'customerHasAddress', 'messageIsTrue', 'notSentBefore'],
  'record-print': ['shipmentIsThere'],
  renew: ['renewable'],
  reconcile: [],
  'payment.authorised': ['isAnswered'],
  'payment.captured': ['isAnswered'],
  'payment.refunded': ['isAnswered'],
  'payment.voided': ['isAnswered'],
  'payment.declined': ['isAnswered'],
  'payment.unreachable': ['isAnswered'],
  'payment.unknown': ['isAnswered'],
  'resolve-task': ['taskIsOpen'],
  'command.refused': ['isNews'],
  'message.failed': [],
  'effect.done': ['callIsOpen'],
  'effect.failed': ['callIsOpen'],
  'digital.delivered': ['requestIsOpen'],
  'digital.failed': ['requestIsOpen'],
  'exchange.placed': ['isExchanging'],
  'exchange.refused': ['isExchanging'],
  'stock.allocated': [],
  'gateway.told': ['isNewsOfMoney'],
  'partner.reminded': [],
  'partner.escalated': [],
  'partner.given-up': [],
  'partner.unreachable': [],
  deadline: ['isDue'],
  malformed: ['isCommand'],
};

type Asked = Pick<Question, 'status' | 'context'> & { readonly answer: Objection | undefined };

const asked = new WeakMap<OrderEvent, Map<GuardName, Asked>>();

/** A guard's answer; asked again about the same event and state, it is not worked out again. */
export function objectionOf(name: GuardName, question: Question): Objection | undefined {
  const { event, status, context } = question;
  const answers = asked.get(event) ?? new Map<GuardName, Asked>();
  asked.set(event, answers);
  const known = answers.get(name);
  if (known?.context === context && known.status === status) return known.answer;
  const answer = guards[name](question);
  answers.set(name, { status, context, answer });
  return answer;
}

/** The first guard that objects, as a refusal; undefined when the event is welcome. */
export function refusalOf(question: Question): Refusal | undefined {
  const { event, status, context } = question;
  const placed = !reservedStatuses.includes(status);
  if (event.type === 'place' && context.placement) {
    const { number } = context.placement;
    const detail = `The number ${number} is taken by another order.`;
    const errors = [{ pointer: '/number', detail }];
    return refusal('numberIsFree', {
      code: 'number-taken',
      detail,
      figures: { order: number },
      errors,
    });
  }
  const fromWithin =
    'key' in event || ['deadline', 'stock.allocated', 'gateway.told'].includes(event.type);
  if (event.type !== 'place' && !placed && !fromWithin) {
    const detail = 'There is no such order, or its placing is still under way.';
    return refusal('isPlaced', { code: 'not-found', detail });
  }
  for (const name of guardsOf[event.type]) {
    const objection = objectionOf(name, question);
    if (objection) return refusal(name, objection);
  }
  return undefined;
}
