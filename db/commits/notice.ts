import type { Commit } from '../../machines/history';
import type { Part } from './statement';

/** The channel on which each commit is told, as `<number>:<seq>`. */
export const CHANNEL = 'conveyor_events';

/** Tells who listens. */
export function notice({ number, after, events }: Commit, of: string): Omit<Part, 'name'> {
  const sql = `select pg_notify('${CHANNEL}', ?) from ${of}`;
  return { sql, bindings: [`${number}:${after + events.length}`] };
}

/** The order and the place in its history that a notice names; a number may have colons of its own. */
export function noticeIn(payload: string): { readonly number: string; readonly seq: number } {
  const colon = payload.lastIndexOf(':');
  return { number: payload.slice(0, colon), seq: Number(payload.slice(colon + 1)) };
}
