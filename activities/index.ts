import { heartbeat, sleep } from '@temporalio/activity';
import type { Knex } from 'knex';
import { createDelivery, type DeliveryDependencies } from './delivery';
import { createPayments } from './payments';
import type { CardGateway } from './ports';
import { createRecords } from './records';

export interface ActivityDependencies extends DeliveryDependencies {
  readonly knex: Knex;
  /** The gateways of this installation, by the name that payments use. */
  readonly gateways: Readonly<Record<string, CardGateway>>;
}

/** Everything that workflows can have done to the world, by activity name. */
export function createActivities({ knex, gateways, deliverers, report }: ActivityDependencies) {
  return {
    ...createRecords(knex),
    ...createPayments({ knex, gateways, heartbeat: () => heartbeat(), pause: (ms) => sleep(ms) }),
    ...createDelivery({ deliverers, report }),
  };
}

export type Activities = ReturnType<typeof createActivities>;
