import type { Knex } from 'knex';
import type { Actor } from '../machines/events';
import type { Refusal } from '../machines/refusals';

/** What became of a command, kept for good. */
export interface CommandRecord {
  readonly number: string;
  readonly id: string;
  readonly type: string;
  /** `pending`: its money is on its way, or nobody knows yet whether it moved. */
  readonly outcome: 'done' | 'refused' | 'pending';
  /** Its place in the order's history. */
  readonly seq: number;
  readonly refusal?: Refusal;
  readonly actor: Actor;
  readonly at: string;
}

type Row = Omit<CommandRecord, 'refusal' | 'actor'> & {
  readonly refusal: Refusal | null;
  readonly role: Actor['role'];
  readonly name: string;
};

const columns = {
  number: 'order_number',
  id: 'id',
  type: 'type',
  outcome: 'outcome',
  seq: 'seq',
  refusal: 'refusal',
  role: 'actor_role',
  name: 'actor_name',
  at: 'at',
};

/** What became of a command of an order; undefined while the order has not heard of it. */
export async function findCommand(
  knex: Knex,
  number: string,
  id: string,
): Promise<CommandRecord | undefined> {
  const row = await knex('commands')
    .where({ order_number: number, id })
    .first<Row | undefined>(columns);
  if (!row) return undefined;
  const { refusal, role, name, ...record } = row;
  return { ...record, ...(refusal && { refusal }), actor: { role, name } };
}
