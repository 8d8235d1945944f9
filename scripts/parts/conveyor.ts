import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { defaults, type Settings } from '../../config';
import { migrate } from '../../db/migrate';
import { awaitDatabase, postgresPart, postgresUrl } from './postgres';
import { openCluster } from './postgres-cluster';
import { registerSearchAttributes } from './search-attributes';
import { awaitTemporal, temporalPart } from './temporal';
import { buildDashboard } from '../dashboard/build';
import { findTemporal } from './temporal-cli';
import { nodePart } from './node-part';
import type { Step } from '../stack/part';
import { keptSecret } from '../stack/kept-secret';
import { within } from '../stack/pause';
import type { Ports } from '../stack/ports';
import type { Say } from '../stack/say';

const ANSWERS_WITHIN_MS = 10_000;
const LOOPBACK = ['127.0.0.0/8', '::1'];
const root = join(__dirname, '../..');

/** What is settled before anything starts. */
export interface Plan {
  readonly settings: Settings;
  readonly dataDir: string;
  readonly adminKey: string;
  readonly ports: Ports;
  /** Where programs are looked for, and where downloaded and built ones are kept. */
  readonly programs: { readonly folders: readonly string[]; readonly cache: string };
  readonly say: Say;
  readonly signal: AbortSignal;
}

/** A server that is ours or somebody else's: where it answers, and the steps after which it does. */
interface Server {
  readonly address: string;
  readonly steps: readonly Step[];
}

export interface Conveyor {
  readonly steps: readonly Step[];
  readonly apiPort: number;
  /** Undefined when Temporal is somebody else's and its Web UI was not named. */
  readonly temporalUiUrl: string | undefined;
}

/** Conveyor's parts in the order they start; servers named by hand are used and not started. */
export async function conveyor(plan: Plan): Promise<Conveyor> {
  const { settings, dataDir, adminKey, ports } = plan;
  const apiPort = await (settings.port === undefined
    ? ports.free('api', defaults.port)
    : ports.byHand('api', settings.port));
  const temporal = await temporalServer(plan);
  const postgres = await postgresServer(plan);
  const gateway = await gatewayServer(plan);
  ports.remember();

  const namespace = settings.temporalNamespace ?? defaults.temporalNamespace;
  const environment = {
    DATA_DIR: dataDir,
    DATABASE_URL: postgres.address,
    TEMPORAL_ADDRESS: temporal.address,
    TEMPORAL_NAMESPACE: namespace,
    TEMPORAL_UI_URL: temporal.uiUrl,
    GATEWAY_URL: gateway.address,
    GATEWAY_SECRET: gateway.secret,
    SECRETS_KEY: (settings.secretsKeys ?? [keptKey(dataDir)]).join(','),
    // Partners and webhooks that are tried out run on this machine.
    ALLOWED_ADDRESSES: (settings.allowedAddresses ?? LOOPBACK).join(','),
    PUBLIC_URL: settings.publicUrl ?? `http://127.0.0.1:${apiPort}`,
  };
  const steps = [
    ...postgres.steps,
    ...temporal.steps,
    {
      name: 'registration of search attributes',
      run: (signal: AbortSignal) =>
        registerSearchAttributes({ address: temporal.address, namespace, signal }),
    },
    { name: 'migration of the database', run: () => migrate(postgres.address) },
    ...gateway.steps,
    { name: 'build of the dashboard', run: async () => void (await buildDashboard()) },
    nodePart({ name: 'worker', file: join(root, 'activities/worker.ts'), environment }),
    nodePart({
      name: 'api',
      file: join(root, 'api/main.ts'),
      environment: { ...environment, ADMIN_KEY: adminKey },
      port: apiPort,
    }),
  ];
  return { steps, apiPort, temporalUiUrl: temporal.uiUrl };
}

/** What secrets in the database are sealed with. */
function keptKey(dataDir: string): string {
  return keptSecret(join(dataDir, 'secrets-key'), () => randomBytes(32).toString('base64'));
}

async function postgresServer({ settings, dataDir, ports, signal }: Plan): Promise<Server> {
  const byHand = settings.databaseUrl;
  if (byHand !== undefined) {
    const run = (stop: AbortSignal) =>
      within(ANSWERS_WITHIN_MS, stop, (soon) => awaitDatabase(byHand, soon));
    return { address: byHand, steps: [{ name: 'connection to PostgreSQL', run }] };
  }
  const cluster = await openCluster(dataDir, signal);
  const options = { cluster, port: await ports.free('postgres', 5433) };
  return { address: postgresUrl(options), steps: [postgresPart(options)] };
}

async function temporalServer(plan: Plan): Promise<Server & { uiUrl: string | undefined }> {
  const { settings, dataDir, ports, programs, say, signal } = plan;
  const namespace = settings.temporalNamespace ?? defaults.temporalNamespace;
  const byHand = settings.temporalAddress;
  if (byHand !== undefined) {
    const run = (stop: AbortSignal) =>
      within(ANSWERS_WITHIN_MS, stop, (soon) =>
        awaitTemporal({ address: byHand, namespace, signal: soon }),
      );
    const steps = [{ name: 'connection to Temporal', run }];
    return { address: byHand, uiUrl: settings.temporalUiUrl, steps };
  }
  const cli = await findTemporal({ ...programs, say, signal });
  const port = await ports.free('temporal', 7233);
  const uiPort = await ports.free('temporal-ui', 8233);
  return {
    address: `127.0.0.1:${port}`,
    uiUrl: settings.temporalUiUrl ?? `http://localhost:${uiPort}`,
    steps: [temporalPart({ cli, port, uiPort, namespace, dataDir })],
  };
}

async function gatewayServer({
  settings,
  dataDir,
  ports,
}: Plan): Promise<Server & { secret: string | undefined }> {
  const { gatewayUrl, gatewaySecret } = settings;
  if (gatewayUrl !== undefined) return { address: gatewayUrl, secret: gatewaySecret, steps: [] };
  const secret = gatewaySecret ?? keptSecret(join(dataDir, 'gateway-secret'));
  const port = await ports.free('gateway', 3100);
  const file = join(root, 'scripts/gateway/main.ts');
  const environment = { DATA_DIR: dataDir, HOST: '127.0.0.1', GATEWAY_SECRET: secret };
  return {
    address: `http://127.0.0.1:${port}`,
    secret,
    steps: [nodePart({ name: 'gateway', file, environment, port })],
  };
}
