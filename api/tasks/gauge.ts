import type { Knex } from 'knex';
import { Gauge, type Registry } from 'prom-client';
import { countOpenTasks } from '../../db/tasks/list';
import { houseReasons } from '../../machines/tasks/house';
import { reasons } from '../../machines/tasks/reasons';

/** Counts the open tasks whenever the figures are read; a database that is away leaves the last ones. */
export function gaugeTasks(registry: Registry, db: Knex, onError: (error: unknown) => void): void {
  const gauge = new Gauge({
    name: 'conveyor_tasks_open',
    help: 'Open tasks for people, by reason.',
    labelNames: ['reason'],
    registers: [registry],
    async collect() {
      try {
        const counts = await countOpenTasks(db);
        for (const reason of new Set([
          ...Object.keys({ ...reasons, ...houseReasons }),
          ...counts.keys(),
        ])) {
          gauge.set({ reason }, counts.get(reason) ?? 0);
        }
      } catch (error) {
        onError(error);
      }
    },
  });
}
