import type { Knex } from 'knex';
import type { RecordedEvent } from '../events';

/** Which events of an order; every part given must hold. */
export interface TimelineFilter {
  /** The event shows one of these signs: its type, its actor's role, or the type of one of its facts. */
  readonly signs?: {
    readonly types: readonly string[];
    readonly roles: readonly string[];
    readonly facts: readonly string[];
  };
  /** It followed from this event, at once or through others; or it is this event. */
  readonly cause?: string;
}

/** Which of them: so many, beyond a place. */
interface TimelinePart {
  readonly after?: number;
  readonly limit: number;
  /** The oldest first unless said. */
  readonly sort?: 'oldest' | 'newest';
}

type Row = Omit<RecordedEvent, 'refusal'> & { readonly refusal: RecordedEvent['refusal'] | null };

const columns = { number: 'order_number', seq: 'seq' } as const;

/** An order's events from a place in it: after it, or for the newest first, before it. */
export async function filteredEvents(
  knex: Knex,
  number: string,
  { after, limit, sort = 'oldest', signs, cause }: TimelineFilter & TimelinePart,
): Promise<readonly RecordedEvent[]> {
  const query = knex('events as e')
    .where('e.order_number', number)
    .orderBy('e.seq', sort === 'oldest' ? 'asc' : 'desc')
    .limit(limit)
    .select<Row[]>(columns)
    .select('outcome', 'event', 'facts', 'refusal');
  if (after !== undefined) query.where('e.seq', sort === 'oldest' ? '>' : '<', after);
  if (signs) {
    query.whereRaw(
      `(e.type = any(?) or e.actor_role = any(?) or exists (
        select from jsonb_array_elements(e.facts) as f where f ->> 'type' = any(?)))`,
      [[...signs.types], [...signs.roles], [...signs.facts]],
    );
  }
  if (cause !== undefined) {
    query.whereRaw(
      `e.event_id in (
        with recursive led (event_id) as (
          select ?
          union
          select f.event_id from events as f join led on f.cause = led.event_id
          where f.order_number = ?)
        select event_id from led)`,
      [cause, number],
    );
  }
  const rows = (await query) as Row[];
  return rows.map(({ refusal, ...row }) => (refusal ? { ...row, refusal } : row));
}

/** What led to these events of an order: the cause of each, of that, and so on; none for a root. */
export async function causesOf(
  knex: Knex,
  number: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string | null>> {
  if (ids.length === 0) return new Map();
  const { rows } = await knex.raw<{ rows: { event_id: string; cause: string | null }[] }>(
    `with recursive led (event_id, cause) as (
       select event_id, cause from events where order_number = ? and event_id = any(?)
       union
       select e.event_id, e.cause from events as e join led on e.event_id = led.cause
       where e.order_number = ?)
     select event_id, cause from led`,
    [number, [...ids], number],
  );
  return new Map(rows.map(({ event_id: id, cause }) => [id, cause]));
}

/** The statuses that an order has had, the first one first, each with the event that gave it. */
export async function statusPath(
  knex: Knex,
  number: string,
): Promise<readonly { readonly status: string; readonly seq: number; readonly at: string }[]> {
  return knex('events as e')
    .joinRaw('cross join lateral jsonb_array_elements(e.facts) with ordinality as f (fact, place)')
    .where('e.order_number', number)
    .whereRaw(`f.fact ->> 'type' = 'order-status'`)
    .orderBy(['e.seq', 'f.place'])
    .select(knex.raw(`f.fact ->> 'to' as status`), 'e.seq', 'e.at');
}

/** A moment of an order's past: after the event of this place, of this id, or the last one until this time. */
export type Moment =
  { readonly seq: number } | { readonly event: string } | { readonly time: string };

/** The place in an order's history that a moment means, and when its event was; undefined for none. */
export async function placeOf(
  knex: Knex,
  number: string,
  moment: Moment,
): Promise<{ readonly seq: number; readonly at: string } | undefined> {
  const query = knex('events').where('order_number', number);
  if ('seq' in moment) query.where('seq', moment.seq);
  else if ('event' in moment) query.where('event_id', moment.event);
  else query.where('at', '<=', moment.time);
  return query
    .orderBy('seq', 'desc')
    .first<{ readonly seq: number; readonly at: string } | undefined>('seq', 'at');
}
