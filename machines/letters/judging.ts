import { milliseconds, type Duration } from '../duration';
import { refusalOf } from '../deciding/asking';
import type { Command } from '../events';
import type { StoredOrder } from '../history';
import { upToDate } from '../state';
import type { Said } from './letters';
import { commandOf, mayYetPass } from './saying';

export { mayYetPass } from './saying';

/** How long a message waits for an order that nobody knows, or that has no rule about partners. */
const UNKNOWN: Duration = { days: 3 };

/** A message as it came from a partner. */
export interface Told {
  readonly partner: string;
  readonly said: Said;
  /** ISO 8601. */
  readonly receivedAt: string;
}

/**
 * What is to be done about a message. `send`: the order says what it thinks of the command, for good when
 * `isLast`. `park`: the order cannot take it yet; after `until` it has to say so.
 */
export type Judged =
  | {
      readonly does: 'send';
      readonly command: Command;
      readonly isLast: boolean;
      readonly until: string;
    }
  | { readonly does: 'park'; readonly why: string; readonly until: string }
  | { readonly does: 'refuse'; readonly why: string };

/** Judges a message on an order as it is, or where there is none. */
export function judge(order: StoredOrder | undefined, told: Told, now: string): Judged {
  const { partner, said, receivedAt } = told;
  const park = order?.shop.partners?.park ?? UNKNOWN;
  const until = new Date(Date.parse(receivedAt) + milliseconds(park)).toISOString();
  const isLast = Date.parse(until) <= Date.parse(now);
  if (!order) {
    if (!isLast) return { does: 'park', why: `Order ${said.order} is not known yet.`, until };
    return { does: 'refuse', why: `There is no order ${said.order}, and there was none in time.` };
  }
  const { shop, state } = order;
  const { context, value } = upToDate(state);
  const made = commandOf(shop, context, partner, said);
  if ('fault' in made) return { does: 'refuse', why: made.fault };
  const { command } = made;
  const actor = { role: 'partner', name: partner } as const;
  const event = { ...command, id: `judged ${said.id}`, at: now, actor };
  const refusal = refusalOf({ shop, status: value.status, context, event });
  if (!isLast && refusal && mayYetPass(refusal, command)) {
    return { does: 'park', why: refusal.detail, until };
  }
  return { does: 'send', command, isLast, until };
}
