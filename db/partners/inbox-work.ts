import type { Knex } from 'knex';
import type { Said } from '../../machines/letters/letters';
import type { Refusal } from '../../machines/refusals';
import { jsonText } from '../commits/json';
import { INBOX_CHANNEL } from './inbox';

/** How often a message that waits may fail before others of its order overtake it. */
const OVERTAKEN_AFTER = 10;

/** A message that somebody has in hand. */
export interface ClaimedMessage {
  readonly partner: string;
  readonly id: string;
  readonly order: string;
  readonly said: Said;
  /** ISO 8601. */
  readonly receivedAt: string;
  /** Which command made of it this is. */
  readonly round: number;
  /** How often it was taken in hand, this time included. */
  readonly tries: number;
}

type Which = Pick<ClaimedMessage, 'partner' | 'id'>;

/**
 * Takes messages in hand that are to be tried, the oldest of each order alone. Who has not settled one when
 * its lease ends is taken for dead, and somebody else may have it.
 */
export async function claimMessages(
  knex: Knex,
  { limit, leaseMs }: { readonly limit: number; readonly leaseMs: number },
): Promise<readonly ClaimedMessage[]> {
  const { rows } = await knex.raw<{ rows: (ClaimedMessage & { place: number })[] }>(
    `with due as (
       select i.partner, i.id from partner_inbox as i
       where i.settled_at is null and i.next_at <= now()
         and coalesce(i.claimed_until <= now(), true)
         and not exists (
           select 1 from partner_inbox as o
           where o.order_number = i.order_number and o.settled_at is null and o.place < i.place
             and (o.status = 'waiting' or o.next_at <= now()))
       order by i.next_at
       limit :limit
       for update of i skip locked
     )
     update partner_inbox as i
     set claimed_until = now() + :leaseMs * interval '1 ms', tries = i.tries + 1
     from due where i.partner = due.partner and i.id = due.id
     returning i.partner, i.id, i.order_number as "order", i.said, i.received_at as "receivedAt",
       i.round, i.tries, i.place`,
    { limit, leaseMs },
  );
  return rows.sort((a, b) => a.place - b.place).map(({ place: _, ...message }) => message);
}

/** What became of a message for good. */
export interface Settlement {
  readonly status: 'done' | 'refused';
  readonly why?: string;
  readonly refusal?: Refusal;
  /** The command that was made of it, by which the order's history has it. */
  readonly command?: string;
}

/** Ends a message; what somebody else has ended stays as it is. */
export async function settleMessage(
  knex: Knex,
  { partner, id }: Which,
  { status, why, refusal, command }: Settlement,
): Promise<void> {
  await knex.raw(
    `update partner_inbox set status = :status, why = :why, refusal = :refusal, settled_at = now(),
       claimed_until = null, parked_on = null,
       seq = (select c.seq from commands as c
         where c.order_number = partner_inbox.order_number and c.id = :command)
     where partner = :partner and id = :id and settled_at is null`,
    {
      ...{ partner, id, status, why: why ?? null, command: command ?? null },
      refusal: refusal ? jsonText(refusal) : null,
    },
  );
}

export interface Parking {
  readonly why: string;
  /** The order's version that could not take it; absent where there is no order. */
  readonly on?: number;
  /** When it is tried though the order has not moved. */
  readonly waitMs: number;
  /** The next command made of it is another one: this one was refused, and the order has it so. */
  readonly isAnew?: boolean;
}

/** Puts a message aside until its order moves; one that has moved meanwhile is tried at once. */
export async function parkMessage(
  knex: Knex,
  { partner, id }: Which,
  { why, on, waitMs, isAnew = false }: Parking,
): Promise<void> {
  await knex.raw(
    `update partner_inbox as i set status = 'parked', why = :why, parked_on = :on, claimed_until = null,
       round = i.round + case when :isAnew then 1 else 0 end,
       next_at = case when exists (
           select 1 from orders as o
           where o.number = i.order_number and o.visible and o.version is distinct from :on::integer)
         then now() else now() + :waitMs * interval '1 ms' end
     where partner = :partner and id = :id and settled_at is null`,
    { partner, id, why, on: on ?? null, waitMs, isAnew },
  );
}

/** Gives a message back that nobody could be told of now; one that keeps failing is overtaken by others of its order. */
export async function releaseMessage(
  knex: Knex,
  { partner, id }: Which,
  { why, waitMs }: { readonly why: string; readonly waitMs: number },
): Promise<void> {
  await knex.raw(
    `update partner_inbox as i set why = :why, claimed_until = null,
       status = case when i.tries < ${OVERTAKEN_AFTER} then 'waiting' else 'parked' end,
       parked_on = (select o.version from orders as o where o.number = i.order_number and o.visible),
       next_at = now() + :waitMs * interval '1 ms'
     where partner = :partner and id = :id and settled_at is null`,
    { partner, id, why, waitMs },
  );
}

/** Has those messages tried whose order has moved since they were parked, or has become known. */
export async function wakeParked(knex: Knex): Promise<void> {
  await knex.raw(
    `update partner_inbox as i set next_at = now()
     from orders as o
     where i.settled_at is null and i.status = 'parked' and i.next_at > now()
       and o.number = i.order_number and o.visible and o.version is distinct from i.parked_on`,
  );
}

/** Has a message tried at once that waits or was refused, as people ask for; false when there is nothing to try. */
export async function retryMessage(knex: Knex, { partner, id }: Which): Promise<boolean> {
  const { rows } = await knex.raw<{ rows: unknown[] }>(
    `with again as (
       update partner_inbox as i set next_at = now(), status = 'waiting', settled_at = null,
         refusal = null, seq = null,
         round = i.round + case when i.status = 'refused' then 1 else 0 end
       where partner = :partner and id = :id and status <> 'done' and order_number is not null
       returning order_number
     )
     select pg_notify('${INBOX_CHANNEL}', order_number || ':0') from again`,
    { partner, id },
  );
  return rows.length > 0;
}
