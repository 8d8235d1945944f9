import type { MovementKind } from '../table';

/** Why people are asked to look at an order; the set is closed, so that nobody is asked without a way out. */
export type TaskReason =
  | `${MovementKind}-failed`
  | 'outcome-unknown'
  | 'amount-differs'
  | 'gateway-differs'
  | 'authorisation-expired'
  | 'authorisation-ending'
  | 'overpaid'
  | 'capture-short'
  | 'refund-by-hand'
  | 'partner-refused'
  | 'partner-declined'
  | 'partner-late'
  | 'partner-unreachable'
  | 'message-failed'
  | 'effect-failed'
  | 'effect-move-refused'
  | 'digital-failed'
  | 'digital-too-late'
  | 'return-overdue'
  | 'return-by-hand'
  | 'return-refund-failed'
  | 'exchange-refused'
  | 'exchange-unreturned'
  | 'stock-short'
  | 'waiting-refused'
  | 'stuck';

export interface ReasonSpec {
  /** What happened, for people who choose tasks by their reason. */
  readonly says: string;
  /** When a task ends without anybody; absent where people have to say so. */
  readonly endsWhen?: string;
}

/** Every reason for a task. What ends a task by itself is in `ending.ts`, what helps in `ways.ts`. */
export const reasons: { readonly [R in TaskReason]: ReasonSpec } = {
  'authorise-failed': {
    says: 'A card that was to be authorised said no.',
    endsWhen: 'the order is paid, or covered by other authorisations',
  },
  'capture-failed': {
    says: 'Money that was to be captured was not.',
    endsWhen: 'everything owed is paid',
  },
  'refund-failed': {
    says: 'Money that was to go back did not.',
    endsWhen: 'a refund leaves nothing to go back',
  },
  'void-failed': {
    says: 'An authorisation that was to be given up was not.',
    endsWhen: 'nothing of that authorisation is left',
  },
  'outcome-unknown': {
    says: 'Nobody knows whether money moved.',
    endsWhen: 'the gateway answers',
  },
  'amount-differs': { says: 'The gateway moved another amount than it was asked for.' },
  'gateway-differs': {
    says: 'The gateway tells of money that the order does not know of.',
  },
  'authorisation-expired': {
    says: 'A card’s authorisation ran out before it was captured.',
    endsWhen: 'everything owed is paid, or a new authorisation covers it',
  },
  'authorisation-ending': {
    says: 'A card’s authorisation is about to run out, and cannot be made again.',
    endsWhen: 'everything owed is paid, a new authorisation covers it, or it has run out',
  },
  overpaid: {
    says: 'More money came in than the order owes.',
    endsWhen: 'what is too much has gone back',
  },
  'capture-short': {
    says: 'Money is owed that no card covers.',
    endsWhen: 'everything owed is paid',
  },
  'refund-by-hand': {
    says: 'Money has to go back that no gateway took.',
    endsWhen: 'the refund is recorded',
  },
  'message-failed': { says: 'A message to the customer could not be sent.' },
  'return-overdue': {
    says: 'Goods that were let come back have not come.',
    endsWhen: 'they come, or the return is closed',
  },
  'return-by-hand': {
    says: 'Money of a return has to go back that no gateway took.',
    endsWhen: 'the refund is recorded',
  },
  'return-refund-failed': {
    says: 'The money of a return did not go back.',
    endsWhen: 'it goes back, or the return is closed',
  },
  'exchange-refused': {
    says: 'The order that returned goods were exchanged for could not be placed.',
    endsWhen: 'another is placed, or the return is refunded or closed',
  },
  'exchange-unreturned': { says: 'Goods that were exchanged in advance never came back.' },
  'partner-refused': { says: 'What a fulfilment partner sent was refused.' },
  'partner-declined': {
    says: 'A fulfilment partner does not send what it was asked for, and nobody else was asked.',
    endsWhen: 'somebody else has it in hand, or it is cancelled',
  },
  'partner-late': {
    says: 'A fulfilment partner takes longer than it may.',
    endsWhen: 'the partner answers or sends, somebody else is asked, or it is cancelled',
  },
  'partner-unreachable': {
    says: 'A fulfilment partner could not be told something, and it is not tried again.',
  },
  'effect-failed': { says: 'One of the shop’s own effects failed and is not tried again.' },
  'effect-move-refused': {
    says: 'The answer of one of the shop’s own effects led where the order may not go.',
  },
  'digital-failed': {
    says: 'The digital provider could not deliver.',
    endsWhen: 'it is asked once more, or nothing of it is left to deliver',
  },
  'digital-too-late': {
    says: 'The digital provider delivered what was cancelled or recorded by hand by then.',
  },
  'stock-short': {
    says: 'An order was paid after its stock had been given back, and there is not enough any more.',
    endsWhen: 'everything that may still leave is held, waits for goods, or is cancelled',
  },
  'waiting-refused': {
    says: 'A command that had waited to be undone could not be done any more.',
  },
  stuck: {
    says: 'An order stays in a status beyond its usual time.',
    endsWhen: 'the order moves on',
  },
};

/** Whether a task can have this reason; an earlier release may have had others. */
export function isTaskReason(reason: string): reason is TaskReason {
  return Object.hasOwn(reasons, reason);
}
