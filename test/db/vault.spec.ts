import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { putPartner } from '../../db/partners/registry';
import { credentialOf, rotateSecret } from '../../db/partners/secrets';
import { sealAnew } from '../../db/secrets/sealing-anew';
import { createSignedTokens } from '../../db/secrets/signed-tokens';
import { partnerSigner, secretsOf, webhookSigner } from '../../db/secrets/signing';
import { createVault } from '../../db/secrets/vault';
import { createEndpoint } from '../../db/webhooks/endpoints';
import { cloneDatabase, type TestDatabase } from '../support/database';

const aKey = () => randomBytes(32).toString('base64');
const [first, second] = [aKey(), aKey()];
const claim = { purpose: 'p', subject: 's', expiresAt: '2999-01-01T00:00:00.000Z' };
const noTerms = { terms: {}, capabilities: {} };
const aHook = { url: 'https://erp.example/hooks', description: '', events: [] };

describe('a vault', () => {
  const vault = createVault([first]);

  it('opens what it sealed, and shows nothing of it', () => {
    const sealed = vault.seal('whsec_tränen', 'partner acme');
    expect(vault.open(sealed, 'partner acme')).toBe('whsec_tränen');
    expect(sealed).not.toContain('tränen');
    expect(vault.seal('whsec_tränen', 'partner acme')).not.toBe(sealed);
  });

  it('opens nothing under another name, nothing that was changed, and nothing of another key', () => {
    const sealed = vault.seal('secret', 'partner acme');
    const changed = sealed.slice(0, 30) + (sealed[30] === 'Z' ? 'Y' : 'Z') + sealed.slice(31);
    const refusal =
      /^The secret of partner \w+ was not sealed with a key of SECRETS_KEY: add the key/;
    expect(() => vault.open(sealed, 'partner other')).toThrow(refusal);
    expect(() => vault.open(changed, 'partner acme')).toThrow(refusal);
    expect(() => vault.open('sealed.x', 'partner acme')).toThrow(refusal);
    expect(() => vault.open('secret', 'partner acme')).toThrow(refusal);
    expect(() => createVault([second]).open(sealed, 'partner acme')).toThrow(refusal);
  });

  it('seals with the first of its keys and opens with all, so that keys can follow each other', () => {
    const old = vault.seal('secret', 'partner acme');
    const both = createVault([second, first]);
    expect(both.open(old, 'partner acme')).toBe('secret');
    expect(both.isNewest(old)).toBe(false);
    const fresh = both.seal('secret', 'partner acme');
    expect(both.isNewest(fresh)).toBe(true);
    expect(createVault([second]).open(fresh, 'partner acme')).toBe('secret');
  });

  it('is not made without a key, and says what to do', () => {
    expect(() => createVault([])).toThrow('SECRETS_KEY is not set: set it, the same for the api');
    expect(() => createVault(['c2hvcnQ='])).toThrow('is not 32 bytes in Base64');
  });
});

describe('the secret that links are signed with', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await cloneDatabase();
  });
  afterAll(() => database.drop());

  const kept = async () => (await database.knex('secrets').first<{ secret: string }>()).secret;

  it('is sealed; one that an earlier release kept plain is sealed when it is first read, and signs on', async () => {
    const plain = randomBytes(32).toString('base64');
    await database.knex('secrets').insert({ name: 'signed-tokens', secret: plain });
    const tokens = createSignedTokens(database.knex, createVault([first]));
    const token = await tokens.sign(claim);
    const sealed = await kept();
    expect(sealed).toMatch(/^sealed\./);
    expect(createVault([first]).open(sealed, 'secret signed-tokens')).toBe(plain);
    const other = createSignedTokens(database.knex, createVault([second, first]));
    expect(await other.read('p', token, new Date())).toMatchObject({ outcome: 'valid' });
    const elsewhere = createSignedTokens(database.knex, createVault([second]));
    await expect(elsewhere.sign(claim)).rejects.toThrow('The secret of secret signed-tokens');
  });
});

describe('a key that follows another', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await cloneDatabase();
  });
  afterAll(() => database.drop());

  it('seals anew all that is sealed, once, so that the one before is not needed any more', async () => {
    const { knex } = database;
    const old = createVault([first]);
    const transport = {
      kind: 'sftp',
      host: 'files.example',
      user: 'u',
      path: '/',
      port: 22,
    } as const;
    const partner = { code: 'acme', name: 'Acme', active: true, transport, feed: null };
    const credential = { password: 'letmein' };
    const { secret } = await putPartner(knex, old, { ...partner, ...noTerms, credential });
    const rotated = await rotateSecret(knex, old, 'acme', 24);
    const endpoint = await createEndpoint(knex, aHook, (id) =>
      old.seal('whsec_hook', webhookSigner.about(id)),
    );
    const token = await createSignedTokens(knex, old).sign(claim);

    expect(await sealAnew(knex, createVault([second, first]))).toBe(5);
    expect(await sealAnew(knex, createVault([second, first]))).toBe(0);
    const fresh = createVault([second]);
    expect(await secretsOf(knex, fresh, partnerSigner, 'acme')).toEqual([rotated?.secret, secret]);
    expect(await secretsOf(knex, fresh, webhookSigner, endpoint.id)).toEqual(['whsec_hook']);
    expect(await credentialOf(knex, fresh, 'acme')).toEqual(credential);
    const read = await createSignedTokens(knex, fresh).read('p', token, new Date());
    expect(read).toMatchObject({ outcome: 'valid' });
  });
});
