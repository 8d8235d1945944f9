import type { ReasonSpec } from './reasons';

/** Why people are asked to look at something that is about no single order. */
export type HouseTaskReason = 'webhook-paused' | 'delivery-failed' | 'feed-failing';

interface HouseReasonSpec extends ReasonSpec {
  /** What helps, in words. */
  readonly ways: readonly string[];
}

/** Every reason for a task of the house. */
export const houseReasons: { readonly [R in HouseTaskReason]: HouseReasonSpec } = {
  'webhook-paused': {
    says: 'An endpoint has taken no webhook for days, and is told nothing more.',
    endsWhen: 'the endpoint is told again',
    ways: [
      'Have whoever runs the endpoint look at the last attempts.',
      'Let it be told again, and deliver again what it missed.',
    ],
  },
  'delivery-failed': {
    says: 'Something could not be delivered for as long as it was tried.',
    endsWhen: 'it is delivered after all',
    ways: ['Look at its attempts, and deliver it again.'],
  },
  'feed-failing': {
    says: 'The messages of a fulfilment partner could not be fetched for a long time.',
    endsWhen: 'they are fetched again',
    ways: [
      'Have the partner look at its feed.',
      'Correct the address of the feed, or what it is fetched with.',
    ],
  },
};

/** Whether a task of the house can have this reason; an earlier release may have had others. */
export function isHouseTaskReason(reason: string): reason is HouseTaskReason {
  return Object.hasOwn(houseReasons, reason);
}
