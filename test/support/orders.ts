import { randomUUID } from 'node:crypto';
import {
  Client,
  Connection,
  WithStartWorkflowOperation,
  type WorkflowHandle,
} from '@temporalio/client';
import type { Knex } from 'knex';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { createActivities } from '../../activities';
import type { Deliverer } from '../../activities/delivery';
import { createCommandSender } from '../../activities/batches/temporal';
import { createExchangeDeliverer } from '../../activities/exchange/deliverer';
import { createPlacer } from '../../activities/exchange/temporal';
import { createGateways } from '../../activities/gateways';
import { createAwake } from '../../activities/reconciling/temporal';
import { startRelay } from '../../activities/relay/relay';
import { createReporter, createStarter } from '../../activities/relay/temporal';
import * as comparing from '../../machines/reconciling';
import type { Actor, Command, Placement, Report } from '../../machines/events';
import type { StoredOrder } from '../../machines/history';
import defaultShop from '../../machines/shop';
import { ordersOf } from '../../machines/step';
import type { Shop } from '../../machines/table';
import { expectedAttributes, type Attributes } from '../../machines/views/attributes';
import {
  commandSignal,
  commandUpdate,
  orderStart,
  placeUpdate,
  reportSignal,
  takenAt,
  workflowIdOf,
  type MessageResult,
  type Sender,
} from '../../workflows/messages';
import { loadOrder } from '../../db/orders';
import { startGateway } from '../gateway/running-gateway';
import { cloneDatabase } from './database';
import { endWorker } from './end-worker';
import { quickRetries } from './retries';
import { testFeeds } from './feeds';

const clerk: Actor = { role: 'clerk', name: 'Carol' };

type Deliverers = Readonly<Record<string, Deliverer>>;

export interface OrdersOptions {
  readonly shop?: Shop;
  /** Workflows kept in memory between their tasks; 0 replays each from its history every time. */
  readonly cached?: number;
  /** What leaves an order is delivered by these, by topic; without them it stays in the outbox. */
  readonly deliverers?: Deliverers | ((knex: Knex) => Deliverers);
  /** Whether exchanges are delivered as the product delivers them. */
  readonly exchanges?: boolean;
  /** Whether a relay starts deliveries by itself; where there are deliverers, unless said. */
  readonly relay?: boolean;
}

