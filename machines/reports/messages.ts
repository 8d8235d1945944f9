import { needed, WHY, type Field } from '../commands/fields';
import { alert, type Draft } from '../deciding/draft';
import type { EventOf } from '../events';

export const messageReports = {
  'message.failed': {
    message: needed('The message that could not be sent.'),
    kind: needed('Its kind.'),
    why: needed('Why.', WHY),
  },
} as const satisfies Record<string, Readonly<Record<string, Field>>>;

/** A message that will not arrive: people are asked to look. */
export function recordMessageFailed(draft: Draft, { kind, why }: EventOf<'message.failed'>): void {
  alert(draft, 'message-failed', `The customer was not sent ${kind}: ${why}`);
}
