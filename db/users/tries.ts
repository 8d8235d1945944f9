import { createHash } from 'node:crypto';
import type { Knex } from 'knex';

/** How many tries are free, and what each further one costs; a quiet time makes all forgotten. */
const FIRST_WAIT_SECONDS = 5;
const LONGEST_WAIT_SECONDS = 900;
const FORGOTTEN_AFTER_HOURS = 1;

/** Who tries: one e-mail from one address, so that strangers lock nobody out but themselves; and the address alone. */
interface Counter {
  readonly who: string;
  readonly free: number;
}

function countersOf(email: string, address: string): readonly [Counter, Counter] {
  return [
    { who: hashOf(['pair', email.trim().toLowerCase(), address]), free: 5 },
    { who: hashOf(['address', address]), free: 50 },
  ];
}

function hashOf(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}

/**
 * Counts a try before it is made, so that many at once are no way around; gives the seconds to wait instead where
 * there were too many. The wait doubles from try to try.
 */
export async function countTry(
  knex: Knex,
  email: string,
  address: string,
): Promise<number | undefined> {
  for (const { who, free } of countersOf(email, address)) {
    const waitsSeconds = await count(knex, who, free);
    if (waitsSeconds !== undefined) return waitsSeconds;
  }
  return undefined;
}

async function count(knex: Knex, who: string, free: number): Promise<number | undefined> {
  const counted = await knex.raw<{ rows: unknown[] }>(
    `insert into sign_in_tries as t (who, tries, last_at, waits_until) values (:who, 1, now(), now())
     on conflict (who) do update set
       tries = case when t.last_at < now() - :hours * interval '1 hour' then 1 else t.tries + 1 end,
       last_at = now(),
       waits_until = case
         when t.last_at < now() - :hours * interval '1 hour' or t.tries + 1 < :free then now()
         else now() + least(:longest, :first * 2 ^ least(t.tries + 1 - :free, 20)) * interval '1 second'
       end
     where t.waits_until <= now()
     returning 1`,
    {
      ...{ who, free, hours: FORGOTTEN_AFTER_HOURS },
      ...{ longest: LONGEST_WAIT_SECONDS, first: FIRST_WAIT_SECONDS },
    },
  );
  if (counted.rows.length > 0) return undefined;
  const row = await knex('sign_in_tries')
    .where({ who })
    .first<{ wait: number } | undefined>(
      knex.raw('ceil(extract(epoch from waits_until - now()))::integer as wait'),
    );
  return Math.max(1, row?.wait ?? 1);
}

/** After a try that came right: the pair starts anew, and it does not count against the address. */
export async function forgiveTries(knex: Knex, email: string, address: string): Promise<void> {
  const [pair, all] = countersOf(email, address);
  await knex('sign_in_tries').where({ who: pair.who }).delete();
  await knex('sign_in_tries')
    .where({ who: all.who })
    .update({ tries: knex.raw('greatest(tries - 1, 0)'), waits_until: knex.fn.now() });
}
