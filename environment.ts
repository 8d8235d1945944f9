import { existsSync } from 'node:fs';
import { isIP } from 'node:net';
import { resolve } from 'node:path';

/** A setting that cannot be used; its message says which one and what to do. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  constructor(
    readonly setting: string,
    sentence: string,
  ) {
    super(sentence);
  }
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** An empty value counts as unset, because compose files pass unset variables as empty ones. */
export function text(env: Environment, name: string): string | undefined {
  const value = env[name]?.trim();
  return value === '' ? undefined : value;
}

/** The readers below give undefined for what is unset, and throw ConfigError for what cannot be used. */
export function wholeNumber(env: Environment, name: string, least: number, most: number) {
  const value = text(env, name);
  if (value === undefined) return undefined;
  const number = /^\d+$/.test(value) ? Number(value) : NaN;
  if (number >= least && number <= most) return number;
  throw new ConfigError(
    name,
    `${name}=${value} is not a whole number from ${least} to ${most}: set ${name} to one, or leave it unset.`,
  );
}

export function url(env: Environment, name: string, protocols: readonly string[]) {
  const value = text(env, name);
  if (value === undefined) return undefined;
  if (URL.canParse(value) && protocols.includes(new URL(value).protocol)) return value;
  // The value is not repeated: it may hold a password.
  throw new ConfigError(
    name,
    `${name} is not an address that begins with ${protocols.map((p) => `${p}//`).join(' or ')}: correct it, or leave it unset.`,
  );
}

export function hostAndPort(env: Environment, name: string) {
  const value = text(env, name);
  if (value === undefined || /^[^\s/]+:\d{1,5}$/.test(value)) return value;
  throw new ConfigError(
    name,
    `${name}=${value} is not of the form host:port: set it to, say, 127.0.0.1:7233, or leave it unset.`,
  );
}

export function secret(env: Environment, name: string) {
  const value = text(env, name);
  if (value === undefined || /^[\x21-\x7e]+$/.test(value)) return value;
  throw new ConfigError(
    name,
    `${name} holds a blank or a letter that an HTTP header cannot carry: choose one of plain letters, digits and signs.`,
  );
}

/** A secret as Standard Webhooks writes them: Base64, with or without its prefix. */
export function signingSecret(env: Environment, name: string) {
  const value = text(env, name);
  if (value === undefined || /^(whsec_)?([A-Za-z0-9+/]{4}){8,}$/.test(value)) return value;
  throw new ConfigError(
    name,
    `${name} is no secret to sign with: set it to at least 24 random bytes in Base64 without padding, or leave it unset.`,
  );
}

/** Keys of 32 bytes in Base64, parted by commas. None is repeated. */
export function sealingKeys(env: Environment, name: string): readonly string[] | undefined {
  const keys = list(env, name);
  if (keys === undefined || keys.every((key) => /^[A-Za-z0-9+/]{43}=$/.test(key))) return keys;
  throw new ConfigError(
    name,
    `${name} holds what is no key: set it to 32 random bytes in Base64, as \`openssl rand -base64 32\` prints them, the newest key first where there are several, parted by commas.`,
  );
}

/** Addresses, ranges of them such as 10.0.0.0/8, and names of hosts, parted by commas. */
export function hosts(env: Environment, name: string): readonly string[] | undefined {
  const named = list(env, name);
  const wrong = named?.find((host) => !isHosts(host));
  if (wrong === undefined) return named;
  throw new ConfigError(
    name,
    `${name} names ${wrong}, which is no address, range of addresses or host: write them as 10.0.0.0/8, ::1 or partner.internal, parted by commas.`,
  );
}

/** Addresses and ranges of them, parted by commas. */
export function addresses(env: Environment, name: string): readonly string[] | undefined {
  const named = hosts(env, name);
  const wrong = named?.find((each) => isIP(each.split('/')[0] ?? '') === 0);
  if (wrong === undefined) return named;
  throw new ConfigError(
    name,
    `${name} names ${wrong}, which is no address: write addresses and ranges as 10.0.0.1 or 10.0.0.0/8, parted by commas.`,
  );
}

function isHosts(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const family = isIP(address);
  if (family === 0) return /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(text) && !/^[\d.]+$/.test(text);
  const most = family === 4 ? 32 : 128;
  return rest.length === 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && +bits <= most));
}

const units = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** Times such as 30s, 10m, 2h or 1d, parted by commas, in milliseconds. */
export function waits(env: Environment, name: string): readonly number[] | undefined {
  return list(env, name)?.map((written) => {
    const [, number, unit] = /^([1-9]\d{0,3})([smhd])$/.exec(written) ?? [];
    if (number !== undefined) return Number(number) * units[unit as keyof typeof units];
    throw new ConfigError(
      name,
      `${name} names ${written}, which is no time: write times as 30s, 10m, 2h or 1d, parted by commas.`,
    );
  });
}

function list(env: Environment, name: string): readonly string[] | undefined {
  return text(env, name)
    ?.split(',')
    .map((part) => part.trim());
}

export function sender(env: Environment, name: string) {
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

export function path(env: Environment, name: string) {
  const value = text(env, name);
  return value === undefined ? undefined : resolve(value);
}

export function existingFile(env: Environment, name: string) {
  const file = path(env, name);
  if (file === undefined || existsSync(file)) return file;
  throw new ConfigError(
    name,
    `${name} names ${file}, which does not exist: correct the path, or leave ${name} unset for the shop in machines/shop.ts.`,
  );
}

export function oneOf<Word extends string>(env: Environment, name: string, words: readonly Word[]) {
  const value = text(env, name);
  const word = words.find((known) => known === value);
  if (value === undefined || word !== undefined) return word;
  throw new ConfigError(name, `${name}=${value} is not one of ${words.join(', ')}: set it to one.`);
}

export function switched(env: Environment, name: string): boolean | undefined {
  const word = oneOf(env, name, ['true', 'false']);
  return word === undefined ? undefined : word === 'true';
}

/** A secret key of Stripe's that fits LIVE: real money moves only where both say so. No key is repeated. */
export function stripeKey(env: Environment, name: string) {
  const key = text(env, name);
  if (key === undefined) return undefined;
  const isLive = switched(env, 'LIVE') ?? false;
  const mode = /^[sr]k_(test|live)_\w+$/.exec(key)?.[1];
  if (mode === undefined) {
    throw new ConfigError(
      name,
      `${name} is no secret key of Stripe's: copy one that begins with sk_test_, rk_test_, sk_live_ or rk_live_, or leave it unset.`,
    );
  }
  if (mode === 'live' && !isLive) {
    throw new ConfigError(
      name,
      `${name} is a live key, with which real money moves, and LIVE is not true: set LIVE=true where customers pay, or use a test key.`,
    );
  }
  if (mode === 'test' && isLive) {
    throw new ConfigError(
      name,
      `${name} is a test key, with which no money moves, and LIVE is true: use the live key, or leave LIVE unset.`,
    );
  }
  if (isLive && text(env, 'STRIPE_API_URL') !== undefined) {
    throw new ConfigError(
      'STRIPE_API_URL',
      'STRIPE_API_URL would get the live key: leave it unset where LIVE is true.',
    );
  }
  return key;
}
