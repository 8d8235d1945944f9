import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  addresses,
  ConfigError,
  existingFile,
  hostAndPort,
  hosts,
  oneOf,
  path,
  sealingKeys,
  secret,
  sender,
  signingSecret,
  stripeKey,
  switched,
  text,
  url,
  waits,
  wholeNumber,
  type Environment,
} from './environment';

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** What was set by hand; everything else is undefined and has its default in {@link readConfig}. */
export interface Settings {
  readonly port: number | undefined;
  readonly host: string | undefined;
  readonly databaseUrl: string | undefined;
  readonly databasePool: number | undefined;
  readonly temporalAddress: string | undefined;
  readonly temporalNamespace: string | undefined;
  readonly temporalUiUrl: string | undefined;
  readonly taskQueue: string | undefined;
  readonly adminKey: string | undefined;
  readonly shop: string | undefined;
  readonly gatewayUrl: string | undefined;
  readonly gatewaySecret: string | undefined;
  readonly live: boolean | undefined;
  readonly stripeSecretKey: string | undefined;
  readonly stripeWebhookSecret: string | undefined;
  readonly stripeApiUrl: string | undefined;
  readonly dataDir: string | undefined;
  readonly downloadsDir: string | undefined;
  readonly exchangeDir: string | undefined;
  readonly publicUrl: string | undefined;
  readonly smtpUrl: string | undefined;
  readonly mailFrom: string | undefined;
  readonly guestUrl: string | undefined;
  readonly guestLinkDays: number | undefined;
  readonly secretsKeys: readonly string[] | undefined;
  readonly allowedAddresses: readonly string[] | undefined;
  readonly trustedProxies: readonly string[] | undefined;
  readonly deliveryRetries: readonly number[] | undefined;
  readonly logLevel: LogLevel | undefined;
}

export interface StripeConfig {
  readonly secretKey: string;
  /** What Stripe's events are signed with; without it none is read. */
  readonly webhookSecret: string | undefined;
  /** Another address than Stripe's own. */
  readonly url: string | undefined;
}

/** What one process of the product runs on. */
export interface Config {
  readonly port: number;
  /** The address to listen on; 127.0.0.1 unless HOST says otherwise. */
  readonly host: string;
  readonly databaseUrl: string;
  /** How many connections to PostgreSQL this process may hold. */
  readonly databasePool: number;
  readonly temporal: {
    readonly address: string;
    readonly namespace: string;
    readonly uiUrl: string | undefined;
  };
  readonly taskQueue: string;
  readonly adminKey: string | undefined;
  /** Absolute path of the shop's table; undefined means `machines/shop.ts`. */
  readonly shop: string | undefined;
  readonly gatewayUrl: string;
  /** What the gateway's callbacks are signed with; without it there are none. */
  readonly gatewaySecret: string | undefined;
  /** Stripe, where this installation has a key of it. */
  readonly stripe: StripeConfig | undefined;
  /** Absolute. */
  readonly dataDir: string;
  /** Absolute: the files that digital lines are delivered from. */
  readonly downloadsDir: string;
  /** Absolute: the folder that partners' files are put into and taken from. */
  readonly exchangeDir: string;
  /** Where customers reach the API, without a slash at its end. */
  readonly publicUrl: string;
  /** The mail server; without one messages are kept and not sent. */
  readonly smtpUrl: string | undefined;
  /** Whom customers get messages from, as `Name <address>`. */
  readonly mailFrom: string;
  readonly guestUrl: string | undefined;
  readonly guestLinkDays: number | undefined;
  /** What secrets in the database are sealed with, the newest first; the api and workers need one. */
  readonly secretsKeys: readonly string[];
  /** Private addresses and hosts that may be posted to all the same. */
  readonly allowedAddresses: readonly string[];
  /** Whose word counts for where a request came from: proxies in front of the api. */
  readonly trustedProxies: readonly string[];
  /** How long what could not be delivered waits before each next try, in milliseconds; given up after the last. */
  readonly deliveryRetries: readonly number[];
  readonly logLevel: LogLevel;
}

export const defaults = {
  port: 3000,
  host: '127.0.0.1',
  databasePool: 10,
  temporalAddress: '127.0.0.1:7233',
  temporalNamespace: 'default',
  taskQueue: 'orders',
  gatewayUrl: 'http://127.0.0.1:3100',
  dataDir: '.data',
  mailFrom: 'Conveyor <orders@localhost>',
  deliveryRetries: '5s,30s,2m,10m,30m,1h,2h,4h,8h,12h,24h,24h,24h',
  logLevel: 'info',
} as const;

const usualRetries =
  waits({ DELIVERY_RETRIES: defaults.deliveryRetries }, 'DELIVERY_RETRIES') ?? [];

