import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import type { Shop } from '../../machines/table';
import { jsonText } from './json';

/** Tables that are surely stored already, so that an order does not send its shop along each time. */
const stored = new WeakMap<object, Set<string>>();

/** Stores a shop's table once and gives its hash; the order of its statuses is part of it. */
export async function keepShop(knex: Knex, shop: Shop): Promise<string> {
  const text = jsonText(shop);
  const hash = createHash('sha256').update(text).digest('hex');
  const known = stored.get(poolOf(knex)) ?? new Set();
  if (known.has(hash)) return hash;
  await knex('shops').insert({ hash, table: text }).onConflict('hash').ignore();
  stored.set(poolOf(knex), known.add(hash));
  return hash;
}

function poolOf(knex: Knex): object {
  return knex.client as object;
}
