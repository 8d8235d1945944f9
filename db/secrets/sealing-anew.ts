import type { Knex } from 'knex';
import { aboutCredential } from '../partners/secrets';
import { partnerSigner, webhookSigner } from './signing';
import { aboutSecret } from './signed-tokens';
import { isSealed, type Vault } from './vault';

interface SealedColumn {
  readonly table: 'secrets' | 'partners' | 'webhook_endpoints';
  readonly key: 'name' | 'code' | 'id';
  readonly column: 'secret' | 'former_secret' | 'credential';
  readonly about: (key: string) => string;
}

/** Everything that the database keeps sealed; a secret before the former one, which it becomes when somebody gets a new one meanwhile. */
const columns: readonly SealedColumn[] = [
  { table: 'secrets', key: 'name', column: 'secret', about: aboutSecret },
  { ...partnerSigner, column: 'secret' },
  { ...partnerSigner, column: 'former_secret' },
  { table: 'partners', key: 'code', column: 'credential', about: aboutCredential },
  { ...webhookSigner, column: 'secret' },
  { ...webhookSigner, column: 'former_secret' },
];

/** Seals everything with the vault's newest key that another one sealed, and says how much that was: then no other is needed any more. */
export async function sealAnew(knex: Knex, vault: Vault): Promise<number> {
  let count = 0;
  for (const { table, key, column, about } of columns) {
    const rows = (await knex(table).whereNotNull(column).select({ of: key, sealed: column })) as {
      of: string;
      sealed: string;
    }[];
    for (const { of, sealed } of rows) {
      if (vault.isNewest(sealed)) continue;
      const plain = isSealed(sealed) ? vault.open(sealed, about(of)) : sealed;
      const anew = vault.seal(plain, about(of));
      // Whoever has changed it meanwhile has sealed it with the newest key.
      count += await knex(table)
        .where({ [key]: of, [column]: sealed })
        .update({ [column]: anew });
    }
  }
  return count;
}
