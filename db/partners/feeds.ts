import type { Knex } from 'knex';
import { keepSaid, type Arrival } from './inbox';
import { findPartner, type Partner, type PartnerFeed } from './registry';

/** A partner whose messages are fetched. */
export interface FeedPartner {
  readonly code: string;
  readonly name: string;
  readonly feed: PartnerFeed;
  /** Where the last page ended, in the feed's own words. */
  readonly watermark: string | null;
  /** When it was last fetched to its end, or was registered; ISO 8601. */
  readonly wellAt: string;
}

/** The partner with its feed; undefined when there is none, or nothing is exchanged with it. */
export async function findFeed(knex: Knex, code: string): Promise<FeedPartner | undefined> {
  const partner = await findPartner(knex, code);
  if (!partner?.active || !partner.feed) return undefined;
  const { name, feed } = partner;
  const row = await knex('partners')
    .where({ code })
    .first<{ watermark: string | null; wellAt: string }>(
      'watermark',
      knex.raw('greatest(polled_at, updated_at) as "wellAt"'),
    );
  return { code, name, feed, ...row };
}

/** Every partner, and how often it is to be asked; not at all where nothing is said. */
export async function listFeeds(
  knex: Knex,
): Promise<readonly (Pick<Partner, 'code' | 'name'> & { readonly everySeconds?: number })[]> {
  const rows = (await knex('partners').select('code', 'name', 'active', 'feed')) as Pick<
    Partner,
    'code' | 'name' | 'active' | 'feed'
  >[];
  return rows.map(({ code, name, active, feed }) => ({
    ...{ code, name },
    ...(active && feed && { everySeconds: feed.everySeconds }),
  }));
}

/** How many messages of a page were new, were known, and could not be read. */
export interface Counts {
  readonly kept: number;
  readonly repeated: number;
  readonly unread: number;
}

async function keepAll(knex: Knex, arrivals: readonly Arrival[]): Promise<Counts> {
  const counts = { kept: 0, repeated: 0, unread: 0 };
  for (const arrival of arrivals) {
    const { outcome } = await keepSaid(knex, arrival);
    counts['unread' in arrival && outcome === 'kept' ? 'unread' : outcome] += 1;
  }
  return counts;
}

/** Keeps the messages of a file, all or none. */
export async function keepFile(knex: Knex, arrivals: readonly Arrival[]): Promise<Counts> {
  return knex.transaction((trx) => keepAll(trx, arrivals));
}

/**
 * Keeps the messages of a page and where the next one begins, all or none; undefined when somebody else has
 * gone on from the same place meanwhile.
 */
export async function keepPage(
  knex: Knex,
  { code, watermark }: Pick<FeedPartner, 'code' | 'watermark'>,
  arrivals: readonly Arrival[],
  next: string,
): Promise<Counts | undefined> {
  return knex.transaction(async (trx) => {
    const moved = await trx('partners')
      .where({ code })
      .whereRaw('watermark is not distinct from ?::text', [watermark])
      .update({ watermark: next });
    return moved === 0 ? undefined : keepAll(trx, arrivals);
  });
}

/** Remembers that a feed was fetched to its end. */
export async function feedIsWell(knex: Knex, code: string): Promise<void> {
  await knex('partners').where({ code }).update({ polled_at: knex.fn.now() });
}
