import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Knex } from 'knex';
import { isSealed, type Vault } from './vault';

/** What a token lets its bearer do: one thing, to one subject, until a moment (ISO 8601). */
export interface Claim {
  readonly purpose: string;
  readonly subject: string;
  readonly expiresAt: string;
}

/** What a token turned out to be; `unknown` is everything that was not signed here for this purpose. */
export type ReadToken =
  | ({ readonly outcome: 'valid' | 'expired' } & Omit<Claim, 'purpose'>)
  | { readonly outcome: 'unknown' };

export interface SignedTokens {
  sign(claim: Claim): Promise<string>;
  read(purpose: string, token: string, now: Date): Promise<ReadToken>;
}

const SECRET = 'signed-tokens';
const SECRET_BYTES = 32;
const LONGEST = 4_000;

/** Tokens that anybody can carry and nobody can make; every process that shares the database knows them. */
export function createSignedTokens(knex: Knex, vault: Vault): SignedTokens {
  let known: Promise<Buffer> | undefined;
  const secret = () => {
    known ??= secretOf(knex, vault, SECRET);
    // A database that was away is asked again.
    known.catch(() => (known = undefined));
    return known;
  };
  return {
    async sign({ purpose, subject, expiresAt }) {
      const body = Buffer.from(JSON.stringify([subject, expiresAt])).toString('base64url');
      return `${body}.${signatureOf(await secret(), purpose, body).toString('base64url')}`;
    },
    async read(purpose, token, now) {
      const [body = '', signature = '', ...rest] = token.split('.');
      if (token.length > LONGEST || rest.length > 0) return { outcome: 'unknown' };
      const signed = signatureOf(await secret(), purpose, body);
      const sent = Buffer.from(signature, 'base64url');
      if (sent.length !== signed.length || !timingSafeEqual(sent, signed)) {
        return { outcome: 'unknown' };
      }
      const claim = JSON.parse(Buffer.from(body, 'base64url').toString()) as [string, string];
      const [subject, expiresAt] = claim;
      const isOver = Date.parse(expiresAt) <= now.getTime();
      return { outcome: isOver ? 'expired' : 'valid', subject, expiresAt };
    },
  };
}

/** The purpose is signed along, so that a token for one thing opens nothing else. */
function signatureOf(secret: Buffer, purpose: string, body: string): Buffer {
  return createHmac('sha256', secret)
    .update(JSON.stringify([purpose, body]))
    .digest();
}

/** What the secret of this name is sealed under. */
export function aboutSecret(name: string): string {
  return `secret ${name}`;
}

/** The secret of this name, made by whoever asks first; one that an earlier release kept plain is sealed. */
async function secretOf(knex: Knex, vault: Vault, name: string): Promise<Buffer> {
  const about = aboutSecret(name);
  const made = randomBytes(SECRET_BYTES).toString('base64');
  await knex('secrets')
    .insert({ name, secret: vault.seal(made, about) })
    .onConflict('name')
    .ignore();
  const { secret } = await knex('secrets').where({ name }).first<{ secret: string }>('secret');
  if (isSealed(secret)) return Buffer.from(vault.open(secret, about), 'base64');
  await knex('secrets')
    .where({ name, secret })
    .update({ secret: vault.seal(secret, about) });
  return Buffer.from(secret, 'base64');
}
