import type { Commit } from '../../machines/history';
import type { Part } from './statement';

/** The channel on which each commit is told, as `<number>:<seq>`. */
export const CHANNEL = 'conveyor_events';

/** The channel on which a commit is told that has something leave the house, in the same words. */
export const OUTBOX_CHANNEL = 'conveyor_outbox';

/** Tells who listens; the relay only of what it has to do with. */
export function notice(
  { number, after, events }: Commit,
  of: string,
  leaves = false,
): Omit<Part, 'name'> {
  const payload = `${number}:${after + events.length}`;
  const channels = leaves ? [CHANNEL, OUTBOX_CHANNEL] : [CHANNEL];
  const told = channels.map((channel) => `pg_notify('${channel}', ?)`).join(', ');
  return { sql: `select ${told} from ${of}`, bindings: channels.map(() => payload) };
}

/** The order and the place in its history that a notice names; a number may have colons of its own. */
export function noticeIn(payload: string): { readonly number: string; readonly seq: number } {
  const colon = payload.lastIndexOf(':');
  return { number: payload.slice(0, colon), seq: Number(payload.slice(colon + 1)) };
}
