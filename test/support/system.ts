import { randomInt, randomUUID } from 'node:crypto';
import { Client } from '@temporalio/client';
import type { Knex } from 'knex';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import pino from 'pino';
import { createActivities } from '../../activities';
import type { Deliverer } from '../../activities/delivery';
import { createCommandSender } from '../../activities/batches/temporal';
import type { CommandSender } from '../../activities/batches/working';
import { createGateways, type GatewaySettings } from '../../activities/gateways';
import { createAwake } from '../../activities/reconciling/temporal';
import { setUpLetters } from '../../activities/partners';
import { keepFeedSchedules } from '../../activities/feeds/temporal';
import { startInbox, type InboxOptions } from '../../activities/inbox/inbox';
import { startRelay } from '../../activities/relay/relay';
import { createReporter, createStarter, NEWS } from '../../activities/relay/temporal';
import { startFanOut } from '../../activities/webhooks/fan-out';
import { createReaders } from '../../api/gateways/readers';
import { letterFile } from '../../machines/letters/file';
import { writeLetter } from '../../machines/letters/writing';
import * as judging from '../../machines/letters/judging';
import * as comparing from '../../machines/reconciling';
import * as teller from '../../machines/webhooks/telling';
import { startApi, type Api } from '../../api/server';
import { CALLBACK_SECRET, startGateway } from '../gateway/running-gateway';
import { cloneDatabase } from './database';
import { endWorker } from './end-worker';
import { testKeys, testVault } from './vault';
import { quickRetries } from './retries';
import { testFeeds, type FeedOptions } from './feeds';

type Deliverers = Readonly<Record<string, Deliverer>>;

export interface SystemOptions {
  /** Path of a shop's table; the default shop's unless given. */
  readonly shop?: string;
  /** The folder of files that digital lines are delivered from. */
  readonly downloadsDir?: string;
  /** How long a command is waited for. */
  readonly patienceMs?: number;
  /** Where the API alone reaches its servers: `host:port` of each. */
  readonly apiReaches?: { readonly postgres: string; readonly temporal: string };
  /** What leaves an order is delivered by these, by topic; without them it stays in the outbox. */
  readonly deliverers?: Deliverers | ((knex: Knex) => Deliverers);
  /** Whether partners are told and watched over as the product does it, with files in this folder. */
  readonly letters?: { readonly exchangeDir: string };
  /** Whether the sandbox tells the API of what moved; it does not unless asked to. */
  readonly isTold?: boolean;
  /** What partners say is worked on, beside the worker, by so many; nobody does unless said. */
  readonly inboxes?: number;
  /** How feeds of partners are picked up. */
  readonly feeds?: FeedOptions;
  /** A Stripe of the test's own. */
  readonly stripe?: GatewaySettings['stripe'];
}

/** An answer of the API, its body read. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: any; // eslint-disable-line @typescript-eslint/no-explicit-any -- tests look into bodies whose shape they are there to check
}

export interface Sending {
  /** The key to send; the admin's unless given, none when null. */
  readonly as?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends an Idempotency-Key along. */
export function withKey(key: string): Sending {
  return { headers: { 'idempotency-key': key } };
}

function deliverersOf(
  { deliverers: given, letters }: SystemOptions,
  knex: Knex,
  send: CommandSender,
): Deliverers {
  return {
    ...(typeof given === 'function' ? given(knex) : given),
    ...(letters && {
      partner: setUpLetters({
        ...{ knex, send, vault: testVault, write: writeLetter, fileOf: letterFile },
        ...{ ...letters, allowed: ['127.0.0.1'] },
      }),
    }),
  };
}

