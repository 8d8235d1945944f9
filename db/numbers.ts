import type { Knex } from 'knex';
import type { NumberScheme } from '../machines/placing/rule';

/** Any number that nobody else locks on this database. */
const LOCK = 7_214_523_002;
/** How many taken numbers one statement passes over. */
const AT_ONCE = 50_000;

/** How a scheme writes its numbers at a moment. */
interface Form {
  readonly prefix: string;
  readonly digits: number;
}

function formOf({ prefix, digits = 1 }: NumberScheme, now: string): Form {
  const year = now.slice(0, 4);
  const month = now.slice(5, 7);
  return {
    prefix: prefix.replaceAll('{year}', year).replaceAll('{month}', month),
    digits,
  };
}

function written(counter: number, { prefix, digits }: Form): string {
  return prefix + String(counter).padStart(digits, '0');
}

/** A counter as the scheme writes it, in SQL; two question marks: prefix and digits. */
const WRITTEN = `? || lpad(n::text, greatest(?::integer, length(n::text)), '0')`;

/**
 * The next number of the shop's scheme that no order uses, at a moment (ISO 8601, UTC). Different for
 * everybody who asks; one that was handed out and not used leaves a gap.
 */
export async function nextNumber(knex: Knex, scheme: NumberScheme, now: string): Promise<string> {
  const form = formOf(scheme, now);
  if (scheme.each) return nextOfPeriod(knex, form, scheme.from);
  let next = await nextFree(knex, form);
  if (next < scheme.from) {
    await raise(knex, scheme.from);
    next = await nextFree(knex, form);
  }
  return written(next, form);
}

/** Lets the scheme go on behind the numbers that orders from elsewhere have taken, however many. */
export async function passTaken(knex: Knex, scheme: NumberScheme, now: string): Promise<void> {
  const form = formOf(scheme, now);
  if (scheme.each) {
    await inPeriod(knex, form, scheme.from, (free) => free);
    return;
  }
  const { rows } = await knex.raw<{ rows: [{ next: number }] }>(
    'select last_value + (is_called)::integer as next from order_numbers',
  );
  await raise(knex, await firstFree(knex, form, Math.max(rows[0].next, scheme.from)));
}

async function nextFree(knex: Knex, { prefix, digits }: Form): Promise<number> {
  const { rows } = await knex.raw<{ rows: [{ n: number }] }>(
    `with recursive tried (n) as (
       select nextval('order_numbers')
       union all
       select nextval('order_numbers') from tried
       where exists (select from orders where number = ${WRITTEN})
     )
     select n from tried order by n desc limit 1`,
    [prefix, digits],
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

/** The first counter from `from` on whose number no order uses. */
async function firstFree(knex: Knex, { prefix, digits }: Form, from: number): Promise<number> {
  for (let start = from; ; start += AT_ONCE) {
    const { rows } = await knex.raw<{ rows: [{ n: number }] }>(
      `with recursive tried (n) as (
         select ?::bigint
         union all
         select n + 1 from tried
         where n < ?::bigint and exists (select from orders where number = ${WRITTEN})
       )
       select n from tried order by n desc limit 1`,
      [start, start + AT_ONCE, prefix, digits],
    );
    const { n } = rows[0];
    if (n < start + AT_ONCE) return n;
  }
}

async function nextOfPeriod(knex: Knex, form: Form, from: number): Promise<string> {
  return written(await inPeriod(knex, form, from, (free) => free + 1), form);
}

/** Finds the first free counter of a period, and lets the next one who asks go on where `then` says. */
async function inPeriod(
  knex: Knex,
  form: Form,
  from: number,
  then: (free: number) => number,
): Promise<number> {
  const scheme = form.prefix;
  return knex.transaction(async (trx) => {
    const counters = () => trx<{ scheme: string; next: number }>('number_counters');
    await counters().insert({ scheme, next: from }).onConflict('scheme').ignore();
    const row = await counters().where({ scheme }).forUpdate().first('next');
    const free = await firstFree(trx, form, Math.max(from, row?.next ?? from));
    await counters()
      .where({ scheme })
      .update({ next: then(free) });
    return free;
  });
}
