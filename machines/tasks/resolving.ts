import { change, type Draft } from '../deciding/draft';
import type { EventOf } from '../events';
import { listed, type Objection } from '../refusals';
import { agreed, type OrderContext } from '../state';

export function objectToResolving(
  context: OrderContext,
  { task }: EventOf<'resolve-task'>,
): Objection | undefined {
  const open = context.attention.map(({ id }) => id);
  if (open.includes(task)) return undefined;
  const { number } = agreed(context);
  const detail = `Order ${number} has no open task ${task}; open: ${listed(open)}.`;
  const errors = [{ pointer: '/task', detail }];
  return { code: 'no-such-task', detail, figures: { order: number, task }, allowed: open, errors };
}

/** Ends a task because somebody says so; who and when is the event's. */
export function resolveTask(draft: Draft, { task, note }: EventOf<'resolve-task'>): void {
  const found = draft.context.attention.find(({ id }) => id === task);
  if (!found) return;
  const { id, reason, text } = found;
  change(draft, { attention: draft.context.attention.filter((each) => each !== found) });
  draft.facts.push({ type: 'attention-resolved', id, reason, text, by: 'people', note });
}
