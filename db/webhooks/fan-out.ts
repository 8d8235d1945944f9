import type { Knex } from 'knex';
import type { HistoryEvent } from '../../machines/history';
import type { Told, WebhookType } from '../../machines/webhooks/payload';
import type { Surroundings } from '../../machines/webhooks/telling';
import { jsonText } from '../commits/json';
import { OUTBOX_CHANNEL } from '../commits/notice';
import { idsInOrder } from '../deliveries/again';
import { streamAfter, type FeedEvent } from '../events';

type Happened = Pick<HistoryEvent, 'event' | 'facts'>;

/** How events are told. */
export interface Teller {
  readonly typesOf: (event: Happened) => readonly WebhookType[];
  readonly tell: (event: Happened, around: Surroundings) => readonly Told[];
}

/** One webhook to be sent. */
interface Draft {
  readonly number: string;
  readonly seq: number;
  readonly told: Told;
}

/** The endpoints that are to be told what happens. */
export async function activeEndpoints(knex: Knex): Promise<readonly string[]> {
  const rows = await knex('webhook_endpoints')
    .where('status', 'active')
    .orderBy('id')
    .select<{ id: string }[]>('id');
  return rows.map(({ id }) => id);
}

/**
 * Writes what an endpoint is to be told of the next events, and that it has been told of them, in one
 * transaction. Gives how many events there were; 0 also while somebody else is writing for it.
 */
export async function fanOut(
  knex: Knex,
  endpoint: string,
  { typesOf, tell }: Teller,
  limit: number,
): Promise<number> {
  return knex.transaction(async (trx) => {
    const mine = await trx('webhook_cursors as c')
      .join('webhook_endpoints as e', 'e.id', 'c.endpoint')
      .where({ 'c.endpoint': endpoint, 'e.status': 'active' })
      .forUpdate('c')
      .skipLocked()
      .first<{ cursor: string; events: string[] } | undefined>('c.cursor', 'e.events');
    if (!mine) return 0;
    const events = await streamAfter(trx, mine.cursor, limit);
    const last = events.at(-1);
    if (!last) return 0;
    const isWanted = (type: string) => mine.events.length === 0 || mine.events.includes(type);
    const wanted = events.filter((event) => typesOf(event).some(isWanted));
    const around = await surroundingsOf(trx, wanted);
    const drafts = wanted.flatMap((event, index): Draft[] => {
      const known = around[index];
      const told = known ? tell(event, known) : [];
      const { number, seq } = event;
      return told.filter(({ type }) => isWanted(type)).map((each) => ({ number, seq, told: each }));
    });
    await write(trx, endpoint, drafts);
    await trx('webhook_cursors').where({ endpoint }).update({ cursor: last.cursor });
    return events.length;
  });
}

/** What each event does not say itself, in the order of the events. */
async function surroundingsOf(
  trx: Knex,
  events: readonly FeedEvent[],
): Promise<readonly (Surroundings | undefined)[]> {
  if (events.length === 0) return [];
  const places = events.map(({ number, seq, facts }) => {
    return { number, seq, placed: facts.some(({ type }) => type === 'order-placed') };
  });
  const { rows } = await trx.raw<{ rows: Surroundings[] }>(
    `select w.number, w.seq, o.currency, o.placed_at as "placedAt", o.source,
       json_build_object('exclTax', o.total_excl_tax, 'inclTax', o.total_incl_tax) as total,
       coalesce((
         select f.fact ->> 'to'
         from events as e, jsonb_array_elements(e.facts) with ordinality as f(fact, place)
         where e.order_number = w.number and e.seq <= w.seq and f.fact ->> 'type' = 'order-status'
         order by e.seq desc, f.place desc limit 1
       ), o.status) as status,
       case when w.placed then (
         select json_agg(json_build_object('id', l.line_id, 'sku', l.sku, 'quantity', l.quantity)
           order by l.position)
         from order_lines as l where l.order_number = w.number
       ) else '[]' end as lines
     from jsonb_to_recordset(?::jsonb) as w(number text, seq integer, placed boolean)
     join orders as o on o.number = w.number`,
    [jsonText(places)],
  );
  const byPlace = new Map(rows.map((row) => [`${row.seq} ${row.number}`, row]));
  return events.map(({ number, seq }) => byPlace.get(`${seq} ${number}`));
}

async function write(trx: Knex, endpoint: string, drafts: readonly Draft[]): Promise<void> {
  if (drafts.length === 0) return;
  const last = await numbersFor(trx, endpoint, drafts);
  const ids = idsInOrder(drafts.length);
  // The last number of each order belongs to the last of its drafts.
  const numbered = drafts.toReversed().map((draft) => {
    const sequence = last.get(draft.number) ?? 0;
    last.set(draft.number, sequence - 1);
    return { ...draft, sequence };
  });
  const rows = numbered.toReversed().map(({ number, seq, told, sequence }, index) => {
    const id = ids[index];
    const { type, ...rest } = told;
    return {
      ...{ id, order_number: number, seq, type, sequence, target: endpoint },
      cause: `${endpoint}/${told.event}`,
      payload: { event: told.event, endpoint },
      body: JSON.stringify({ id, type, sequence, ...rest }),
    };
  });
  await trx.raw(
    `with told as (
       select * from jsonb_to_recordset(?::jsonb) as n(id uuid, order_number text, seq integer,
         type text, sequence integer, target text, cause text, payload jsonb, body text)
     ), rows as (
       insert into outbox (id, order_number, seq, topic, kind, cause, payload)
       select id, order_number, seq, 'webhook', type, cause, payload from told
     ), kept as (
       insert into deliveries (id, kind, target, order_number, type, sequence, body)
       select id, 'webhook', target, order_number, type, sequence, body from told
     )
     select pg_notify(?, ? || ':' || count(*)) from told`,
    [jsonText(rows), OUTBOX_CHANNEL, endpoint],
  );
}

/** Takes numbers for the drafts of each order; gives the last of them. */
async function numbersFor(
  trx: Knex,
  endpoint: string,
  drafts: readonly Draft[],
): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const { number } of drafts) counts.set(number, (counts.get(number) ?? 0) + 1);
  const wanted = [...counts].map(([number, count]) => ({ number, count }));
  const { rows } = await trx.raw<{ rows: { number: string; last: number }[] }>(
    `insert into webhook_sequences as s (endpoint, order_number, last)
     select ?, n.number, n.count from jsonb_to_recordset(?::jsonb) as n(number text, count integer)
     on conflict (endpoint, order_number) do update set last = s.last + excluded.last
     returning order_number as number, last`,
    [endpoint, jsonText(wanted)],
  );
  return new Map(rows.map(({ number, last }) => [number, last]));
}
