import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Knex } from 'knex';
import type { Logger } from 'pino';
import type { Config } from '../config';
import { createApiKey, ensureAdminKey, findApiKey, listApiKeys } from '../db/api-keys';
import { connect } from '../db/connection';
import { listen } from '../db/listen';
import { createSignedTokens } from '../db/secrets/signed-tokens';
import { createVault } from '../db/secrets/vault';
import { ordersOf } from '../machines/step';
import { createApp } from './app';
import { createKeyRing } from './auth';
import { createObjections } from './destinations';
import { createFeed } from './feed';
import { matchNews } from './gateways/matching';
import type { CallbackReaders } from './gateways/readers';
import type { Caller } from './http/call';
import { sweepHourly } from './http/sweeping';
import { createMetrics } from './http/metrics';
import { createOrdersClient } from './orders-client';
import { createSessionRing } from './sessions/ring';
import { loadShop } from '../shop-file';
import { gaugeLowStock } from './stock/gauge';
import { gaugeInbox } from './partners/gauge';
import { gaugeTasks } from './tasks/gauge';

/** How long requests that run at the end are given to finish. */
const LAST_ANSWERS_MS = 8_000;
const LOOK_MS = 50;
/** How long a request may take to arrive. */
const ARRIVES_WITHIN_MS = 30_000;
const KEEP_ALIVE_MS = 65_000;
const GUEST_LINK_DAYS = 30;

export type ApiOptions = Pick<
  Config,
  | 'host'
  | 'port'
  | 'databaseUrl'
  | 'databasePool'
  | 'temporal'
  | 'taskQueue'
  | 'adminKey'
  | 'shop'
  | 'downloadsDir'
  | 'secretsKeys'
> &
  Partial<
    Pick<Config, 'publicUrl' | 'guestUrl' | 'guestLinkDays' | 'allowedAddresses' | 'trustedProxies'>
  > & {
    readonly log: Logger;
    /** Who reads what gateways tell; nobody unless given. */
    readonly gateways?: (db: Knex) => CallbackReaders;
    /** How long a command is waited for; 5 s unless said. */
    readonly patienceMs?: number;
    /** Told the key that was made because there was none. */
    readonly tellKey: (key: string) => void;
  };

export interface Api {
  readonly port: number;
  /** Takes no more requests, finishes those that run, ends the streams, and lets go of everything. */
  stop(): Promise<void>;
}

/** Serves the API; throws FaultyShop on a shop that is not sound, and without SECRETS_KEY or a free port. */
export async function startApi(options: ApiOptions): Promise<Api> {
  const { log, databaseUrl, temporal, taskQueue, patienceMs } = options;
  const vault = createVault(options.secretsKeys);
  const shop = await loadShop(options.shop);
  const db = connect(databaseUrl, {
    min: 1,
    max: options.databasePool,
    applicationName: 'conveyor api',
  });
  const away = (error: unknown) => log.warn({ err: error }, 'database away');
  const listener = listen(databaseUrl, { applicationName: 'conveyor api listener', onError: away });
  const feed = createFeed(listener, away);
  const client = createOrdersClient({
    ...{ ...temporal, taskQueue, patienceMs },
    onAway: (error) => log.warn({ err: error }, 'Temporal away'),
  });
  await letAdminIn(db, options);
  const metrics = createMetrics();
  gaugeTasks(metrics.registry, db, away);
  gaugeLowStock(metrics.registry, db, away);
  gaugeInbox(metrics.registry, db, away);
  const endings = [sweepHourly(db, away), matchNews(db, away)];
  const services = {
    db,
    client,
    shop,
    machine: ordersOf(shop),
    downloadsDir: options.downloadsDir,
    keyRing: createKeyRing((key) => callerOf(db, key)),
    trustedProxies: options.trustedProxies ?? [],
    sessions: createSessionRing(db, options.publicUrl),
    gateways: options.gateways?.(db) ?? {},
    feed,
    metrics,
    vault,
    objectionTo: createObjections(options.allowedAddresses ?? []),
    tokens: createSignedTokens(db, vault),
    guests: {
      url: options.guestUrl ?? `${options.publicUrl ?? ''}/v1/guest/`,
      days: options.guestLinkDays ?? GUEST_LINK_DAYS,
    },
    workflowUrl: workflowUrlOf(temporal),
    temporalUiUrl: temporal.uiUrl,
    now: () => new Date().toISOString(),
  };
  const server = createServer({ requestTimeout: ARRIVES_WITHIN_MS }, createApp(services, log));
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.listen(options.port, options.host);
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async stop() {
      const closed = once(server, 'close');
      server.close();
      feed.close();
      for (const end of endings) end();
      await Promise.race([closed, drained(server)]);
      await Promise.all([listener.close(), client.close(), db.destroy()]);
    },
  };
}

function workflowUrlOf({ uiUrl, namespace }: ApiOptions['temporal']): string | undefined {
  return uiUrl && `${uiUrl.replace(/\/+$/, '')}/namespaces/${namespace}/workflows/{workflowId}`;
}

async function callerOf(db: Knex, key: string): Promise<Caller | undefined> {
  const found = await findApiKey(db, key);
  if (!found) return undefined;
  const { id, name, role, partner } = found;
  return { id, name, role, ...(partner !== null && { partner }) };
}

async function letAdminIn(db: Knex, { adminKey, tellKey }: ApiOptions): Promise<void> {
  if (adminKey !== undefined) return ensureAdminKey(db, adminKey);
  const keys = await listApiKeys(db);
  if (keys.some(({ role, revokedAt }) => role === 'admin' && revokedAt === null)) return;
  const { key } = await createApiKey(db, { name: 'First admin', role: 'admin' });
  tellKey(key);
}

/** Closes connections as they fall idle, and the rest when time is up. */
async function drained(server: Server): Promise<void> {
  const end = Date.now() + LAST_ANSWERS_MS;
  while (Date.now() < end) {
    server.closeIdleConnections();
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    const open = await new Promise<number>((resolve) => {
      server.getConnections((_error, count) => resolve(count));
    });
    if (open === 0) return;
  }
  server.closeAllConnections();
}
