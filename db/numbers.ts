import type { Knex } from 'knex';
import type { Shop } from '../machines/table';

/** Any number that nobody else locks on this database. */
const LOCK = 7_214_523_002;

/** The next number of the shop's scheme that no order uses; a number handed out and not used leaves a gap. */
export async function nextNumber(knex: Knex, { prefix, from }: Shop['numbers']): Promise<string> {
  let next = await nextFree(knex, prefix);
  if (next < from) {
    await raise(knex, from);
    next = await nextFree(knex, prefix);
  }
  return `${prefix}${next}`;
}

async function nextFree(knex: Knex, prefix: string): Promise<number> {
  const { rows } = await knex.raw<{ rows: [{ n: number }] }>(
    `with recursive tried (n) as (
       select nextval('order_numbers')
       union all
       select nextval('order_numbers') from tried
       where exists (select from orders where number = ? || n)
     )
     select n from tried order by n desc limit 1`,
    [prefix],
  );
  return rows[0].n;
}

/** Lets the numbers go on at `from` at least. */
async function raise(knex: Knex, from: number): Promise<void> {
  await knex.transaction(async (trx) => {
    // One at a time: a second one, late, would set back what others have counted on from.
    await trx.raw('select pg_advisory_xact_lock(?)', [LOCK]);
    await trx.raw(
      `select setval('order_numbers', ?::bigint, false) from order_numbers where last_value < ?`,
      [from, from],
    );
  });
}
