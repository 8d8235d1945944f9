import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import type { Shop } from '../../machines/table';
import { jsonText } from './json';

/** Tables that are surely stored already, so that an order does not send its shop along each time. */
const stored = new WeakMap<object, Set<string>>();

/** Stores a shop's table once and gives its hash, the same for the same table however its keys are ordered. */
export async function keepShop(knex: Knex, shop: Shop): Promise<string> {
  const text = jsonText(sorted(shop));
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

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}
