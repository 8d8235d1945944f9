import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  createApiKey,
  ensureAdminKey,
  findApiKey,
  listApiKeys,
  revokeApiKey,
  rotateApiKey,
} from '../../db/api-keys';
import { cloneDatabase, type TestDatabase } from '../support/database';

const nobody = '00000000-0000-0000-0000-000000000000';

describe('an API key', () => {
  let database: TestDatabase;
  let knex: TestDatabase['knex'];
  beforeAll(async () => {
    database = await cloneDatabase();
    ({ knex } = database);
  });
  afterAll(() => database.drop());

  it('is known again, and is nowhere in the database', async () => {
    const { key, record } = await createApiKey(knex, { name: 'Till', role: 'clerk' });
    expect(key).toMatch(/^cvy_[\w-]{43}$/);
    expect(record).toMatchObject({ name: 'Till', role: 'clerk', partner: null, lastUsedAt: null });
    expect(await findApiKey(knex, key)).toEqual(record);
    expect(await findApiKey(knex, `${key}x`)).toBeUndefined();
    const [listed] = await listApiKeys(knex);
    expect(listed?.lastUsedAt).not.toBeNull();
    expect(key.startsWith(record.prefix)).toBe(true);
    expect(JSON.stringify(await knex('api_keys'))).not.toContain(key);
  });

  it('of a partner names the partner, and no other does', async () => {
    const acme = { name: 'Acme', role: 'partner', partner: 'acme' } as const;
    expect((await createApiKey(knex, acme)).record).toMatchObject({ partner: 'acme' });
    const check = { code: '23514' };
    await expect(createApiKey(knex, { name: '', role: 'partner' })).rejects.toMatchObject(check);
    await expect(createApiKey(knex, { ...acme, role: 'clerk' })).rejects.toMatchObject(check);
  });

  it('ends when it is revoked, once', async () => {
    const { key, record } = await createApiKey(knex, { name: 'Old', role: 'viewer' });
    expect(await revokeApiKey(knex, record.id)).toBe(true);
    expect(await findApiKey(knex, key)).toBeUndefined();
    expect(await revokeApiKey(knex, record.id)).toBe(false);
    expect(await revokeApiKey(knex, 'no id')).toBe(false);
  });

  it('is rotated at once, or with a grace in which both work', async () => {
    const old = await createApiKey(knex, { name: 'Shop', role: 'storefront' });
    const second = await rotateApiKey(knex, old.record.id, { graceSeconds: 60 });
    expect(second?.record).toMatchObject({ name: 'Shop', role: 'storefront' });
    expect(await findApiKey(knex, old.key)).toBeDefined();
    const third = await rotateApiKey(knex, second?.record.id ?? '');
    expect(await findApiKey(knex, second?.key ?? '')).toBeUndefined();
    expect(await findApiKey(knex, third?.key ?? '')).toMatchObject({ name: 'Shop' });
    expect(await rotateApiKey(knex, nobody)).toBeUndefined();
  });

  it('from the settings lets its admin in, and no longer the one before', async () => {
    await Promise.all([ensureAdminKey(knex, 'first-key'), ensureAdminKey(knex, 'first-key')]);
    expect(await findApiKey(knex, 'first-key')).toMatchObject({ role: 'admin', prefix: 'firs' });
    await ensureAdminKey(knex, 'second-key');
    expect(await findApiKey(knex, 'first-key')).toBeUndefined();
    await ensureAdminKey(knex, 'first-key');
    expect(await findApiKey(knex, 'first-key')).toBeDefined();
    expect(await findApiKey(knex, 'second-key')).toBeUndefined();
  });
});
