import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createSignedTokens } from '../../db/secrets/signed-tokens';
import { cloneDatabase, type TestDatabase } from '../support/database';
import { testVault } from '../support/vault';

const noon = new Date('2026-11-23T12:00:00Z');
const claim = { purpose: 'download', subject: '100001/A', expiresAt: '2026-11-24T12:00:00.000Z' };

describe('a signed token', () => {
  let database: TestDatabase;
  let other: TestDatabase;
  beforeAll(async () => {
    database = await cloneDatabase();
    other = await cloneDatabase();
  });
  afterAll(async () => {
    await database.drop();
    await other.drop();
  });

  it('is read by every process that shares the database, whoever asks first', async () => {
    const processes = Array.from({ length: 5 }, () => createSignedTokens(database.knex, testVault));
    const tokens = await Promise.all(processes.map((each) => each.sign(claim)));
    expect(new Set(tokens).size).toBe(1);
    const { subject, expiresAt } = claim;
    expect(await processes[4]?.read('download', tokens[0] ?? '', noon)).toEqual({
      ...{ outcome: 'valid', subject, expiresAt },
    });
  });

  it('says that it has expired only when it was signed here', async () => {
    const tokens = createSignedTokens(database.knex, testVault);
    const old = await tokens.sign({ ...claim, expiresAt: noon.toISOString() });
    expect((await tokens.read('download', old, noon)).outcome).toBe('expired');
    expect((await tokens.read('download', `${old}x`, noon)).outcome).toBe('unknown');
  });

  it('opens nothing else, nowhere else, and nothing once changed', async () => {
    const tokens = createSignedTokens(database.knex, testVault);
    const token = await tokens.sign(claim);
    const [body = '', signature = ''] = token.split('.');
    const forged = Buffer.from(JSON.stringify(['100002/A', claim.expiresAt])).toString('base64url');
    const wrong = [
      ...['', '.', 'a.b', 'a.b.c', body, `${body}.`, `.${signature}`],
      ...[`${forged}.${signature}`, `${token}.${signature}`, token.slice(0, -2)],
    ];
    for (const each of wrong) {
      expect((await tokens.read('download', each, noon)).outcome).toBe('unknown');
    }
    expect((await tokens.read('guest', token, noon)).outcome).toBe('unknown');
    const elsewhere = createSignedTokens(other.knex, testVault);
    expect((await elsewhere.read('download', token, noon)).outcome).toBe('unknown');
  });
});
