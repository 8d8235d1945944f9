import { needed, WHY } from '../commands/fields';
import { alert, type Draft } from '../deciding/draft';
import type { EventOf } from '../events';

const slow = {
  handOver: needed('The hand-over that is waited for.'),
  stage: needed('The stage that it was in.'),
};

export const partnerReports = {
  'partner.reminded': slow,
  'partner.escalated': slow,
  'partner.given-up': slow,
  'partner.unreachable': {
    partner: needed('The partner that could not be told.'),
    letter: needed('What it could not be told.'),
    kind: needed('Its kind.'),
    why: needed('Why.', WHY),
  },
};

/** Something that a partner will not hear of: people are asked to look. */
export function recordUnreachable(
  draft: Draft,
  { partner, kind, why }: EventOf<'partner.unreachable'>,
): void {
  alert(draft, 'partner-unreachable', `${partner} could not be told the ${kind}: ${why}`);
}