/** Real parts for one test file: a database, a gateway, and a worker on a task queue of its own. */
export async function startOrders(options: OrdersOptions = {}) {
  const { shop = defaultShop, cached = 100, exchanges = false } = options;
  const isDelivering = options.deliverers !== undefined || exchanges;
  const { relay: isRelayed = isDelivering } = options;
  quiet();
  const address = process.env.TEST_TEMPORAL_ADDRESS as string;
  const codePath = process.env.TEST_WORKFLOW_BUNDLE as string;
  const taskQueue = `test-${randomUUID()}`;
  const database = await cloneDatabase();
  const given = options.deliverers;
  const gateway = await startGateway({ slowMs: 300 });
  const connection = await Connection.connect({ address });
  const native = await NativeConnection.connect({ address });
  const client = new Client({ connection });
  const gateways = createGateways({
    ...{ knex: database.knex, gatewayUrl: gateway.url },
    ...{ publicUrl: 'http://shop.invalid', timeoutMs: 1000 },
  });
  const send = createCommandSender(client, taskQueue, database.knex);
  const place = createPlacer(client, taskQueue);
  const deliverers: Readonly<Record<string, Deliverer>> = {
    ...(exchanges && { exchange: createExchangeDeliverer({ knex: database.knex, place, send }) }),
    ...(typeof given === 'function' ? given(database.knex) : given),
  };
  const startWorker = () =>
    Worker.create({
      connection: native,
      taskQueue,
      // A test that leaves work under way is not to wait for it for ever.
      shutdownForceTime: '10 seconds',
      workflowBundle: { codePath },
      activities: createActivities({
        knex: database.knex,
        gateways,
        deliverers,
        report: createReporter(client, taskQueue, database.knex),
        send,
        comparing,
        isAwake: createAwake(client),
        feeds: testFeeds(),
      }),
      maxCachedWorkflows: cached,
    });
  let worker = await startWorker();
  let running = worker.run();
  const orders = ordersOf(shop);
  const startRelayHere = (start = createStarter(client, taskQueue, quickRetries)) =>
    startRelay({
      databaseUrl: database.url,
      topics: Object.keys(deliverers),
      start,
      lookMs: 200,
    });
  const relay = isRelayed ? startRelayHere() : undefined;

  const startOf = (number: string, attributes?: Attributes) =>
    new WithStartWorkflowOperation('order', orderStart({ number, shop }, taskQueue, attributes));

  const placeWith = (placement: Placement, id: string | undefined, attributes?: Attributes) =>
    client.workflow.executeUpdateWithStart(placeUpdate, {
      args: [placement, { id, actor: clerk }],
      ...(id !== undefined && { updateId: id }),
      startWorkflowOperation: startOf(placement.number, attributes),
    });

  return {
    database,
    gateway,
    client,
    taskQueue,
    shop,
    handle: (number: string, runId?: string): WorkflowHandle =>
      client.workflow.getHandle(workflowIdOf(number), runId),

    place: (placement: Placement, id?: string): Promise<MessageResult> =>
      placeWith(
        placement,
        id,
        expectedAttributes(orders, takenAt(placement, new Date(0).toISOString())),
      ),

    /** Places whatever it is given, as a client might that never looked at it. */
    placeBlindly: (placement: unknown): Promise<MessageResult> =>
      placeWith(placement as Placement, undefined),

    send: (number: string, command: Command, id?: string, sender = {}): Promise<MessageResult> =>
      client.workflow.executeUpdateWithStart(commandUpdate, {
        args: [command, { id, actor: clerk, ...sender }],
        ...(id !== undefined && { updateId: id }),
        startWorkflowOperation: startOf(number),
      }),

    signal: (number: string, command: unknown, sender: unknown = { actor: clerk }) =>
      client.workflow.signalWithStart('order', {
        ...orderStart({ number, shop }, taskQueue),
        signal: commandSignal,
        signalArgs: [command as Command, sender as Sender],
      }),

    /** Tells an order what became of something that left it, as a delivery does. */
    report: (number: string, report: unknown, id: string) =>
      client.workflow.signalWithStart('order', {
        ...orderStart({ number, shop }, taskQueue),
        signal: reportSignal,
        signalArgs: [report as Report, { id }],
      }),

    stored: (number: string): Promise<StoredOrder | null> => loadOrder(database.knex, number),

    /** The order's history as rows: `type` or `type refused`. */
    async history(number: string): Promise<string[]> {
      const rows = await database
        .knex<{ order_number: string; seq: number; type: string; outcome: string }>('events')
        .where({ order_number: number })
        .orderBy('seq');
      return rows.map(({ type, outcome }) => (outcome === 'refused' ? `${type} refused` : type));
    },

    async movements(number: string): Promise<string[]> {
      const entries = await gateway.ledger();
      return entries
        .filter(({ order }) => order === number)
        .map(({ kind, amount }) => `${kind} ${amount}`);
    },

    async stock(sku: string, inStock: number): Promise<void> {
      await database
        .knex('stock_records')
        .insert({ sku, in_stock: inStock, allocated: 0 })
        .onConflict(['sku', 'location'])
        .merge({ in_stock: inStock });
    },

    async shelf(sku: string): Promise<{ inStock: number; allocated: number }> {
      const row = await database
        .knex<{ sku: string; in_stock: number; allocated: number }>('stock_records')
        .where({ sku })
        .first();
      return { inStock: row?.in_stock ?? 0, allocated: row?.allocated ?? 0 };
    },

    /** Ends the worker and starts another, which knows the orders only from their histories. */
    async restartWorker(): Promise<void> {
      await endWorker(worker, running);
      worker = await startWorker();
      running = worker.run();
    },

    /** A relay of the test's own, with its own way to start deliveries if it likes. */
    startRelay: startRelayHere,

    async stop(): Promise<void> {
      await relay?.stop();
      await endWorker(worker, running);
      await native.close();
      await connection.close();
      await gateway.stop();
      await database.drop();
    },
  };
}

export type RunningOrders = Awaited<ReturnType<typeof startOrders>>;

let isQuiet = false;

/** Keeps the SDK's own log out of the tests' output. */
function quiet(): void {
  if (isQuiet) return;
  Runtime.install({ logger: new DefaultLogger('ERROR', () => undefined) });
  isQuiet = true;
}
