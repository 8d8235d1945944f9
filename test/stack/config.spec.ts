import { describe, expect, it } from '@jest/globals';
import { resolve } from 'node:path';
import { cacheDir, readConfig, readSettings } from '../../config';

const DATABASE_URL = 'postgres://somebody@127.0.0.1/orders';

describe('settings', () => {
  it('are undefined where nothing was set by hand, an empty value included', () => {
    const settings = readSettings({ PORT: '', SHOP: ' ' });
    expect(new Set(Object.values(settings))).toEqual(new Set([undefined]));
  });

  it.each([
    ['PORT', 'abc', 'PORT=abc is not a whole number from 0 to 65535: set PORT to one'],
    ['PORT', '70000', 'PORT=70000 is not a whole number'],
    ['PORT', '-1', 'PORT=-1 is not a whole number'],
    ['DATABASE_URL', 'mysql://x', 'DATABASE_URL is not an address that begins with postgres://'],
    ['TEMPORAL_ADDRESS', 'http://x', 'TEMPORAL_ADDRESS=http://x is not of the form host:port'],
    ['GATEWAY_URL', 'localhost', 'GATEWAY_URL is not an address that begins with http://'],
    [
      'GATEWAY_SECRET',
      'too-short',
      'GATEWAY_SECRET is no secret to sign with: set it to at least 24',
    ],
    ['GUEST_LINK_DAYS', '0', 'GUEST_LINK_DAYS=0 is not a whole number from 1 to 3650'],
    ['SMTP_URL', 'mail.example', 'SMTP_URL is not an address that begins with smtp://'],
    ['ADMIN_KEY', 'a key', 'ADMIN_KEY holds a blank'],
    ['SHOP', '/no/such/shop.ts', 'SHOP names /no/such/shop.ts, which does not exist'],
    ['SECRETS_KEY', 'c2hvcnQ=', 'SECRETS_KEY holds what is no key: set it to 32 random bytes'],
    [
      'ALLOWED_ADDRESSES',
      '10.0.0.0/40',
      'ALLOWED_ADDRESSES names 10.0.0.0/40, which is no address',
    ],
    ['ALLOWED_ADDRESSES', '10.0.0', 'ALLOWED_ADDRESSES names 10.0.0, which is no address'],
    ['DELIVERY_RETRIES', '5s,soon', 'DELIVERY_RETRIES names soon, which is no time'],
    ['LOG_LEVEL', 'loud', 'LOG_LEVEL=loud is not one of fatal, error, warn'],
  ])('refuse %s=%s in a sentence', (name, value, sentence) => {
    expect(() => readSettings({ [name]: value })).toThrow(
      expect.objectContaining({ setting: name, message: expect.stringContaining(sentence) }),
    );
  });

  it.each([
    [{ STRIPE_SECRET_KEY: 'sk_live_abc' }, 'is a live key, with which real money moves'],
    [{ STRIPE_SECRET_KEY: 'rk_live_abc', LIVE: 'false' }, 'set LIVE=true where customers pay'],
    [
      { STRIPE_SECRET_KEY: 'sk_test_abc', LIVE: 'true' },
      'is a test key, with which no money moves',
    ],
    [{ STRIPE_SECRET_KEY: 'pk_test_abc' }, "is no secret key of Stripe's"],
    [
      { STRIPE_SECRET_KEY: 'sk_live_abc', LIVE: 'true', STRIPE_API_URL: 'https://double' },
      'STRIPE_API_URL would get the live key',
    ],
  ])('refuse a key of Stripe in the wrong place, and do not repeat it', (set, sentence) => {
    expect(() => readSettings(set)).toThrow(sentence);
    expect(() => readSettings(set)).not.toThrow(/_abc/);
  });

  it('take a key of Stripe where it belongs', () => {
    const test = readConfig({ DATABASE_URL, STRIPE_SECRET_KEY: 'sk_test_abc' });
    expect(test.stripe).toEqual({ secretKey: 'sk_test_abc' });
    const live = { STRIPE_SECRET_KEY: 'rk_live_abc', STRIPE_WEBHOOK_SECRET: 'whsec_x' };
    expect(readConfig({ DATABASE_URL, LIVE: 'true', ...live }).stripe).toEqual({
      ...{ secretKey: 'rk_live_abc', webhookSecret: 'whsec_x' },
    });
    expect(readConfig({ DATABASE_URL }).stripe).toBeUndefined();
  });

  it('read lists parted by commas', () => {
    const SECRETS_KEY = [1, 2].map((byte) => Buffer.alloc(32, byte).toString('base64')).join(', ');
    const ALLOWED_ADDRESSES = '10.0.0.0/8,::1,fd00::/8, partner.internal';
    expect(
      readConfig({ DATABASE_URL, SECRETS_KEY, ALLOWED_ADDRESSES, DELIVERY_RETRIES: '5s,2m,1d' }),
    ).toMatchObject({
      secretsKeys: SECRETS_KEY.split(', '),
      allowedAddresses: ['10.0.0.0/8', '::1', 'fd00::/8', 'partner.internal'],
      deliveryRetries: [5_000, 120_000, 86_400_000],
    });
  });

  it('does not repeat a password in the refusal', () => {
    expect(() => readSettings({ DATABASE_URL: 'postgre://u:secret@h/d' })).not.toThrow(/secret/);
  });
});

describe('what a process runs on', () => {
  it('has the defaults of the contract', () => {
    expect(readConfig({ DATABASE_URL })).toMatchObject({
      port: 3000,
      databaseUrl: DATABASE_URL,
      temporal: { address: '127.0.0.1:7233', namespace: 'default' },
      taskQueue: 'orders',
      gatewayUrl: 'http://127.0.0.1:3100',
      dataDir: resolve('.data'),
      adminKey: undefined,
    });
  });

  it('needs a database', () => {
    expect(() => readConfig({})).toThrow('DATABASE_URL is not set: set it to the address of');
  });

  it('keeps programs where the user keeps caches', () => {
    expect(cacheDir({ XDG_CACHE_HOME: '/caches' })).toBe('/caches/conveyor');
  });
});
