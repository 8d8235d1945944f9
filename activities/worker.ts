import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import pino, { type Logger } from 'pino';
import type { Knex } from 'knex';
import { readConfig, type Config } from '../config';
import { connect } from '../db/connection';
import { createCommandSender } from './batches/temporal';
import { createSignedTokens } from '../db/secrets/signed-tokens';
import { createVault, type Vault } from '../db/secrets/vault';
import { createDigitalDeliverer } from './digital/deliverer';
import { createFolderProvider } from './digital/folder-provider';
import { createEffectDeliverer } from './effects/deliverer';
import type { Deliverer } from './delivery';
import { keepFeedSchedules } from './feeds/temporal';
import { createExchangeDeliverer } from './exchange/deliverer';
import { createPlacer } from './exchange/temporal';
import { createGateways } from './gateways';
import { createTellingDeliverer } from './gateways/telling';
import { createActivities } from './index';
import { startInbox } from './inbox/inbox';
import { setUpMail } from './mail';
import { setUpLetters } from './partners';
import { startRelay } from './relay/relay';
import { createAwake, keepSchedule } from './reconciling/temporal';
import { createReporter, createStarter, NEWS } from './relay/temporal';
import { createPoster } from './sending/post';
import { stockDeliverer } from './stock';
import { loadAllocation, loadEffects, loadShop } from '../shop-file';
import * as judging from '../machines/letters/judging';
import { saidInCsv } from '../machines/letters/said-csv';
import { readSaid } from '../machines/letters/saying';
import * as comparing from '../machines/reconciling';
import { written } from '../machines/money';
import { letterFile } from '../machines/letters/file';
import { writeLetter } from '../machines/letters/writing';
import * as teller from '../machines/webhooks/telling';
import { viewMessage } from '../machines/views/message';
import { setUpWebhooks } from './webhooks';
import { startFanOut } from './webhooks/fan-out';
import { workflowSource } from './workflow-source';

const RETRY_MS = 1000;
const RETRIES = 60;
/** Characters of a page of a partner's feed. */
const LONGEST_PAGE = 4_000_000;

/** Waits for a Temporal that is not up yet, as after a restart of everything; undefined when ended first. */
async function connectToTemporal(
  address: string,
  ending: AbortSignal,
  log: Logger,
): Promise<NativeConnection | undefined> {
  for (let attempt = 1; !ending.aborted; attempt += 1) {
    try {
      return await NativeConnection.connect({ address });
    } catch (error) {
      if (attempt === 1) log.warn({ address }, 'waiting for Temporal');
      if (attempt === RETRIES) {
        throw new Error(`No Temporal answers at ${address}: start one, or set TEMPORAL_ADDRESS.`, {
          cause: error,
        });
      }
      await sleep(RETRY_MS, undefined, { signal: ending }).catch(() => undefined);
    }
  }
  return undefined;
}

/** The end of this process, when it is asked to end, or when whoever started it is gone. */
function endOfProcess(): AbortSignal {
  const ending = new AbortController();
  for (const why of ['SIGTERM', 'SIGINT', 'disconnect'] as const) {
    process.once(why, () => ending.abort());
  }
  return ending.signal;
}

function logWith(log: Logger): DefaultLogger {
  return new DefaultLogger('TRACE', ({ level, message, meta }) => {
    const say = level.toLowerCase() as Lowercase<typeof level>;
    log[say](meta ?? {}, message);
  });
}

/** What fetches what partners say that call nobody. */
function feedsOf({ allowedAddresses: allowed, exchangeDir }: Config, vault: Vault) {
  return {
    vault,
    fetch: createPoster({ allowed, timeoutMs: 20_000, longest: LONGEST_PAGE }),
    exchangeDir,
    reading: { readSaid, saidInCsv },
  };
}

interface Given {
  readonly knex: Knex;
  readonly vault: Vault;
  /** The shop's own effects. */
  readonly code: Awaited<ReturnType<typeof loadEffects>>;
  readonly log: Logger;
}

