import { refusalOf } from '../deciding/asking';
import type { OrderEvent } from '../events';
import { written } from '../money';
import { balanceOf, onTheWay, toGoBack } from '../payment/balance';
import { typeOf } from '../payment/scope';
import { partnerWays } from '../partners/tasks';
import { nextStatuses } from '../pipeline';
import { owedByHand } from '../returns/counts';
import { returnWays } from '../returns/tasks';
import { agreed, type Attention, type OrderState } from '../state';
import type { Shop } from '../table';
import { isTaskReason, reasons, type TaskReason } from './reasons';
import { paymentGivenUp } from './voiding';

/** Something that helps: in words, and the command where there is one, in its plainest form. */
export interface Way {
  readonly says: string;
  readonly command?: Readonly<Record<string, unknown>> & { readonly type: string };
}

/** A task as it is shown: with what would resolve it. */
export interface TaskView extends Attention {
  /** How it ends by itself; absent where people have to end it. */
  readonly endsWhen?: string;
  /** What may be done about it now; what a command needs besides is asked of its sender. */
  readonly ways: readonly Way[];
}

interface Situation {
  readonly shop: Shop;
  readonly state: OrderState;
}

function recording({ shop, state }: Situation, kind: 'capture' | 'refund', amount: number): Way[] {
  if (amount <= 0) return [];
  const event = typeOf(shop, kind);
  const said = written(amount, agreed(state.context).currency);
  const says =
    kind === 'capture'
      ? `Have ${said} paid in another way and record it as ${event}.`
      : `Give ${said} back and record it as ${event}.`;
  return [{ says, command: { type: 'record-payment-event', event, amount } }];
}

function owing(situation: Situation): Way[] {
  const { shop, state } = situation;
  const { balance } = balanceOf(shop, state.context);
  return [
    { says: 'Take the payment.', command: { type: 'take-payment' } },
    ...recording(situation, 'capture', balance),
    { says: 'Let the held order go on.', command: { type: 'release-hold' } },
    { says: 'Cancel the order.', command: { type: 'cancel' } },
  ];
}

/** What nobody has sent back yet. */
function leftToGoBack({ shop, state: { context } }: Situation): number {
  return toGoBack(shop, context) - onTheWay(context, ['refund']);
}

const goesBack = (situation: Situation): Way[] =>
  recording(situation, 'refund', leftToGoBack(situation));

function onward(shop: Shop, { value }: OrderState): Way[] {
  return nextStatuses(shop.orders.statuses, value.status).map((status) => {
    return { says: `Move it to ${status}.`, command: { type: 'set-status', status } };
  });
}

