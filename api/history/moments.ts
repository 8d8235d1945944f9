import { pastUpTo } from '../../db/events';
import { placeOf, type Moment } from '../../db/history/timeline';
import type { StoredOrder } from '../../machines/history';
import { ordersOf, replay } from '../../machines/step';
import { isTime } from '../../machines/time';
import type { Answer } from '../http/answers';
import { problem } from '../problems';
import type { Services } from '../services';

/** An order as it was, and the time it was so. */
export interface OrderThen {
  readonly order: StoredOrder;
  readonly at: string;
}

/** Reads `at` as it is written in an address: a `seq`, a time, or the id of an event. */
function momentIn(at: string): Moment {
  if (/^[1-9]\d{0,8}$/.test(at)) return { seq: Number(at) };
  return isTime(at) ? { time: new Date(at).toISOString() } : { event: at };
}

/** The order as it was at a moment of its past, or why there is no such moment. */
export async function orderAt(
  services: Pick<Services, 'db'>,
  now: StoredOrder,
  at: string,
): Promise<OrderThen | { readonly no: Answer }> {
  const place = await placeOf(services.db, now.number, momentIn(at));
  if (!place) return { no: noSuchMoment(now, at) };
  return { order: await orderThen(services, now, place.seq), at: place.at };
}

function noSuchMoment({ number, seq }: StoredOrder, at: string): Answer {
  const detail = `The history of order ${number} has ${seq} events; ${at} is no place from 1 to ${seq}, no time since it was placed and no id of an event of it.`;
  return problem('not-found', { detail, figures: { order: number, seq, at } });
}

/** Folds the order's machines over its history up to a place, each event on the table it was decided on. */
async function orderThen(
  { db }: Pick<Services, 'db'>,
  order: StoredOrder,
  at: number,
): Promise<StoredOrder> {
  const { first, events } = await pastUpTo(db, order, at);
  const accepted = events.filter(({ outcome }) => outcome === 'accepted');
  const { orders, state } = replay(
    ordersOf(first),
    accepted.map(({ event }) => event),
  );
  // An event that makes nothing true is written with the one that follows from it.
  const versions = accepted.filter(({ facts }) => facts.length > 0).length;
  const version = at === order.seq ? order.version : Math.min(versions, order.version);
  return { ...order, seq: at, version, state, shop: orders.shop };
}
