import { randomBytes } from 'node:crypto';
import type { Knex } from 'knex';
import type { Vault } from '../secrets/vault';

/** What opens a partner's SFTP server. */
export interface Credential {
  readonly password?: string;
  /** In PEM or OpenSSH's own format. */
  readonly privateKey?: string;
  readonly passphrase?: string;
}

const SECRET_BYTES = 32;

/** A secret as Standard Webhooks writes them. */
export function madeSecret(): string {
  return `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;
}

// What a sealed text is about is sealed along: the secret of one partner opens as nobody else's.
const aboutSecret = (code: string) => `partner ${code}: secret`;
const aboutCredential = (code: string) => `partner ${code}: credential`;

export function sealedSecret(vault: Vault, code: string, secret: string): string {
  return vault.seal(secret, aboutSecret(code));
}

export function sealedCredential(vault: Vault, code: string, credential: Credential): string {
  return vault.seal(JSON.stringify(credential), aboutCredential(code));
}

interface Sealed {
  readonly secret: string;
  readonly former: string | null;
}

/** What signs both ways: the newest secret, and the one before while it holds; none of a partner that is not there. */
export async function secretsOf(
  knex: Knex,
  vault: Vault,
  code: string,
): Promise<readonly string[]> {
  const row = await knex('partners')
    .where({ code })
    .first<Sealed | undefined>(
      'secret',
      knex.raw('case when former_until > now() then former_secret end as former'),
    );
  if (!row) return [];
  const { secret, former } = row;
  const sealed = former === null ? [secret] : [secret, former];
  return sealed.map((each) => vault.open(each, aboutSecret(code)));
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
  const secret = madeSecret();
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
