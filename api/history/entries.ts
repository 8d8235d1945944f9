import type { RecordedEvent } from '../../db/events';
import { causesOf } from '../../db/history/timeline';
import { viewEvent, type TimelineEntry } from '../../machines/views/timeline';
import type { Services } from '../services';

/** A line of a timeline with all that led to it: its cause, the cause of that, and so on to the root. */
export type CausedEntry = TimelineEntry & { readonly causes: readonly string[] };

export async function entriesOf(
  { db }: Pick<Services, 'db'>,
  number: string,
  currency: string,
  events: readonly RecordedEvent[],
): Promise<CausedEntry[]> {
  const causes = events.flatMap(({ event: { cause } }) => (cause === undefined ? [] : [cause]));
  const led = await causesOf(db, number, [...new Set(causes)]);
  return events.map((event) => {
    const chain: string[] = [];
    let next: string | null | undefined = event.event.cause;
    while (next && !chain.includes(next)) {
      chain.push(next);
      next = led.get(next);
    }
    return { ...viewEvent(event, event.seq, currency), causes: chain };
  });
}
