import { randomBytes } from 'node:crypto';
import type { Knex } from 'knex';
import type { Vault } from '../secrets/vault';

const SECRET_BYTES = 24;

interface Row {
  readonly secret: string;
  readonly former: string | null;
}

/** A secret as Standard Webhooks writes them. */
export function newSecret(): string {
  return `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;
}

/** Seals the secret of the endpoint with this id. */
export function sealFor(vault: Vault, secret: string): (id: string) => string {
  return (id) => vault.seal(secret, nameOf(id));
}

/** What an endpoint's webhooks are signed with, newest first; empty when there is no such endpoint. */
export async function secretsOf(knex: Knex, vault: Vault, id: string): Promise<readonly string[]> {
  const row = await knex('webhook_endpoints')
    .where({ id })
    .first<Row | undefined>(
      'secret',
      knex.raw('case when former_until > now() then former_secret end as former'),
    );
  if (!row) return [];
  const sealed = [row.secret, ...(row.former === null ? [] : [row.former])];
  return sealed.map((each) => vault.open(each, nameOf(id)));
}

/** What a secret is sealed under: another endpoint's does not open in its place. */
function nameOf(id: string): string {
  return `webhook ${id}`;
}
