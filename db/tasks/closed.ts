import type { Actor } from '../../machines/events';

/** How a task ended. */
export interface Closed {
  readonly at: string;
  /** Nobody where it ended by itself. */
  readonly actor: { readonly role: Actor['role']; readonly name: string } | null;
  readonly by: 'people' | 'itself';
  readonly note: string | null;
}

/** The columns of a task's end, all null while it is open. */
export interface ClosedColumns {
  readonly closedAt: string | null;
  readonly role: Actor['role'] | null;
  readonly name: string | null;
  readonly by: Closed['by'] | null;
  readonly note: string | null;
}

/** Where they are, in a table called `t`. */
export const closing = {
  closedAt: 't.closed_at',
  role: 't.closed_role',
  name: 't.closed_name',
  by: 't.closed_how',
  note: 't.note',
} as const;

export function closed({ closedAt, role, name, by, note }: ClosedColumns): Closed | null {
  const actor = role && name !== null ? { role, name } : null;
  return closedAt && by ? { at: closedAt, actor, by, note } : null;
}
