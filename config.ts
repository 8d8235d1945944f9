import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** A setting that cannot be used; its message says which one and what to do. */
class ConfigError extends Error {
  override readonly name = 'ConfigError';
  constructor(
    readonly setting: string,
    sentence: string,
  ) {
    super(sentence);
  }
}

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
  readonly dataDir: string | undefined;
  readonly downloadsDir: string | undefined;
  readonly publicUrl: string | undefined;
  readonly smtpUrl: string | undefined;
  readonly mailFrom: string | undefined;
  readonly guestUrl: string | undefined;
  readonly guestLinkDays: number | undefined;
  readonly logLevel: LogLevel | undefined;
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
  /** Absolute. */
  readonly dataDir: string;
  /** Absolute: the files that digital lines are delivered from. */
  readonly downloadsDir: string;
  /** Where customers reach the API, without a slash at its end. */
  readonly publicUrl: string;
  /** The mail server; without one messages are kept and not sent. */
  readonly smtpUrl: string | undefined;
  /** Whom customers get messages from, as `Name <address>`. */
  readonly mailFrom: string;
  readonly guestUrl: string | undefined;
  readonly guestLinkDays: number | undefined;
  readonly logLevel: LogLevel;
}

type Environment = Readonly<Record<string, string | undefined>>;

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
  logLevel: 'info',
} as const;

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
    dataDir: path(env, 'DATA_DIR'),
    downloadsDir: path(env, 'DOWNLOADS_DIR'),
    publicUrl: url(env, 'PUBLIC_URL', ['http:', 'https:']),
    guestUrl: url(env, 'GUEST_URL', ['http:', 'https:']),
    guestLinkDays: wholeNumber(env, 'GUEST_LINK_DAYS', 1, 3_650),
    smtpUrl: url(env, 'SMTP_URL', ['smtp:', 'smtps:']),
    mailFrom: sender(env, 'MAIL_FROM'),
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
    dataDir,
    downloadsDir: settings.downloadsDir ?? join(dataDir, 'downloads'),
    publicUrl: (settings.publicUrl ?? `http://127.0.0.1:${port}`).replace(/\/+$/, ''),
    smtpUrl: settings.smtpUrl,
    mailFrom: settings.mailFrom ?? defaults.mailFrom,
    guestUrl: settings.guestUrl,
    guestLinkDays: settings.guestLinkDays,
    logLevel: settings.logLevel ?? defaults.logLevel,
  };
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

/** An empty value counts as unset, because compose files pass unset variables as empty ones. */
function text(env: Environment, name: string): string | undefined {
  const value = env[name]?.trim();
  return value === '' ? undefined : value;
}

function wholeNumber(env: Environment, name: string, least: number, most: number) {
  const value = text(env, name);
  if (value === undefined) return undefined;
  const number = /^\d+$/.test(value) ? Number(value) : NaN;
  if (number >= least && number <= most) return number;
  throw new ConfigError(
    name,
    `${name}=${value} is not a whole number from ${least} to ${most}: set ${name} to one, or leave it unset.`,
  );
}

function url(env: Environment, name: string, protocols: readonly string[]) {
  const value = text(env, name);
  if (value === undefined) return undefined;
  if (URL.canParse(value) && protocols.includes(new URL(value).protocol)) return value;
  // The value is not repeated: it may hold a password.
  throw new ConfigError(
    name,
    `${name} is not an address that begins with ${protocols.map((p) => `${p}//`).join(' or ')}: correct it, or leave it unset.`,
  );
}

function hostAndPort(env: Environment, name: string) {
  const value = text(env, name);
  if (value === undefined || /^[^\s/]+:\d{1,5}$/.test(value)) return value;
  throw new ConfigError(
    name,
    `${name}=${value} is not of the form host:port: set it to, say, 127.0.0.1:7233, or leave it unset.`,
  );
}

function secret(env: Environment, name: string) {
  const value = text(env, name);
  if (value === undefined || /^[\x21-\x7e]+$/.test(value)) return value;
  throw new ConfigError(
    name,
    `${name} holds a blank or a letter that an HTTP header cannot carry: choose one of plain letters, digits and signs.`,
  );
}

function sender(env: Environment, name: string) {
  const value = text(env, name);
  if (
    value === undefined ||
    /^([^<>\r\n]+ )?<[^\s<>@]+@[^\s<>@]+>$|^[^\s<>@]+@[^\s<>@]+$/.test(value)
  ) {
    return value;
  }
  throw new ConfigError(
    name,
    `${name}=${value} is no sender: write an address, or Name <address>, such as Shop <orders@example.com>.`,
  );
}

function path(env: Environment, name: string) {
  const value = text(env, name);
  return value === undefined ? undefined : resolve(value);
}

function existingFile(env: Environment, name: string) {
  const file = path(env, name);
  if (file === undefined || existsSync(file)) return file;
  throw new ConfigError(
    name,
    `${name} names ${file}, which does not exist: correct the path, or leave ${name} unset for the shop in machines/shop.ts.`,
  );
}

function oneOf<Word extends string>(env: Environment, name: string, words: readonly Word[]) {
  const value = text(env, name);
  const word = words.find((known) => known === value);
  if (value === undefined || word !== undefined) return word;
  throw new ConfigError(name, `${name}=${value} is not one of ${words.join(', ')}: set it to one.`);
}
