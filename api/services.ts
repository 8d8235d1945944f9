import type { Knex } from 'knex';
import type { SignedTokens } from '../db/secrets/signed-tokens';
import type { Vault } from '../db/secrets/vault';
import type { Orders } from '../machines/step';
import type { Shop } from '../machines/table';
import type { KeyRing } from './auth';
import type { ObjectionTo } from './destinations';
import type { CallbackReaders } from './gateways/readers';
import type { Feed } from './feed';
import type { Metrics } from './http/metrics';
import type { OrdersClient } from './orders-client';
import type { SessionRing } from './sessions/ring';

/** What the calls of the API work with. */
export interface Services {
  readonly db: Knex;
  readonly client: OrdersClient;
  /** The shop new orders are placed in. */
  readonly shop: Shop;
  /** Its machine, compiled once. */
  readonly machine: Orders;
  /** What secrets in the database are sealed with. */
  readonly vault: Vault;
  /** Why nothing may be posted to an address that somebody wants to be told at. */
  readonly objectionTo: ObjectionTo;
  /** What signs links. */
  readonly tokens: SignedTokens;
  /** The files that digital lines are delivered from. */
  readonly downloadsDir: string;
  readonly keyRing: KeyRing;
  /** Addresses of proxies that say where a request came from. */
  readonly trustedProxies: readonly string[];
  /** The sessions of people who signed in. */
  readonly sessions: SessionRing;
  /** Who reads what gateways tell, by their names. */
  readonly gateways: CallbackReaders;
  readonly feed: Feed;
  readonly metrics: Metrics;
  /** What the token of a guest's link is put behind, and for how many days a link is good. */
  readonly guests: { readonly url: string; readonly days: number };
  /** Where the Temporal Web UI shows a workflow: an address with `{workflowId}` in it. */
  readonly workflowUrl: string | undefined;
  /** The Temporal Web UI's address, where one was named. */
  readonly temporalUiUrl: string | undefined;
  /** ISO 8601, UTC. */
  readonly now: () => string;
}
