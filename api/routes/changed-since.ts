import { listEvents } from '../../db/events';
import type { StoredOrder } from '../../machines/history';
import type { Answer } from '../http/answers';
import type { Incoming } from '../http/call';
import { invalid } from '../http/request';
import { problem } from '../problems';
import type { Services } from '../services';
import { etagOf } from '../shown-order';

/** How far back it is told what changed. */
const MOST_EVENTS = 100;

/** What an If-Match names: any version, these versions, or nothing that can be read. */
function versionsIn(header: string): 'any' | number[] | undefined {
  if (header.trim() === '*') return 'any';
  const tags = header.split(',').map((tag) => /^\s*"(\d{1,9})"\s*$/.exec(tag)?.[1]);
  return tags.every((tag) => tag !== undefined) ? tags.map(Number) : undefined;
}

/** Answers 412 with what happened when the order is no longer as the sender knew it. */
export async function changedSince(
  { db }: Services,
  { header }: Pick<Incoming<unknown, unknown, unknown>, 'header'>,
  { number, seq, version }: StoredOrder,
): Promise<Answer | undefined> {
  const sent = header('if-match');
  if (sent === undefined) return undefined;
  const versions = versionsIn(sent);
  if (!versions) {
    const detail = 'If-Match is an ETag of the order, such as "3".';
    return invalid([{ in: 'header', pointer: '/If-Match', detail }]);
  }
  if (versions === 'any' || versions.includes(version)) return undefined;
  const events = await listEvents(db, number, {
    after: Math.max(0, seq - MOST_EVENTS),
    limit: MOST_EVENTS,
  });
  // Each version is one event that made something true, with others that only led to it.
  const effective = events.filter(
    ({ outcome, facts }) => outcome === 'accepted' && facts.length > 0,
  );
  const missed = Math.max(0, version - Math.max(...versions));
  const changes = (missed === 0 ? [] : effective.slice(-missed)).map(({ event, seq: at }) => ({
    ...{ seq: at, type: event.type, at: event.at, actor: event.actor.name },
  }));
  const detail =
    missed === 0
      ? `Order ${number} is at version ${version}, which is older than ${sent}.`
      : `Order ${number} is at version ${version}: ${changes.map(({ type }) => type).join(', ')} came since.`;
  const headers = { ETag: etagOf({ version }) };
  return problem('precondition-failed', { detail, headers, more: { changes } });
}
