import type { Knex } from 'knex';
import { newSecret, partnerSigner } from '../secrets/signing';
import type { Vault } from '../secrets/vault';

/** What opens a partner's SFTP server. */
export interface Credential {
  readonly password?: string;
  /** In PEM or OpenSSH's own format. */
  readonly privateKey?: string;
  readonly passphrase?: string;
}

/** What a partner's credential is sealed under: that of another does not open in its place. */
export function aboutCredential(code: string): string {
  return `partner ${code}: credential`;
}

export function sealedSecret(vault: Vault, code: string, secret: string): string {
  return vault.seal(secret, partnerSigner.about(code));
}

export function sealedCredential(vault: Vault, code: string, credential: Credential): string {
  return vault.seal(JSON.stringify(credential), aboutCredential(code));
}

/** What opens the partner's SFTP server; undefined where nothing was given for it. */
export async function credentialOf(
  knex: Knex,
  vault: Vault,
  code: string,
): Promise<Credential | undefined> {
  const row = await knex('partners')
    .where({ code })
    .first<{ credential: string | null }>('credential');
  if (!row || row.credential === null) return undefined;
  return JSON.parse(vault.open(row.credential, aboutCredential(code))) as Credential;
}

/** A new secret at the only moment at which it is known, and until when the former one holds. */
export interface Rotated {
  readonly secret: string;
  readonly formerUntil: string | null;
}

/** Gives a partner a new secret; the one before holds for so many hours more. Undefined when there is no such partner. */
export async function rotateSecret(
  knex: Knex,
  vault: Vault,
  code: string,
  overlapHours: number,
): Promise<Rotated | undefined> {
  const secret = newSecret();
  const isKept = overlapHours > 0;
  const [row] = await knex('partners')
    .where({ code })
    .update({
      secret: sealedSecret(vault, code, secret),
      former_secret: isKept ? knex.ref('secret') : null,
      former_until: isKept ? knex.raw(`now() + ? * interval '1 hour'`, [overlapHours]) : null,
      updated_at: knex.fn.now(),
    })
    .returning<{ formerUntil: string | null }[]>(['former_until as formerUntil']);
  return row && { secret, formerUntil: row.formerUntil };
}
