import type { Commit } from '../../machines/history';
import { jsonText } from '../commits/json';
import { factsOf, storedTime } from '../commits/rows';
import { insertPart, names, typed, type Part } from '../commits/statement';

const opened = {
  task: 'text',
  reason: 'text',
  text: 'text',
  since: 'timestamptz',
  cause: 'text',
};
const closed = {
  closed_at: 'timestamptz',
  closed_role: 'text',
  closed_name: 'text',
  closed_how: 'text',
  note: 'text',
};

/** Which tasks this commit ends, by their ids. */
function endsOf(commit: Commit): Map<string, object> {
  return new Map(
    factsOf(commit, 'attention-resolved').map(({ fact: { id, by, note }, event }) => [
      id,
      {
        ...{ task: id, closed_at: storedTime(event.at), closed_how: by, note },
        ...(by === 'people' && { closed_role: event.actor.role, closed_name: event.actor.name }),
      },
    ]),
  );
}

/** The tasks that a commit raises, some perhaps over already, and those of before that it ends. */
export function taskParts(commit: Commit, of: string): Part[] {
  const ends = endsOf(commit);
  const rows = factsOf(commit, 'attention').map(({ fact: { id = '', reason, text }, event }) => ({
    ...{ task: id, reason, text, since: storedTime(event.at), cause: event.id },
    ...ends.get(id),
  }));
  const own = new Set(rows.map(({ task }) => task));
  const others = [...ends].filter(([task]) => !own.has(task)).map(([, end]) => end);
  const raised = insertPart(
    'tasks',
    { ...opened, ...closed },
    rows,
    of,
    'on conflict (order_number, task) do nothing',
  );
  if (others.length === 0) return raised;
  const sql = `update tasks as t set (${names(closed)}) = (${Object.keys(closed)
    .map((column) => `e.${column}`)
    .join(', ')})
    from ${of}, jsonb_to_recordset(?::jsonb) as e(task text, ${typed(closed)})
    where t.order_number = ${of}.number and t.task = e.task and t.closed_at is null`;
  return [...raised, { name: 'ended_tasks', sql, bindings: [jsonText(others)] }];
}