/** The whole system for one test file: database, gateway, worker and API, each its own, over real HTTP. */
export async function startSystem(options: SystemOptions = {}) {
  const { shop, patienceMs, apiReaches, downloadsDir = '/nowhere', isTold, stripe } = options;
  quiet();
  const address = process.env.TEST_TEMPORAL_ADDRESS as string;
  const codePath = process.env.TEST_WORKFLOW_BUNDLE as string;
  const taskQueue = `test-${randomUUID()}`;
  const adminKey = `admin-${randomUUID()}`;
  const database = await cloneDatabase();
  // Test files share one Temporal, where an order's workflow is named for its number alone.
  await database.knex.raw(`select setval('order_numbers', ?)`, [randomInt(1e9, 1e12)]);
  const { deliverers: given, letters } = options;
  const { knex } = database;
  const gateway = await startGateway({ slowMs: 300 });
  const native = await NativeConnection.connect({ address });
  const client = new Client({ connection: native });
  const send = createCommandSender(client, taskQueue, knex);
  const deliverers = deliverersOf(options, knex, send);
  async function startWorker() {
    const made = await Worker.create({
      connection: native,
      taskQueue,
      // A test that leaves work under way is not to wait for it for ever.
      shutdownForceTime: '10 seconds',
      workflowBundle: { codePath },
      activities: createActivities({
        knex: database.knex,
        gateways: createGateways({ ...gatewaySettings, knex: database.knex, publicUrl: url }),
        deliverers,
        report: createReporter(client, taskQueue, knex),
        send,
        comparing,
        isAwake: createAwake(client),
        feeds: testFeeds(options.feeds),
      }),
    });
    const running = made.run();
    return () => endWorker(made, running);
  }
  const relay =
    (given || letters) &&
    startRelay({
      databaseUrl: database.url,
      topics: [...Object.keys(deliverers), ...(letters ? [NEWS] : [])],
      start: createStarter(client, taskQueue, quickRetries),
      lookMs: 200,
    });

  const startInboxHere = (changes: Partial<InboxOptions> = {}) => {
    return startInbox({ databaseUrl: database.url, send, judging, lookMs: 200, ...changes });
  };
  const inboxes = Array.from({ length: options.inboxes ?? 0 }, () => startInboxHere());
  const schedules =
    options.feeds?.areScheduled === true
      ? keepFeedSchedules({ client, taskQueue, knex: database.knex, lookMs: 100 })
      : undefined;
  const fanOut =
    deliverers.webhook && startFanOut({ databaseUrl: database.url, teller, lookMs: 200 });

  const databaseUrl = new URL(database.url);
  if (apiReaches) databaseUrl.host = apiReaches.postgres;
  const temporal = apiReaches?.temporal ?? address;
  const logged: string[] = [];
  const gatewaySettings = {
    ...{ gatewayUrl: gateway.url, timeoutMs: 1000, stripe },
    ...(isTold && { gatewaySecret: CALLBACK_SECRET }),
  };
  let api: Api;
  const startApiHere = (port: number) =>
    startApi({
      ...{ host: '127.0.0.1', port, databaseUrl: databaseUrl.href, databasePool: 5, adminKey },
      temporal: { address: temporal, namespace: 'default', uiUrl: undefined },
      ...{ taskQueue, shop, patienceMs, downloadsDir, secretsKeys: testKeys },
      allowedAddresses: ['127.0.0.1'],
      log: pino({}, { write: (line) => logged.push(line) }),
      tellKey: () => undefined,
      gateways: (knex) => createReaders({ ...gatewaySettings, knex, publicUrl: '' }),
    });
  api = await startApiHere(0);
  const url = `http://127.0.0.1:${api.port}`;
  let stopWorker = await startWorker();

  async function call(
    method: string,
    path: string,
    body?: unknown,
    sending: Sending = {},
  ): Promise<Reply> {
    const { as = adminKey, headers } = sending;
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        ...(as !== null && { authorization: `Bearer ${as}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json');
    return {
      status: response.status,
      headers: response.headers,
      body: isJson ? JSON.parse(text) : text,
    };
  }

  const post = (path: string, body?: unknown, sending?: Sending) =>
    call('POST', path, body, sending);

  return {
    ...{ url, database, gateway, adminKey, call, post },
    /** Temporal's, for whoever looks at workflows. */
    client,
    /** What the API wrote to its log. */
    logged,
    get: (path: string, sending?: Sending) => call('GET', path, undefined, sending),
    put: (path: string, body: unknown, sending?: Sending) => call('PUT', path, body, sending),
    delete: (path: string, sending?: Sending) => call('DELETE', path, undefined, sending),

    /** Places an order that is as usual but for these changes, on enough stock, and gives it. */
    async placed(changes: OrderChanges = {}) {
      const order = anOrder(changes);
      for (const { sku } of order.lines) await call('PUT', `/v1/stock/${sku}`, { inStock: 1000 });
      const { status, body } = await post('/v1/orders', order);
      if (status !== 201)
        throw new Error(`Placing was answered ${status}: ${JSON.stringify(body)}`);
      return body;
    },
    command: (number: string, command: unknown, sending: Sending & { query?: string } = {}) =>
      post(`/v1/orders/${number}/commands?${sending.query ?? ''}`, command, sending),
    /** A key of this role; a partner's has its code. */
    async keyOf(role: string, partner?: string): Promise<string> {
      const { body } = await post('/v1/keys', { name: `A ${role}`, role, partner });
      return body.key;
    },
    /** The id of a new key of this role. */
    async keyId(role: string): Promise<string> {
      const { body } = await post('/v1/keys', { name: `A ${role}`, role });
      return body.record.id;
    },

    /** Sends an order a command, as processes beside the API do. */
    send,
    /** Works on what partners say, as another process of the test's own would. */
    startInbox: startInboxHere,
    workflow: (id: string) => client.workflow.getHandle(id),
    /** Everything that Temporal keeps of a workflow, its payloads as text. */
    async historyOf(id: string): Promise<string> {
      const texts: string[] = [];
      const read = (part: unknown): void => {
        if (part instanceof Uint8Array) texts.push(Buffer.from(part).toString());
        else if (typeof part === 'object' && part !== null) Object.values(part).forEach(read);
      };
      read(await client.workflow.getHandle(id).fetchHistory());
      return texts.join('\n');
    },

    stopWorker: () => stopWorker(),
    async startWorker() {
      stopWorker = await startWorker();
    },
    async restartApi() {
      const { port } = api;
      await api.stop();
      api = await startApiHere(port);
    },
    stopApi: () => api.stop(),
    async stop() {
      await api.stop();
      const parts = [relay, fanOut, schedules, ...inboxes].filter((part) => part !== undefined);
      await Promise.all(parts.map((part) => part.stop()));
      await stopWorker();
      await native.close();
      await gateway.stop();
      await database.drop();
    },
  };
}

export type System = Awaited<ReturnType<typeof startSystem>>;

type OrderChanges = { lines?: Line[]; token?: string } & Record<string, unknown>;
type Line = Record<string, unknown> & {
  sku: string;
  quantity: number;
  unitPrice: { exclTax: number; inclTax: number };
};

/** Three mugs at 10.00 before and 12.00 after tax, in the words of the API. */
export function aLine(changes: object = {}): Line {
  const usual = {
    ...{ id: 'A', sku: 'MUG-1', title: 'Mug', quantity: 3 },
    unitPrice: { exclTax: 1000, inclTax: 1200 },
  };
  return { ...usual, ...changes };
}

/** What a storefront sends: three mugs and 5.00 for shipping by card; the total adds up whatever the lines are. */
export function anOrder(changes: OrderChanges = {}) {
  const { token = 'tok_ok', lines = [aLine()], ...rest } = changes;
  const sum = (side: 'exclTax' | 'inclTax', shipping: number) =>
    lines.reduce((total, line) => total + line.quantity * line.unitPrice[side], shipping);
  return {
    number: randomUUID().slice(0, 13),
    currency: 'GBP',
    placedAt: '2026-11-23T10:00:00Z',
    customer: { email: 'ada@example.com', name: 'Ada' },
    shippingAddress: { name: 'Ada', lines: ['1 High Street'], city: 'Leeds', country: 'GB' },
    lines,
    shipping: { code: 'standard', name: 'Standard', exclTax: 400, inclTax: 500 },
    total: { exclTax: sum('exclTax', 400), inclTax: sum('inclTax', 500) },
    payments: [{ gateway: 'sandbox', method: 'card', token }],
    ...rest,
  };
}

let isQuiet = false;

/** Keeps the SDK's own log out of the tests' output. */
function quiet(): void {
  if (isQuiet) return;
  Runtime.install({ logger: new DefaultLogger('ERROR', () => undefined) });
  isQuiet = true;
}
