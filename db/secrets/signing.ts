import { randomBytes } from 'node:crypto';
import type { Knex } from 'knex';
import type { Vault } from './vault';

/** Whose secrets sign: a table with the newest, and the one before while it holds, and what a row of it is called. */
export interface Signer {
  readonly table: 'partners' | 'webhook_endpoints';
  readonly key: 'code' | 'id';
  /** What its secret is sealed under: that of another row does not open in its place. */
  readonly about: (key: string) => string;
}

export const partnerSigner: Signer = {
  table: 'partners',
  key: 'code',
  about: (code) => `partner ${code}: secret`,
};

export const webhookSigner: Signer = {
  table: 'webhook_endpoints',
  key: 'id',
  about: (id) => `webhook ${id}`,
};

const SECRET_BYTES = 32;

/** A new secret as Standard Webhooks writes them. */
export function newSecret(): string {
  return `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;
}

interface Sealed {
  readonly secret: string;
  readonly former: string | null;
}

/** What somebody signs with: the newest secret, and the one before while it holds; none of nobody. */
export async function secretsOf(
  knex: Knex,
  vault: Vault,
  { table, key, about }: Signer,
  of: string,
): Promise<readonly string[]> {
  const row = await knex(table)
    .where(key, of)
    .first<Sealed | undefined>(
      'secret',
      knex.raw('case when former_until > now() then former_secret end as former'),
    );
  if (!row) return [];
  const sealed = row.former === null ? [row.secret] : [row.secret, row.former];
  return sealed.map((each) => vault.open(each, about(of)));
}
