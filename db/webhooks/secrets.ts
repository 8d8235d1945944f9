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
  const newest = vault.open(row.secret, nameOf(id));
  if (!vault.isNewest(row.secret)) await sealAnew(knex, vault, id, { ...row, newest });
  return [newest, ...(row.former === null ? [] : [vault.open(row.former, nameOf(id))])];
}

/** Seals an endpoint's secret with the vault's newest key, unless somebody has changed it meanwhile. */
async function sealAnew(
  knex: Knex,
  vault: Vault,
  id: string,
  { secret, newest }: Row & { readonly newest: string },
): Promise<void> {
  await knex('webhook_endpoints')
    .where({ id, secret })
    .update({ secret: sealFor(vault, newest)(id) });
}

/** What a secret is sealed under: another endpoint's does not open in its place. */
function nameOf(id: string): string {
  return `webhook ${id}`;
}
