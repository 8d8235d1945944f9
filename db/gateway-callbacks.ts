import type { Knex } from 'knex';
import type { MovementKind } from '../machines/table';
import { OUTBOX_CHANNEL } from './commits/notice';

/** For how long news waits for an order that is not known. */
const WAITS = '30 days';
/** How long a request that was just sent is given to be answered. */
const ANSWERED = '3 seconds';

/** One piece of news as a gateway told it; it names no card. */
export interface StoredNews {
  readonly id: string;
  readonly kind: MovementKind;
  readonly outcome: 'moved' | 'declined';
  readonly key?: string;
  readonly order?: string;
  readonly reference: string;
  readonly authorisation: string;
  readonly amount: number;
  readonly currency: string;
}

/**
 * Keeps what a gateway told, once for each id, and hands what is about a known order to its outbox, all in
 * one transaction; the rest waits for {@link matchCallbacks}.
 */
export async function keepCallbacks(
  knex: Knex,
  gateway: string,
  news: readonly StoredNews[],
): Promise<void> {
  if (news.length === 0) return;
  const rows = news.map((one) => {
    const { id, kind, outcome, key, order, reference, authorisation, amount, currency } = one;
    return {
      ...{ gateway, id, kind, outcome, key, order_number: order, reference, authorisation },
      ...{ amount, currency, news: JSON.stringify(one) },
    };
  });
  await knex.transaction(async (trx) => {
    await trx('gateway_callbacks').insert(rows).onConflict(['gateway', 'id']).ignore();
    await match(trx, { gateway, ids: news.map(({ id }) => id) });
  });
}

/** Hands over news whose order has become known since, or whose request was not answered, and forgets what has waited for too long. */
export async function matchCallbacks(knex: Knex): Promise<void> {
  await knex.transaction((trx) => match(trx));
  await knex('gateway_callbacks')
    .whereNull('matched_at')
    .whereRaw(`created_at < now() - interval '${WAITS}'`)
    .delete();
}

/**
 * The order is the one that the gateway names, else the one that the key or the authorisation belongs to.
 * Several tellings of one movement are one row of the outbox: its cause is what moved, not who told it.
 * Nothing is owed for news that our records have already, be it as something that was recorded with its
 * reference (captures of one authorisation may share theirs), and a call that was just sent is given the time
 * to be answered, or each movement would be told twice.
 */
async function match(
  trx: Knex,
  only?: { readonly gateway: string; readonly ids: readonly string[] },
): Promise<void> {
  const which = only ? 'and c.gateway = :gateway and c.id = any(:ids)' : '';
  const { rows } = await trx.raw<{ rows: { order_number: string }[] }>(
    `with found as (
       select c.*, o.number, o.seq,
         g.status is not distinct from c.outcome
             and (c.outcome = 'declined' or g.moved = c.amount)
           or c.key is null and c.kind in ('authorise', 'refund') and exists (
             select from payment_ledger as l
             where l.order_number = o.number and l.gateway = c.gateway
               and (l.kind, l.reference, l.amount) = (c.kind, c.reference, c.amount)) as agrees
       from gateway_callbacks as c
       left join gateway_calls as g on g.key = c.key
       join orders as o on o.number = coalesce(
         c.order_number,
         g.order_number,
         (select order_number from payment_ledger
            where reference = c.authorisation and gateway = c.gateway limit 1))
       where c.matched_at is null ${which}
         and (c.key is not null or o.visible)
         and not coalesce(
           g.status in ('sent', 'unreachable') and g.created_at > now() - interval '${ANSWERED}', false)
       for update of c skip locked
     ), written as (
       insert into outbox (order_number, seq, topic, kind, cause, payload)
       select number, seq, 'gateway', kind,
         coalesce(key, concat_ws(' ', gateway, reference, amount)) || ' ' || outcome,
         jsonb_build_object('gateway', gateway, 'news', news)
       from found where not agrees
       on conflict do nothing
     )
     update gateway_callbacks as c set matched_at = now(), order_number = found.number
     from found where c.gateway = found.gateway and c.id = found.id
     returning c.order_number`,
    only ? { gateway: only.gateway, ids: [...only.ids] } : {},
  );
  const [first] = rows;
  if (first) await trx.raw(`select pg_notify('${OUTBOX_CHANNEL}', ?)`, [`${first.order_number}:0`]);
}
