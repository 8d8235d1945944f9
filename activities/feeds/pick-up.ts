import type { Knex } from 'knex';
import type { Arrival } from '../../db/partners/inbox';
import {
  feedIsWell,
  findFeed,
  keepFile,
  keepPage,
  type Counts,
  type FeedPartner,
} from '../../db/partners/feeds';
import { partnerSigner, secretsOf } from '../../db/secrets/signing';
import type { Vault } from '../../db/secrets/vault';
import { endHouseTask, raiseHouseTask } from '../../db/tasks/house';
import { retryTheWorld } from '../failures';
import type { Post } from '../sending/post';
import { folderIn } from '../partners/folder';
import { filesIn, putAside, readFileOf, type Reading } from './folder';
import { fetchPage } from './http';
import { arrivalOf } from './page';

export interface FeedDependencies {
  readonly vault: Vault;
  /** Asks a feed, and reads whole pages. */
  readonly fetch: Post;
  /** The folder of exchanged files; what partners leave is within it. */
  readonly exchangeDir: string;
  readonly reading: Reading;
  /** How long a file is left alone after it changed; 2 s unless said. */
  readonly settledMs?: number;
  /** How long a feed may fail before people are asked to look; an hour unless said. */
  readonly patienceMs?: number;
}

/** What one part of a pick-up came to. */
export interface PickedUp extends Counts {
  /** Whether there is more to be picked up now. */
  readonly isMore: boolean;
}

/** Pages or files that one activity picks up. */
const PART = 20;
const PATIENCE_MS = 3_600_000;
const REASON = 'feed-failing';

const nothing: Counts = { kept: 0, repeated: 0, unread: 0 };

function added(so: Counts, more: Counts): Counts {
  return {
    kept: so.kept + more.kept,
    repeated: so.repeated + more.repeated,
    unread: so.unread + more.unread,
  };
}

/** Picks up what partners say who call nobody; each can run twice, and at the same time. */
export function createPickUps(
  dependencies: FeedDependencies & { readonly knex: Knex; readonly heartbeat: () => void },
) {
  const { knex, vault, fetch, exchangeDir, reading, settledMs, heartbeat } = dependencies;
  const { patienceMs = PATIENCE_MS } = dependencies;

  /** One page; undefined at the end of the feed, or where somebody else picks it up. */
  async function pickUpPage(partner: FeedPartner, url: string): Promise<Counts | undefined> {
    const { code, watermark } = partner;
    const secrets = await secretsOf(knex, vault, partnerSigner, code);
    const { messages, next } = await fetchPage(fetch, { url, after: watermark, secrets });
    if (messages.length === 0 || next === watermark) return undefined;
    const arrivals = messages.map((sent) => arrivalOf(code, sent, reading.readSaid));
    return keepPage(knex, partner, arrivals, next);
  }

  async function pickUpPages(partner: FeedPartner, url: string): Promise<PickedUp> {
    let so = nothing;
    for (let page = 1; page <= PART; page += 1) {
      heartbeat();
      const now = page === 1 ? partner : await findFeed(knex, partner.code);
      const counts = now && (await pickUpPage(now, url));
      if (!counts) return { ...so, isMore: false };
      so = added(so, counts);
    }
    return { ...so, isMore: true };
  }

  async function pickUpFiles({ code }: FeedPartner, path: string): Promise<PickedUp> {
    const folder = await folderIn(exchangeDir, path);
    if (folder === undefined) {
      throw new Error(`${path} leads out of the folder of exchanged files.`);
    }
    const files = await filesIn(folder, settledMs);
    let so = nothing;
    for (const file of files.slice(0, PART)) {
      heartbeat();
      const arrivals: readonly Arrival[] = await readFileOf(code, file, reading);
      // Who dies in between reads it again, and finds it known.
      so = added(so, await keepFile(knex, arrivals));
      await putAside(file, arrivals);
    }
    return { ...so, isMore: files.length > PART };
  }

  async function pickUpFrom(code: string): Promise<PickedUp> {
    const partner = await findFeed(knex, code);
    if (!partner) return { ...nothing, isMore: false };
    const { feed } = partner;
    const picked =
      feed.kind === 'http'
        ? await pickUpPages(partner, feed.url)
        : await pickUpFiles(partner, feed.path);
    if (!picked.isMore) {
      await feedIsWell(knex, code);
      await endHouseTask(knex, { reason: REASON, about: `partner ${code}` }, 'itself');
    }
    return picked;
  }

  return {
    /** Picks up the next part of what a partner says. */
    pickUpFeed: (code: string): Promise<PickedUp> => retryTheWorld(() => pickUpFrom(code)),

    /** Has people look at a feed that has failed for long; one that just began to is tried again first. */
    feedFailed: (code: string, why: string): Promise<void> =>
      retryTheWorld(async () => {
        const partner = await findFeed(knex, code);
        if (!partner || Date.now() - Date.parse(partner.wellAt) < patienceMs) return;
        const { name, wellAt } = partner;
        const text = `Nothing was picked up from ${name} (${code}) since ${wellAt}: ${why}`;
        await raiseHouseTask(knex, { reason: REASON, about: `partner ${code}`, text });
      }),
  };
}