/** Who delivers what leaves orders, by topic; throws what is missing for it in sentences. */
async function deliverersOf(config: Config, { knex, vault, code, log }: Given) {
  const { smtpUrl, mailFrom: from, shop: shopFile, downloadsDir: folder, publicUrl } = config;
  const { messages: kinds } = await loadShop(shopFile);
  const message = await setUpMail({ knex, view: viewMessage, from, smtpUrl, shopFile, kinds });
  if (smtpUrl === undefined) log.warn('messages are kept and not sent: SMTP_URL is not set');
  else log.info({ server: new URL(smtpUrl).host, from }, 'messages are sent over SMTP');
  const tokens = createSignedTokens(knex, vault);
  const provider = createFolderProvider({ folder, tokens, publicUrl });
  return {
    message,
    effect: createEffectDeliverer({ knex, code, log: (says) => log.info(says) }),
    stock: stockDeliverer,
    digital: createDigitalDeliverer({ knex, provider }),
    gateway: createTellingDeliverer({ knex, written }),
  } satisfies Record<string, Deliverer>;
}

/** Runs a worker until this process is to end; throws a sentence when there is no Temporal to work for. */
async function run(config: Config): Promise<void> {
  const { temporal, taskQueue, databaseUrl, databasePool, logLevel } = config;
  const vault = createVault(config.secretsKeys);
  const code = await loadEffects(config.shop);
  const rules = await loadAllocation(config.shop);
  const ending = endOfProcess();
  const log = pino({ name: 'worker', level: logLevel });
  Runtime.install({ logger: logWith(log), shutdownSignals: [] });
  const connection = await connectToTemporal(temporal.address, ending, log);
  if (!connection) return;
  const knex = connect(databaseUrl, {
    min: 1,
    max: databasePool,
    applicationName: 'conveyor worker',
  });
  const gateways = createGateways({ ...config, knex });
  const client = new Client({ connection, namespace: temporal.namespace });
  const report = createReporter(client, taskQueue, knex);
  const send = createCommandSender(client, taskQueue, knex);
  const place = createPlacer(client, taskQueue);
  const deliverers: Readonly<Record<string, Deliverer>> = {
    ...(await deliverersOf(config, { knex, vault, code, log })),
    exchange: createExchangeDeliverer({ knex, place, send }),
    partner: setUpLetters({
      ...{ knex, vault, send, write: writeLetter, fileOf: letterFile },
      ...{ exchangeDir: config.exchangeDir, allowed: config.allowedAddresses },
    }),
    webhook: setUpWebhooks({ knex, vault, allowed: config.allowedAddresses }),
  };
  const worker = await Worker.create({
    connection,
    namespace: temporal.namespace,
    taskQueue,
    ...workflowSource,
    activities: createActivities({
      ...{ knex, gateways, deliverers, report, send, rules },
      ...{ comparing, isAwake: createAwake(client), feeds: feedsOf(config, vault) },
    }),
    maxCachedWorkflows: 1000,
    maxConcurrentWorkflowTaskExecutions: 40,
    // A commit that waited for a connection would spend its own time-out on it.
    maxConcurrentLocalActivityExecutions: databasePool,
    maxConcurrentActivityTaskExecutions: 100,
    shutdownGraceTime: '2 seconds',
    shutdownForceTime: '6 seconds',
  });
  await keepSchedule(client, taskQueue).catch((error: unknown) => {
    log.warn({ why: String(error) }, 'there is no schedule for reconciling yet');
  });
  const relay = startRelay({
    databaseUrl,
    topics: [...Object.keys(deliverers), NEWS],
    start: createStarter(client, taskQueue, config.deliveryRetries),
    onError: (error) => log.warn({ why: String(error) }, 'deliveries have to wait'),
  });
  const inbox = startInbox({
    ...{ databaseUrl, send, judging },
    onError: (error) => log.warn({ why: String(error) }, 'messages of partners have to wait'),
  });
  const schedules = keepFeedSchedules({
    ...{ client, taskQueue, knex },
    onError: (error) => log.warn({ why: String(error) }, 'schedules of feeds have to wait'),
  });
  const fanOut = startFanOut({
    ...{ databaseUrl, teller },
    onError: (error) => log.warn({ why: String(error) }, 'webhooks have to wait'),
  });
  const running = worker.runUntil(async () => {
    process.send?.({ ready: true });
    await ended(ending);
    await Promise.all([relay, fanOut, inbox, schedules].map((part) => part.stop()));
  });
  await running.catch((error: unknown) => {
    // Asked to end in the middle of its work, it may end in disorder; what was under way is taken up again.
    if (!ending.aborted) throw error;
    log.warn({ why: String(error) }, 'ended in disorder');
  });
  await knex.destroy();
  await connection.close();
}

function ended(ending: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (ending.aborted) resolve();
    else ending.addEventListener('abort', () => resolve(), { once: true });
  });
}

async function main(): Promise<void> {
  try {
    await run(readConfig());
    process.exit(0);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}

void main();
