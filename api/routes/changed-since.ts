import { listEvents } from '../../db/events';
import type { HistoryEvent, StoredOrder } from '../../machines/history';
import { actorOf } from '../auth';
import type { Answer } from '../http/answers';
import type { Caller } from '../http/call';
import { invalid } from '../http/request';
import { problem } from '../problems';
import type { Services } from '../services';
import { etagOf } from '../shown-order';

/** How far back it is told what changed. */
const MOST_EVENTS = 100;

const TAGS = /^\s*(?:W\/)?"[!#-~]*"\s*(?:,\s*(?:W\/)?"[!#-~]*"\s*)*$/;
/** What happens to an order without its money or its shop's own notes. */
const PARTNERS_HEAR_OF: readonly string[] = [
  ...['place', 'set-status', 'set-line-status', 'record-shipping-event'],
  ...['cancel', 'hold', 'release-hold'],
];

/** The versions an If-Match names; `any` for one that does not care. A weak tag names none (RFC 9110). */
export type IfMatch = 'any' | readonly number[];

/** Reads an If-Match; answers 422 to what is none. */
export function readIfMatch(header: string | undefined): { value: IfMatch } | { no: Answer } {
  if (header === undefined || header.trim() === '*') return { value: 'any' };
  if (!TAGS.test(header)) {
    const detail = 'If-Match is an ETag of the order, such as "3", a list of them, or *.';
    return { no: invalid([{ in: 'header', pointer: '/If-Match', detail }]) };
  }
  const versions = [...header.matchAll(/(W\/)?"(\d{1,9})"/g)].filter(([, weak]) => !weak);
  return { value: versions.map(([, , version]) => Number(version)) };
}

export function matches(wanted: IfMatch, { version }: StoredOrder): boolean {
  return wanted === 'any' || wanted.includes(version);
}

/** Answers 412 with what happened to the order since it was as the sender knew it. */
export async function changedSince(
  { db }: Services,
  caller: Caller,
  wanted: readonly number[],
  { number, seq, version }: StoredOrder,
): Promise<Answer> {
  const events = await listEvents(db, number, {
    after: Math.max(0, seq - MOST_EVENTS),
    limit: MOST_EVENTS,
  });
  // Each version is one event that made something true, with others that only led to it.
  const effective = events.filter(
    ({ outcome, facts }) => outcome === 'accepted' && facts.length > 0,
  );
  const missed = wanted.length === 0 ? 0 : Math.max(0, version - Math.max(...wanted));
  const changes = (missed === 0 ? [] : effective.slice(-missed))
    .filter(({ event }) => caller.role !== 'partner' || PARTNERS_HEAR_OF.includes(event.type))
    .map(({ event, seq: at }) => {
      return { seq: at, type: event.type, at: event.at, actor: nameFor(caller, event) };
    });
  const since =
    changes.length > 0
      ? `: ${changes.map(({ type }) => type).join(', ')} came since`
      : ', which is not the one that If-Match names';
  const detail = `Order ${number} is at version ${version}${since}.`;
  const headers = { ETag: etagOf({ version }) };
  return problem('precondition-failed', { detail, headers, more: { changes } });
}

/** The people of the shop have no names for its partners. */
function nameFor(caller: Caller, { actor }: HistoryEvent['event']): string {
  const isOwn = actor.role === caller.role && actor.name === actorOf(caller).name;
  return caller.role !== 'partner' || isOwn ? actor.name : actor.role;
}
