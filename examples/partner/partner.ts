import { randomUUID } from 'node:crypto';
import { once, setMaxListeners } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp } from './app';
import { Book, type Said } from './book';
import { Feed } from './feed';
import { openExchange, type Folders } from './folders';
import { isNothingLeft, Jobs, withdraw, type Job } from './jobs';
import { createManners, type Manners } from './manners';
import { post, type Posting } from './posting';
import { createSigning } from './signing';
import { isAboutAnOrder, readLetter, type Letter } from './wire';
import { work, type Words } from './work';

export interface PartnerOptions {
  /** The code that the shop knows this partner by. */
  readonly code: string;
  /** What is shared with the shop, the newest first. */
  readonly secrets: readonly [string, ...string[]];
  /** Where the shop takes callbacks; without it everything is said in the feed alone. */
  readonly callbacksTo?: string;
  /** Takes letters, and leaves messages, as files as well. */
  readonly folders?: Folders;
  /** A free one unless said. */
  readonly port?: number;
  readonly manners?: Partial<Manners>;
  /** The longest pause between two attempts at a callback; a minute unless said. */
  readonly longestPauseMs?: number;
}

/** A fulfilment partner's service, running. */
export interface Partner {
  readonly code: string;
  /** Without a path; letters go to `/letters`. */
  readonly url: string;
  readonly book: Book;
  stop(): Promise<void>;
}

/** Starts a partner that takes the shop's letters and works on them; what it was told is forgotten when it stops. */
export async function startPartner(options: PartnerOptions): Promise<Partner> {
  const { code, secrets, callbacksTo, folders, port = 0, longestPauseMs } = options;
  const [book, feed, jobs] = [new Book(), new Feed(), new Jobs()];
  const manners = createManners(options.manners);
  const signing = createSigning(secrets);
  const stopping = new AbortController();
  const { signal } = stopping;
  // Every order in hand and every message waits on it.
  setMaxListeners(0, signal);
  const posting: Posting | undefined =
    callbacksTo === undefined ? undefined : { url: callbacksTo, signing, signal, longestPauseMs };
  const exchange = folders && openExchange(folders, takeFile, signal);

  /** Lets the shop know in every way that was agreed. */
  function publish(said: Said): void {
    const cruelly = manners.of(said.message.order);
    for (let time = 0; time < cruelly.times; time += 1) {
      feed.put(said);
      exchange?.leave(said);
    }
    if (posting) void post(posting, said, cruelly);
  }

  /** Keeps what is said before it is said. */
  function say({ order }: Job, words: Words): void {
    const at = new Date().toISOString();
    publish(book.keep({ id: `msg_${randomUUID()}`, order, at, ...words }));
  }

  async function workOn(job: Job): Promise<void> {
    const ways = manners.of(job.order);
    const heldBack: Words[] = [];
    const tell = (words: Words) => (ways.reversed ? heldBack.push(words) : say(job, words));
    await work(job, ways, { code, signal, say: tell });
    for (const words of heldBack.reverse()) say(job, words);
  }

  function takeUp(letter: Letter): void {
    const job = jobs.of(letter);
    if (letter.type === 'order') job.asked.push(...letter.lines);
    if (letter.type === 'cancellation') withdraw(job, letter.lines);
    if (letter.type === 'reminder' || isNothingLeft(job)) job.remind();
    if (letter.type !== 'order') return;
    book.working += 1;
    // Stopping ends every pause with an error, and there is nothing else that can fail.
    workOn(job)
      .catch(() => undefined)
      .finally(() => void (book.working -= 1));
  }

  function takeFile(value: unknown): void {
    const letter = readLetter(value);
    if (!('fault' in letter) && book.isNews(letter) && isAboutAnOrder(letter)) takeUp(letter);
  }

  const app = createApp({ book, feed, manners, signing, takeUp });
  const server = createServer(app);
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const bound = server.address() as AddressInfo;

  return {
    code,
    book,
    url: `http://127.0.0.1:${bound.port}`,
    async stop() {
      stopping.abort();
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