/** What helps against each, most likely first; what the order would refuse is left out later. */
const waysOf: {
  readonly [R in TaskReason]: (situation: Situation, task: Attention) => Way[];
} = {
  'authorise-failed': owing,
  'authorisation-expired': owing,
  'authorisation-ending': owing,
  overpaid: goesBack,
  'capture-failed': owing,
  'capture-short': owing,
  'refund-by-hand': goesBack,
  'refund-failed': (situation) => [
    { says: 'Refund it again.', command: { type: 'refund' } },
    ...goesBack(situation),
  ],
  'void-failed': (_, task) => {
    const payment = paymentGivenUp(task);
    const command = { type: 'void', ...(payment !== undefined && { payment }) };
    return [{ says: 'Give it up again.', command }];
  },
  'outcome-unknown': ({ state }) =>
    state.context.movements.slice(0, 1).flatMap(({ key, kind }): Way[] => {
      const settle = { type: 'settle-movement', movement: key } as const;
      return [
        { says: `Ask the gateway’s people what became of ${key}.` },
        {
          says: `They have it: say that it moved${kind === 'authorise' ? ', with its reference' : ''}.`,
          command: { ...settle, outcome: 'moved' },
        },
        { says: 'They do not: say that it did not.', command: { ...settle, outcome: 'not-moved' } },
      ];
    }),
  'gateway-differs': () => [
    { says: 'Compare the order with the gateway’s own records, and record what is missing.' },
  ],
  'amount-differs': () => [{ says: 'Compare the payment with the gateway’s own records.' }],
  'partner-refused': () => [
    { says: 'Ask the partner what happened, and record what is true.' },
    { says: 'Hold the order meanwhile.', command: { type: 'hold' } },
  ],
  'partner-declined': ({ shop, state: { context } }) => partnerWays({ shop, context }, 'declined'),
  'partner-late': ({ shop, state: { context } }) => partnerWays({ shop, context }, 'late'),
  'partner-unreachable': () => [
    { says: 'Tell the partner in another way, or send it again when it can arrive.' },
    { says: 'Have another partner send it: say which.', command: { type: 'hand-over' } },
    { says: 'Hold the order meanwhile.', command: { type: 'hold' } },
  ],
  'message-failed': () => [
    { says: 'Tell the customer in another way, or send it again when it can arrive.' },
  ],
  'effect-failed': () => [{ says: 'Do by hand what it was to do.' }],
  'effect-move-refused': ({ shop, state }) => onward(shop, state),
  'digital-failed': ({ state }) => [
    {
      says: 'Put right what was missing, and ask the provider once more.',
      command: { type: 'send-downloads' },
    },
    ...state.context.digital
      .filter(({ failed, renews }) => failed !== undefined && !renews)
      .map(({ event, lines }) => {
        const command = { type: 'record-shipping-event', event, lines };
        return { says: 'Deliver it by hand, and record it.', command };
      }),
  ],
  'digital-too-late': () => [{ says: 'Have the provider take back what it delivered.' }],
  'return-overdue': ({ state: { context } }, task) =>
    returnWays(context, task, ['receive-return', 'close-return']),
  'return-by-hand': (situation) =>
    recording(situation, 'refund', owedByHand(situation.state.context)),
  'return-refund-failed': ({ state: { context } }, task) =>
    returnWays(context, task, ['refund', 'close-return']),
  'exchange-refused': ({ state: { context } }, task) =>
    returnWays(context, task, ['refund', 'close-return']),
  'exchange-unreturned': () => [{ says: 'Ask the customer for the goods, or for their price.' }],
  'waiting-refused': () => [
    { says: 'Look at the order, and send it again if it is still wanted.' },
  ],
  'stock-short': () => [
    { says: 'Bring goods in, then ship: what is free is taken with the parcel.' },
    { says: 'Cancel what cannot come.', command: { type: 'cancel' } },
  ],
  stuck: ({ shop, state }) => [
    ...onward(shop, state),
    { says: 'Hold it, saying why.', command: { type: 'hold' } },
  ],
};

/** What people would fill in. */
const filledIn = { reason: 'asked', note: 'asked' };
/** What only its sender knows, by command. */
const bySender: Readonly<Record<string, object>> = {
  'settle-movement': { reference: 'asked' },
  'hand-over': { partner: 'asked' },
};
const asking = { id: 'way', actor: { role: 'system', name: 'tasks' } } as const;

function isOpen({ shop, state }: Situation, at: string, { command }: Way): boolean {
  if (!command) return true;
  const event = {
    ...filledIn,
    ...bySender[command.type],
    ...command,
    ...asking,
    at,
  } as unknown as OrderEvent;
  const { value, context } = state;
  return refusalOf({ shop, status: value.status, context, event }) === undefined;
}

/** A task with what may be done about it in the order's present state; last, that it is done. */
export function viewTask(shop: Shop, state: OrderState, task: Attention): TaskView {
  const situation = { shop, state };
  const { reason, id, since } = task;
  const known = isTaskReason(reason);
  const ways = known ? waysOf[reason](situation, task) : [];
  const done = {
    says: 'Say that it is done.',
    command: { type: 'resolve-task', task: id },
  };
  return {
    ...task,
    ...(known && reasons[reason].endsWhen && { endsWhen: reasons[reason].endsWhen }),
    ways: [...ways.filter((way) => isOpen(situation, since, way)), done],
  };
}
