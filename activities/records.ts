import type { Knex } from 'knex';
import type { Commit, Committed, StoredOrder } from '../machines/history';
import type { AllocationRules } from '../machines/stock';
import { commit } from '../db/commit';
import { loadOrder } from '../db/orders';
import { retryTheWorld } from './failures';

/** Reading and writing orders; local activities, tried until PostgreSQL is there. `rules` say where stock is held. */
export function createRecords(knex: Knex, rules?: AllocationRules) {
  return {
    /** Writes everything one command changed in one transaction, once however often it is called. */
    commit: (input: Commit): Promise<Committed> => retryTheWorld(() => commit(knex, input, rules)),

    /** The order as it stands, also while its placing is under way; null when there is none. */
    load: (number: string): Promise<StoredOrder | null> =>
      retryTheWorld(() => loadOrder(knex, number)),
  };
}