/** Reads what was set by hand; throws ConfigError on a value that cannot be used. */
export function readSettings(env: Environment = process.env): Settings {
  return {
    port: wholeNumber(env, 'PORT', 0, 65_535),
    host: text(env, 'HOST'),
    databaseUrl: url(env, 'DATABASE_URL', ['postgres:', 'postgresql:']),
    databasePool: wholeNumber(env, 'DATABASE_POOL', 1, 1_000),
    temporalAddress: hostAndPort(env, 'TEMPORAL_ADDRESS'),
    temporalNamespace: text(env, 'TEMPORAL_NAMESPACE'),
    temporalUiUrl: url(env, 'TEMPORAL_UI_URL', ['http:', 'https:']),
    taskQueue: text(env, 'TASK_QUEUE'),
    adminKey: secret(env, 'ADMIN_KEY'),
    shop: existingFile(env, 'SHOP'),
    gatewayUrl: url(env, 'GATEWAY_URL', ['http:', 'https:']),
    gatewaySecret: signingSecret(env, 'GATEWAY_SECRET'),
    live: switched(env, 'LIVE'),
    stripeSecretKey: stripeKey(env, 'STRIPE_SECRET_KEY'),
    stripeWebhookSecret: secret(env, 'STRIPE_WEBHOOK_SECRET'),
    stripeApiUrl: url(env, 'STRIPE_API_URL', ['http:', 'https:']),
    dataDir: path(env, 'DATA_DIR'),
    downloadsDir: path(env, 'DOWNLOADS_DIR'),
    exchangeDir: path(env, 'EXCHANGE_DIR'),
    publicUrl: url(env, 'PUBLIC_URL', ['http:', 'https:']),
    guestUrl: url(env, 'GUEST_URL', ['http:', 'https:']),
    guestLinkDays: wholeNumber(env, 'GUEST_LINK_DAYS', 1, 3_650),
    smtpUrl: url(env, 'SMTP_URL', ['smtp:', 'smtps:']),
    mailFrom: sender(env, 'MAIL_FROM'),
    secretsKeys: sealingKeys(env, 'SECRETS_KEY'),
    allowedAddresses: hosts(env, 'ALLOWED_ADDRESSES'),
    trustedProxies: addresses(env, 'TRUSTED_PROXIES'),
    deliveryRetries: waits(env, 'DELIVERY_RETRIES'),
    logLevel: oneOf(env, 'LOG_LEVEL', logLevels),
  };
}

/** Reads what a process runs on; throws ConfigError on a bad value and when DATABASE_URL is missing. */
export function readConfig(env: Environment = process.env): Config {
  const settings = readSettings(env);
  if (settings.databaseUrl === undefined) {
    throw new ConfigError(
      'DATABASE_URL',
      'DATABASE_URL is not set: set it to the address of a PostgreSQL database, or use `npm start`, which brings its own.',
    );
  }
  const port = settings.port ?? defaults.port;
  const dataDir = settings.dataDir ?? resolve(defaults.dataDir);
  return {
    port,
    host: settings.host ?? defaults.host,
    databaseUrl: settings.databaseUrl,
    databasePool: settings.databasePool ?? defaults.databasePool,
    temporal: {
      address: settings.temporalAddress ?? defaults.temporalAddress,
      namespace: settings.temporalNamespace ?? defaults.temporalNamespace,
      uiUrl: settings.temporalUiUrl,
    },
    taskQueue: settings.taskQueue ?? defaults.taskQueue,
    adminKey: settings.adminKey,
    shop: settings.shop,
    gatewayUrl: settings.gatewayUrl ?? defaults.gatewayUrl,
    gatewaySecret: settings.gatewaySecret,
    stripe: stripeOf(settings),
    ...foldersOf(settings, dataDir),
    publicUrl: (settings.publicUrl ?? `http://127.0.0.1:${port}`).replace(/\/+$/, ''),
    smtpUrl: settings.smtpUrl,
    mailFrom: settings.mailFrom ?? defaults.mailFrom,
    guestUrl: settings.guestUrl,
    guestLinkDays: settings.guestLinkDays,
    ...outwardOf(settings),
    logLevel: settings.logLevel ?? defaults.logLevel,
  };
}

function foldersOf(
  { downloadsDir, exchangeDir }: Settings,
  dataDir: string,
): Pick<Config, 'dataDir' | 'downloadsDir' | 'exchangeDir'> {
  return {
    dataDir,
    downloadsDir: downloadsDir ?? join(dataDir, 'downloads'),
    exchangeDir: exchangeDir ?? join(dataDir, 'exchange'),
  };
}

function stripeOf(settings: Settings): StripeConfig | undefined {
  const { stripeSecretKey, stripeWebhookSecret: webhookSecret, stripeApiUrl } = settings;
  if (stripeSecretKey === undefined) return undefined;
  return { secretKey: stripeSecretKey, webhookSecret, url: stripeApiUrl };
}

/** What the outside takes. */
function outwardOf({
  secretsKeys = [],
  allowedAddresses = [],
  trustedProxies = [],
  deliveryRetries = usualRetries,
}: Settings) {
  return { secretsKeys, allowedAddresses, trustedProxies, deliveryRetries };
}

/** The environment a child process gets: this one's, with the given variables on top. */
export function childEnvironment(
  variables: Environment,
  env: Environment = process.env,
): Record<string, string | undefined> {
  return { ...env, ...variables };
}

/** The folders in which programs are looked for. */
export function programFolders(env: Environment = process.env): readonly string[] {
  return (env.PATH ?? '').split(':').filter((folder) => folder !== '');
}

/** Where downloaded and built programs are kept between runs and between checkouts. */
export function cacheDir(env: Environment = process.env): string {
  return join(text(env, 'XDG_CACHE_HOME') ?? join(homedir(), '.cache'), 'conveyor');
}
