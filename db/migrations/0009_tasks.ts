import type { Knex } from 'knex';

/** Tasks for people: what each order asks somebody to look at, open ones and those that are over. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table tasks (
      order_number text not null references orders on delete cascade,
      task text not null,
      reason text not null,
      text text not null,
      since timestamptz(3) not null,
      cause text,
      closed_at timestamptz(3),
      closed_role text,
      closed_name text,
      closed_how text check (closed_how in ('people', 'itself')),
      note text,
      primary key (order_number, task),
      check ((closed_at is null) = (closed_how is null))
    );
    create index tasks_open on tasks (since, order_number, task) where closed_at is null;
    create index tasks_open_by_reason on tasks (reason, since, order_number, task) where closed_at is null;
    create index tasks_by_date on tasks (since, order_number, task);

    -- Orders of an earlier release kept them without ids: they are named in their order, as orders name them.
    insert into tasks (order_number, task, reason, text, since)
    select o.number, 't' || a.position, a.value ->> 'reason', a.value ->> 'text',
      (a.value ->> 'since')::timestamptz
    from orders as o,
      jsonb_array_elements(o.state -> 'context' -> 'attention') with ordinality as a (value, position)
    where o.needs_attention;
  `);
}
