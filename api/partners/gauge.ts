import type { Knex } from 'knex';
import { Gauge, type Registry } from 'prom-client';
import { countOpenMessages } from '../../db/partners/inbox';

/** Counts what partners said and no order has taken, whenever the figures are read; a database that is away leaves the last ones. */
export function gaugeInbox(registry: Registry, db: Knex, onError: (error: unknown) => void): void {
  const gauge = new Gauge({
    name: 'conveyor_partner_messages_open',
    help: 'Messages of partners that no order has taken yet: waiting for their turn, or parked.',
    labelNames: ['status'],
    registers: [registry],
    async collect() {
      try {
        for (const [status, count] of Object.entries(await countOpenMessages(db))) {
          gauge.set({ status }, count);
        }
      } catch (error) {
        onError(error);
      }
    },
  });
}
