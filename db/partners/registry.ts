import type { Knex } from 'knex';
import type { Terms } from '../../machines/partners/due';
import type { Vault } from '../secrets/vault';
import { newSecret } from '../secrets/signing';
import { sealedCredential, sealedSecret, type Credential } from './secrets';

/** How a partner is told. A folder's path begins in the folder of exchanged files and stays in it. */
export type Transport =
  | { readonly kind: 'http'; readonly url: string }
  | { readonly kind: 'folder'; readonly path: string }
  | {
      readonly kind: 'sftp';
      readonly host: string;
      /** 22 unless said. */
      readonly port?: number;
      readonly user: string;
      readonly path: string;
      /** What the server proves itself by, as `SHA256:…`; without it nothing is sent. */
      readonly hostKey?: string;
    };

/** Where the messages of a partner that calls nobody are fetched, and how often. */
export type PartnerFeed =
  | { readonly kind: 'http'; readonly url: string; readonly everySeconds: number }
  | { readonly kind: 'folder'; readonly path: string; readonly everySeconds: number };

/** What a partner can do; all of it unless said otherwise. */
export interface Capabilities {
  /** Whether it answers what it is asked; one that does not has accepted what has reached it. */
  readonly accepts?: boolean;
  /** Whether it reads cancellations; else people have to call it. */
  readonly cancellations?: boolean;
  /** Whether it sends an order in several parcels. */
  readonly partial?: boolean;
}

/** A fulfilment partner as it may be shown: never its secrets. */
export interface Partner {
  readonly code: string;
  readonly name: string;
  /** Nothing is sent to one that is not. */
  readonly active: boolean;
  readonly transport: Transport;
  readonly feed: PartnerFeed | null;
  /** How long it may take, where that differs from the table. */
  readonly terms: Terms;
  readonly capabilities: Capabilities;
  /** Whether a password or a private key of SFTP is kept for it. */
  readonly hasCredential: boolean;
  /** Until when the secret before the newest one holds beside it. */
  readonly formerUntil: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export type NewPartner = Pick<
  Partner,
  'code' | 'name' | 'active' | 'transport' | 'feed' | 'terms' | 'capabilities'
> & {
  /** Absent: the one that is kept stays. */
  readonly credential?: Credential;
};

/** A partner with its secret, at the only moment at which that is known; absent where it had one before. */
export interface PutPartner {
  readonly partner: Partner;
  readonly secret?: string;
}

const columns = {
  code: 'code',
  name: 'name',
  active: 'active',
  transport: 'transport',
  feed: 'feed',
  terms: 'terms',
  capabilities: 'capabilities',
  createdAt: 'created_at',
  updatedAt: 'updated_at',
};

function partners(knex: Knex) {
  return knex('partners').select<Partner[]>(
    columns,
    knex.raw('credential is not null as "hasCredential"'),
    knex.raw('case when former_until > now() then former_until end as "formerUntil"'),
  );
}

export async function findPartner(knex: Knex, code: string): Promise<Partner | undefined> {
  return partners(knex).where({ code }).first<Partner | undefined>();
}

/** Every partner, by its code. */
export async function listPartners(knex: Knex): Promise<readonly Partner[]> {
  return partners(knex).orderBy('code');
}

/** Registers a partner with a secret of its own, or changes one that is there, whose secret stays. */
export async function putPartner(knex: Knex, vault: Vault, put: NewPartner): Promise<PutPartner> {
  const { code, name, active, transport, feed, terms, capabilities, credential } = put;
  const secret = newSecret();
  const row = {
    ...{ code, name, active },
    transport: JSON.stringify(transport),
    feed: feed && JSON.stringify(feed),
    terms: JSON.stringify(terms),
    capabilities: JSON.stringify(capabilities),
    ...(credential && { credential: sealedCredential(vault, code, credential) }),
    // Kept for nobody: a server that is not used any more is not to be reached by its password either.
    ...(transport.kind !== 'sftp' && { credential: null }),
  };
  return knex.transaction(async (trx) => {
    const made = await trx('partners')
      .insert({ ...row, secret: sealedSecret(vault, code, secret) })
      .onConflict('code')
      .ignore();
    const isNew = (made as unknown as { rowCount: number }).rowCount > 0;
    if (!isNew) {
      await trx('partners')
        .where({ code })
        .update({ ...row, updated_at: trx.fn.now() });
    }
    const partner = (await findPartner(trx, code)) as Partner;
    return { partner, ...(isNew && { secret }) };
  });
}
