import { Context, heartbeat, sleep } from '@temporalio/activity';
import type { Knex } from 'knex';
import { createBatchWork, type BatchDependencies } from './batches/working';
import { createDelivery, type DeliveryDependencies } from './delivery';
import { createWatching, type WatchingDependencies } from './fulfilment/watching';
import { createPickUps, type FeedDependencies } from './feeds/pick-up';
import { createPayments } from './payments';
import type { CardGateway } from './gateways/port';
import type { AllocationRules } from '../machines/stock';
import { createReconciling, type ReconcilingDependencies } from './reconciling/reconciling';
import { createRecords } from './records';

export interface ActivityDependencies
  extends
    Omit<DeliveryDependencies, 'heartbeat'>,
    BatchDependencies,
    ReconcilingDependencies,
    WatchingDependencies {
  readonly knex: Knex;
  /** The gateways of this installation, by the name that payments use. */
  readonly gateways: Readonly<Record<string, CardGateway>>;
  /** What fetches what partners say that call nobody. */
  readonly feeds: FeedDependencies;
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
    ...createWatching({ knex, report }),
    ...createReconciling({ ...dependencies, heartbeat: () => heartbeat() }),
    ...createPickUps({ ...dependencies.feeds, knex, heartbeat: () => heartbeat() }),
    ...createBatchWork({ knex, send, heartbeat: () => heartbeat(), isEnding }),
  };
}

export type Activities = ReturnType<typeof createActivities>;
