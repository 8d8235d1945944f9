import type { Knex } from 'knex';
import type { Commit } from '../../machines/history';
import { commandParts, notice } from './write';
import { storedTime } from './rows';
import { runParts } from './statement';

/** True when the commit ends a placing that came to nothing. */
export function isWithdrawal({ events }: Commit): boolean {
  return events.some(({ facts }) => facts.some(({ type }) => type === 'placing-withdrawn'));
}

/** The event under which a withdrawal is remembered. */
function lastEvent({ events }: Commit) {
  const last = events.at(-1);
  if (!last) throw new TypeError('A commit has at least one event.');
  return last.event;
}

/**
 * Takes the order away with all that belongs to it, so that its number is free; what became of its
 * commands stays. False, and nothing done, when the history does not end at `after`.
 */
export async function withdraw(db: Knex, commit: Commit): Promise<boolean> {
  const { number, after, events } = commit;
  const { id, at } = lastEvent(commit);
  // A placing that was refused before anything was written has no order to take away.
  const gone =
    after === 0
      ? {
          sql: 'select ?::text as number where not exists (select from orders where number = ?)',
          bindings: [number, number],
        }
      : {
          sql: 'delete from orders where number = ? and seq = ? returning number',
          bindings: [number, after],
        };
  const remembered = `
    insert into withdrawals (order_number, event_id, seq, at)
    select gone.number, ?, ?, ? from gone
    on conflict (order_number, event_id) do update set seq = excluded.seq, at = excluded.at`;
  const written = await runParts(
    db,
    [
      { name: 'gone', ...gone },
      {
        name: 'remembered',
        sql: remembered,
        bindings: [id, after + events.length, storedTime(at)],
      },
      ...commandParts(commit, 'gone'),
    ],
    notice(commit, 'gone'),
  );
  return written.length > 0;
}

/** True when this very withdrawal was written before. */
export async function isWithdrawn(db: Knex, commit: Commit): Promise<boolean> {
  const { number, after, events } = commit;
  const row = { order_number: number, event_id: lastEvent(commit).id, seq: after + events.length };
  return (await db('withdrawals').where(row).first('event_id')) !== undefined;
}
