import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { GatewaySettings } from '../../activities/gateways';
import { defaults, readSettings } from '../../config';
import { passwordFileIn, SUPERUSER } from '../parts/postgres-cluster';
import { DATABASE } from '../parts/postgres';

/** Nowhere to import to; the message says what to do. */
export class NotRunning extends Error {
  override readonly name = 'NotRunning';
}

/** What an import needs to know of the Conveyor that it imports into. */
export interface ImportSettings {
  readonly shop: string | undefined;
  readonly databaseUrl: string;
  readonly temporal: { readonly address: string; readonly namespace: string };
  readonly taskQueue: string;
}

interface Processes {
  readonly postgres?: { readonly port: number };
  readonly temporal?: { readonly port: number };
  readonly gateway?: { readonly port: number };
}

/** What was set by hand, and for the rest what `npm start` runs on its data. */
export function findSystem(): {
  settings: Omit<ImportSettings, 'databaseUrl'>;
  databaseUrl: string;
  gateways: Pick<GatewaySettings, 'gatewayUrl' | 'stripe'>;
} {
  const settings = readSettings();
  const dataDir = settings.dataDir ?? resolve(defaults.dataDir);
  const file = join(dataDir, 'processes.json');
  const running = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Processes) : {};
  const databaseUrl = settings.databaseUrl ?? urlOf(dataDir, running);
  if (databaseUrl === undefined) {
    throw new NotRunning(
      `Nothing runs on ${dataDir}: run \`npm start\` in another terminal, or set DATABASE_URL and TEMPORAL_ADDRESS.`,
    );
  }
  const own = running.temporal ? `127.0.0.1:${running.temporal.port}` : defaults.temporalAddress;
  const { stripeSecretKey: secretKey } = settings;
  const gateway = running.gateway && `http://127.0.0.1:${running.gateway.port}`;
  return {
    databaseUrl,
    gateways: {
      gatewayUrl: settings.gatewayUrl ?? gateway ?? defaults.gatewayUrl,
      ...(secretKey !== undefined && { stripe: { secretKey, url: settings.stripeApiUrl } }),
    },
    settings: {
      shop: settings.shop,
      temporal: {
        address: settings.temporalAddress ?? own,
        namespace: settings.temporalNamespace ?? defaults.temporalNamespace,
      },
      taskQueue: settings.taskQueue ?? defaults.taskQueue,
    },
  };
}

function urlOf(dataDir: string, { postgres }: Processes): string | undefined {
  const passwordFile = passwordFileIn(dataDir);
  if (!postgres || !existsSync(passwordFile)) return undefined;
  const password = readFileSync(passwordFile, 'utf8').trim();
  return `postgres://${SUPERUSER}:${password}@127.0.0.1:${postgres.port}/${DATABASE}`;
}
