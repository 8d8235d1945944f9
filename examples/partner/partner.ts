import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp } from './app';
import { Book } from './book';
import { Feed } from './feed';
import { Jobs, withdraw, type Job } from './jobs';
import { createManners, type Manners } from './manners';
import { post, type Posting } from './posting';
import { createSigning } from './signing';
import type { Letter } from './wire';
import { work, type Words } from './work';

export interface PartnerOptions {
  /** The code that the shop knows this partner by. */
  readonly code: string;
  /** What is shared with the shop, the newest first. */
  readonly secrets: readonly [string, ...string[]];
  /** Where the shop takes callbacks; without it everything is said in the feed alone. */
  readonly callbacksTo?: string;
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
  const { code, secrets, callbacksTo, port = 0, longestPauseMs } = options;
  const [book, feed, jobs] = [new Book(), new Feed(), new Jobs()];
  const manners = createManners(options.manners);
  const signing = createSigning(secrets);
  const stopping = new AbortController();
  const { signal } = stopping;
  const posting: Posting | undefined =
    callbacksTo === undefined ? undefined : { url: callbacksTo, signing, signal, longestPauseMs };

  /** Keeps what is said, puts it into the feed and posts it. */
  function say({ order, handOver }: Job, words: Words): void {
    const count = book.said.filter(({ message }) => message.order === order).length;
    const id = `${code}-${order}-${handOver}-${words.type}-${count + 1}`;
    const said = book.keep({ id, order, at: new Date().toISOString(), ...words });
    const cruelly = manners.of(order);
    for (let time = 0; time < cruelly.times; time += 1) feed.put(said);
    if (posting) void post(posting, said, cruelly);
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
    if (letter.type === 'cancellation') withdraw(job, letter.lines);
    if (letter.type === 'reminder') job.remind();
    if (letter.type !== 'order') return;
    job.asked.push(...letter.lines);
    // Stopping ends every pause with an error, and there is nothing else that can fail.
    workOn(job).catch(() => undefined);
  }

  const app = createApp({ book, feed, manners, signing, feedSecrets: secrets, takeUp });
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
