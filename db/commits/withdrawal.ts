import type { Knex } from 'knex';
import type { Commit } from '../../machines/history';
import { commandParts } from './command-parts';
import { notWithdrawn } from './fence';
import { jsonText } from './json';
import { notice } from './notice';
import { storedTime } from './rows';
import { runParts, typed, type Part } from './statement';

/** True when the commit ends a placing that came to nothing. */
export function isWithdrawal({ events }: Commit): boolean {
  return events.some(({ facts }) => facts.some(({ type }) => type === 'placing-withdrawn'));
}

/** Takes the order away; or sees that there is none, for a placing of which nothing was written yet. */
function gonePart(commit: Commit): Part {
  const { number, after } = commit;
  const fence = notWithdrawn(commit);
  const sql =
    after === 0
      ? `select number from (values (?)) as it (number)
         where not exists (select from orders as o where o.number = it.number) and ${fence.sql}`
      : `delete from orders where number = ? and seq = ? and not visible and ${fence.sql}
         returning number`;
  const bindings = after === 0 ? [number] : [number, after];
  return { name: 'gone', sql, bindings: [...bindings, ...fence.bindings] };
}

/** Holds the placing against its other writers, not against rows that refer to it; false when it has moved on. */
export async function lockPlacing(db: Knex, commit: Commit): Promise<boolean> {
  const fence = notWithdrawn(commit);
  const { rows } = await db.raw<{ rows: unknown[] }>(
    `select from orders where number = ? and seq = ? and not visible and ${fence.sql}
     for no key update`,
    [commit.number, commit.after, ...fence.bindings],
  );
  return rows.length > 0;
}

const remembered = { event_id: 'text', seq: 'integer', at: 'timestamptz' };

/** All its events, by which a late repetition of any of its commits is known. */
function rememberedPart({ after, events }: Commit): Part {
  const rows = events.map(({ event }, index) => ({
    event_id: event.id,
    seq: after + index + 1,
    at: storedTime(event.at),
  }));
  return {
    name: 'remembered',
    sql: `insert into withdrawals (order_number, event_id, seq, at)
      select order_number, event_id, seq, at from gone join events on order_number = number
      union all
      select number, event_id, seq, at
      from gone, jsonb_to_recordset(?::jsonb) as r(${typed(remembered)})
      on conflict (order_number, event_id) do update set seq = excluded.seq, at = excluded.at`,
    bindings: [jsonText(rows)],
  };
}

/**
 * Takes the order away with all that belongs to it, so that its number is free; what became of its
 * commands stays. False, and nothing done, when the history does not end at `after`.
 */
export async function withdraw(db: Knex, commit: Commit): Promise<boolean> {
  const parts = [gonePart(commit), rememberedPart(commit), ...commandParts(commit, 'gone')];
  const written = await runParts(db, parts, notice(commit, 'gone'));
  return written.length > 0;
}
