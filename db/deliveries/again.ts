import type { Knex } from 'knex';
import { OUTBOX_CHANNEL } from '../commits/notice';
import type { OutboxRow } from '../outbox/waiting';

/**
 * Has settled deliveries delivered once more, as they were written and under their ids, and gives the ids
 * of those that are; one that still waits is left alone.
 */
export async function deliverAgain(knex: Knex, ids: readonly string[]): Promise<readonly string[]> {
  const { rows } = await knex.raw<{ rows: { id: string }[] }>(
    `with opened as (
      update deliveries set status = 'waiting', settled_at = null, why = null
        where id = any(:ids::uuid[]) and status <> 'waiting'
        returning id
    ), owed as (
      insert into outbox (order_number, seq, topic, kind, cause, payload)
        select o.order_number, o.seq, o.topic, o.kind, 'again/' || gen_random_uuid(),
          o.payload || jsonb_build_object('again', opened.id)
        from opened join outbox as o on o.id = opened.id
        returning id
    )
    select opened.id, pg_notify(:channel, '') from opened, (select count(*) from owed) as all_owed
      order by opened.id`,
    { ids: [...ids], channel: OUTBOX_CHANNEL },
  );
  return rows.map(({ id }) => id);
}

/** The delivery that a row of the outbox is about: its own, or an earlier one that is delivered once more. */
export function deliveryOf({ id, payload }: OutboxRow): string {
  return typeof payload.again === 'string' ? payload.again : id;
}
