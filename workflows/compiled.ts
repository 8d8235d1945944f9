import { ordersOf, type Orders } from '../machines/step';
import type { Shop } from '../machines/table';

/** How many tables are kept compiled; a worker meets few at a time, the newest and those of older orders. */
const KEPT = 50;

/** By the table itself as JSON, so that equal tables are one, whoever brought them. */
const compiled = new Map<string, Orders>();

/**
 * A table beside its machine, compiled once for all orders that share this module. What is kept follows
 * from the table alone, so an order decides the same with it and without it.
 */
export function compiledOf(shop: Shop): Orders {
  const table = JSON.stringify(shop);
  const known = compiled.get(table);
  if (known) return known;
  const orders = ordersOf(shop);
  const [oldest] = compiled.keys();
  if (compiled.size >= KEPT && oldest !== undefined) compiled.delete(oldest);
  compiled.set(table, orders);
  return orders;
}
