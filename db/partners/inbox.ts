import type { Knex } from 'knex';
import type { Said } from '../../machines/letters/letters';
import type { Refusal } from '../../machines/refusals';
import { limitOf, paged, positionIn, type Page, type Paged } from '../cursor';
import { jsonText } from '../commits/json';

/** On which it is told that a partner said something, as `<order number>:0`. */
export const INBOX_CHANNEL = 'conveyor_inbox';

/** A message as it arrives: read, or what is wrong with it beside what was sent. */
export type Arrival = {
  readonly partner: string;
  readonly via: 'callback' | 'feed';
} & (
  | { readonly said: Said }
  | { readonly unread: { readonly id: string; readonly sent: unknown; readonly why: string } }
);

/** What keeping it came to; `differs`: the same id was told of something else before, which is what counts. */
export interface Kept {
  readonly outcome: 'kept' | 'repeated';
  readonly differs: boolean;
}

interface Row {
  readonly partner: string;
  readonly id: string;
  readonly via: string;
  readonly type: string;
  readonly order: string | null;
  readonly said: string;
  readonly why: string | null;
}

const UNREAD = 'unreadable';

function rowOf(arrival: Arrival): Row {
  const { partner, via } = arrival;
  if ('said' in arrival) {
    const { said } = arrival;
    const { id, type, order } = said;
    return { partner, via, id, type, order, said: jsonText(said), why: null };
  }
  const { id, sent, why } = arrival.unread;
  return { partner, via, id, type: UNREAD, order: null, said: jsonText(sent), why };
}

/**
 * Keeps what a partner said, once for each id, and has it worked on. One that could not be read before is
 * kept anew when it can be; a repetition is counted, and what it says otherwise is kept beside.
 */
export async function keepSaid(knex: Knex, arrival: Arrival): Promise<Kept> {
  const row = rowOf(arrival);
  const { rows } = await knex.raw<{ rows: unknown[] }>(
    `with kept as (
       insert into partner_inbox as i
         (partner, id, via, type, order_number, said, why, status, settled_at)
       values (:partner, :id, :via, :type, :order, :said, :why,
         case when :order::text is null then 'refused' else 'waiting' end,
         case when :order::text is null then now() end)
       on conflict (partner, id) do update
         set via = excluded.via, type = excluded.type, order_number = excluded.order_number,
           said = excluded.said, why = null, status = 'waiting', settled_at = null, next_at = now(),
           repeated = i.repeated + 1
         where i.order_number is null and excluded.order_number is not null
       returning order_number
     )
     select pg_notify('${INBOX_CHANNEL}', coalesce(order_number, '') || ':0') from kept`,
    row as unknown as Record<string, Knex.RawBinding>,
  );
  if (rows.length > 0) return { outcome: 'kept', differs: false };
  return { outcome: 'repeated', differs: await countRepetition(knex, row) };
}

async function countRepetition(knex: Knex, { partner, id, said }: Row): Promise<boolean> {
  const { rows } = await knex.raw<{ rows: { differs: boolean }[] }>(
    `update partner_inbox set repeated = repeated + 1,
       other = case when said <> :said::jsonb then :said::jsonb else other end
     where partner = :partner and id = :id
     returning said <> :said::jsonb as differs`,
    { partner, id, said },
  );
  return rows[0]?.differs ?? false;
}

/** A message of a partner, and what became of it. */
export interface InboxMessage {
  readonly partner: string;
  readonly id: string;
  readonly via: 'callback' | 'feed';
  readonly type: string;
  /** null for what could not be read. */
  readonly order: string | null;
  readonly said: unknown;
  readonly receivedAt: string;
  readonly repeated: number;
  /** What came under the same id and said something else; it counts for nothing. */
  readonly other: unknown;
  readonly status: 'waiting' | 'parked' | 'done' | 'refused';
  readonly why: string | null;
  readonly refusal: Refusal | null;
  /** Its place in the order's history. */
  readonly seq: number | null;
  readonly tries: number;
  /** When it is tried next; null once it is settled. */
  readonly nextAt: string | null;
  readonly settledAt: string | null;
}

/** Which messages; every part given must hold. */
export interface InboxFilter {
  readonly partner?: string;
  readonly order?: string;
  readonly status?: readonly InboxMessage['status'][];
}

function messages(knex: Knex) {
  return knex('partner_inbox').select<InboxMessage[]>(
    {
      ...{ partner: 'partner', id: 'id', via: 'via', type: 'type', order: 'order_number' },
      ...{ said: 'said', receivedAt: 'received_at', repeated: 'repeated', other: 'other' },
      ...{ status: 'status', why: 'why', refusal: 'refusal', seq: 'seq', tries: 'tries' },
      settledAt: 'settled_at',
    },
    knex.raw('case when settled_at is null then next_at end as "nextAt"'),
  );
}

/** One message; undefined when the partner said nothing under this id. */
export async function findInboxMessage(
  knex: Knex,
  partner: string,
  id: string,
): Promise<InboxMessage | undefined> {
  return messages(knex).where({ partner, id }).first<InboxMessage | undefined>();
}

/** What partners said, newest first. Throws BadCursor. */
export async function listInbox(
  knex: Knex,
  { partner, order, status }: InboxFilter,
  page: Page = {},
): Promise<Paged<InboxMessage>> {
  const limit = limitOf(page);
  const query = messages(knex)
    .orderBy([
      { column: 'received_at', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .limit(limit + 1);
  if (partner !== undefined) query.where({ partner });
  if (order !== undefined) query.where('order_number', order);
  if (status) query.whereIn('status', status);
  if (page.after !== undefined) {
    const [at, id] = positionIn(page.after, 2) as [string, string];
    query.whereRaw('(received_at, id) < (?::timestamptz, ?)', [at, id]);
  }
  return paged((await query) as InboxMessage[], limit, ({ receivedAt, id }) => [receivedAt, id]);
}

/** How many messages wait, by how they do. */
export async function countOpenMessages(
  knex: Knex,
): Promise<Readonly<Record<'waiting' | 'parked', number>>> {
  const rows = (await knex('partner_inbox')
    .whereNull('settled_at')
    .groupBy('status')
    .select('status', knex.raw('count(*)::integer as count'))) as {
    status: 'waiting' | 'parked';
    count: number;
  }[];
  return {
    waiting: 0,
    parked: 0,
    ...Object.fromEntries(rows.map((row) => [row.status, row.count])),
  };
}
