import type { Knex } from 'knex';
import type { Condition } from './conditions';

const MOST = 20;

/** Numbers of the orders that have just this as their number, as a gateway's reference, or as a tracking number; at most 20. */
export async function numbersOf(knex: Knex, q: string): Promise<readonly string[]> {
  const word = q.trim();
  if (word === '') return [];
  const { rows } = await knex.raw<{ rows: { number: string }[] }>(
    `with asked as (select array[?, upper(?), lower(?)]::text[] as words)
    select number from (
      (select number from orders, asked where number = any(words) limit ?)
      union
      (select order_number from payment_ledger, asked where reference = any(words) limit ?)
      union
      (select order_number from shipping_events, asked where tracking_number = any(words) limit ?)
    ) as found order by number limit ?`,
    [word, word, word, MOST, MOST, MOST, MOST],
  );
  return rows.map(({ number }) => number);
}

/** The orders of these numbers, or all but them. */
export function exactly(numbers: readonly string[], isAmong = true): Condition {
  const test = { sql: `o.number ${isAmong ? '= any' : '<> all'}(?::text[])`, bindings: [numbers] };
  const gather = { sql: 'select unnest(?::text[]) as number', bindings: [numbers] };
  return isAmong ? { test, gather } : { test };
}
