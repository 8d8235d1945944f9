import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import { jsonText } from '../commits/json';
import { OUTBOX_CHANNEL } from '../commits/notice';
import type { OutboxRow } from '../outbox/waiting';

/** So many ids that sort as they stand: rows of one moment are started in the order of their ids. */
export function idsInOrder(count: number): string[] {
  return Array.from({ length: count }, () => randomUUID()).sort();
}

/**
 * Has settled deliveries delivered once more, as they were written and under their ids, and gives the ids
 * of those that are; one that still waits is left alone.
 */
export function deliverAgain(knex: Knex, ids: readonly string[]): Promise<readonly string[]> {
  return owe(knex, ids, false);
}

/**
 * The same, and those that still wait are delivered at once: by another row of the outbox, which takes them
 * over from the one before where deliverers heed {@link deliveryOf} and `sentBy`. In the order of the ids.
 */
export function deliverNow(knex: Knex, ids: readonly string[]): Promise<readonly string[]> {
  return owe(knex, ids, true);
}

/** The delivery that a row of the outbox is about: its own, or an earlier one that is delivered once more. */
export function deliveryOf({ id, payload }: OutboxRow): string {
  return typeof payload.again === 'string' ? payload.again : id;
}

async function owe(
  knex: Knex,
  ids: readonly string[],
  evenWaiting: boolean,
): Promise<readonly string[]> {
  const rowIds = idsInOrder(ids.length);
  const pairs = ids.map((id, index) => ({ id, sent_by: rowIds[index] }));
  const { rows } = await knex.raw<{ rows: { id: string }[] }>(
    `with opened as (
      update deliveries as d
        set status = 'waiting', settled_at = null, next_at = null, why = null, sent_by = n.sent_by
        from jsonb_to_recordset(:pairs::jsonb) as n(id uuid, sent_by uuid)
        where d.id = n.id and (:evenWaiting or d.status <> 'waiting')
        returning d.id, d.sent_by
    ), owed as (
      insert into outbox (id, order_number, seq, topic, kind, cause, payload)
        select opened.sent_by, o.order_number, o.seq, o.topic, o.kind, 'again/' || opened.sent_by,
          o.payload || jsonb_build_object('again', opened.id)
        from opened join outbox as o on o.id = opened.id
        returning id
    )
    select opened.id, pg_notify(:channel, '') from opened, (select count(*) from owed) as all_owed
      order by opened.sent_by`,
    { pairs: jsonText(pairs), evenWaiting, channel: OUTBOX_CHANNEL },
  );
  return rows.map(({ id }) => id);
}
