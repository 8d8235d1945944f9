import type { Knex } from 'knex';

/** The fingerprints of the orders that are there already, by number; null for one that has none. */
export async function knownOrders(
  knex: Knex,
  numbers: readonly string[],
): Promise<ReadonlyMap<string, string | null>> {
  const { rows } = await knex.raw<{ rows: { number: string; fingerprint: string | null }[] }>(
    `select number, state #>> '{context,placement,fingerprint}' as fingerprint
     from orders where number = any(?::text[])`,
    [[...numbers]],
  );
  return new Map(rows.map(({ number, fingerprint }) => [number, fingerprint]));
}
