import type { Knex } from 'knex';
import { Gauge, type Registry } from 'prom-client';
import { openAlerts } from '../../db/stock';

/** Counts the stock records that are low whenever the figures are read; a database that is away leaves the last count. */
export function gaugeLowStock(
  registry: Registry,
  db: Knex,
  onError: (error: unknown) => void,
): void {
  const gauge = new Gauge({
    name: 'conveyor_stock_low',
    help: 'Stock records that fell to their threshold and were not restocked yet.',
    registers: [registry],
    async collect() {
      try {
        gauge.set(await openAlerts(db));
      } catch (error) {
        onError(error);
      }
    },
  });
}
