import { heartbeat, sleep } from '@temporalio/activity';
import type { Knex } from 'knex';
import { createPayments } from './payments';
import type { CardGateway } from './ports';
import { createRecords } from './records';

export interface ActivityDependencies {
  readonly knex: Knex;
  /** The gateways of this installation, by the name that payments use. */
  readonly gateways: Readonly<Record<string, CardGateway>>;
}

/** Everything an order's workflow can have done to the world, by activity name. */
export function createActivities({ knex, gateways }: ActivityDependencies) {
  return {
    ...createRecords(knex),
    ...createPayments({ knex, gateways, heartbeat: () => heartbeat(), pause: (ms) => sleep(ms) }),
  };
}

export type Activities = ReturnType<typeof createActivities>;
