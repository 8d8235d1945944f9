import { Context, heartbeat, sleep } from '@temporalio/activity';
import type { Knex } from 'knex';
import { createBatchWork, type BatchDependencies } from './batches/working';
import { createDelivery, type DeliveryDependencies } from './delivery';
import { createPayments } from './payments';
import type { CardGateway } from './gateways/port';
import type { AllocationRules } from '../machines/stock';
import { createReconciling, type ReconcilingDependencies } from './reconciling/reconciling';
import { createRecords } from './records';

export interface ActivityDependencies
  extends Omit<DeliveryDependencies, 'heartbeat'>, BatchDependencies, ReconcilingDependencies {
  readonly knex: Knex;
  /** The gateways of this installation, by the name that payments use. */
  readonly gateways: Readonly<Record<string, CardGateway>>;
  /** Where the units of an order are held, by name; those of every shop unless given. */
  readonly rules?: AllocationRules;
}

/** Everything that workflows can have done to the world, by activity name. */
export function createActivities(dependencies: ActivityDependencies) {
  const { knex, gateways, deliverers, report, send } = dependencies;
  const isEnding = () => Context.current().cancellationSignal.aborted;
  return {
    ...createRecords(knex, dependencies.rules),
    ...createPayments({ knex, gateways, heartbeat: () => heartbeat(), pause: (ms) => sleep(ms) }),
    ...createDelivery({ deliverers, report, heartbeat: () => heartbeat() }),
    ...createReconciling({ ...dependencies, heartbeat: () => heartbeat() }),
    ...createBatchWork({ knex, send, heartbeat: () => heartbeat(), isEnding }),
  };
}

export type Activities = ReturnType<typeof createActivities>;
