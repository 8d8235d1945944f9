import { setTimeout as sleep } from 'node:timers/promises';
import express, { type Express, type Request } from 'express';
import { z } from 'zod';
import type { Book } from './book';
import type { Feed } from './feed';
import { crueltySchema, type MannersBook } from './manners';
import type { Signing } from './signing';
import { isAboutAnOrder, readLetter, type Letter } from './wire';

export interface AppParts {
  readonly book: Book;
  readonly feed: Feed;
  readonly manners: MannersBook;
  readonly signing: Signing;
  /** Told of each letter about an order once. */
  readonly takeUp: (letter: Letter) => void;
}

const pageSchema = z.object({
  after: z.string().default(''),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
});

function headersOf(request: Request): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, value?.toString()]),
  );
}

/** The partner's service over HTTP: `/letters` and `/feed` for the shop, `/book` and `/cruelty` for whoever watches. */
export function createApp(parts: AppParts): Express {
  const { book, feed, manners, signing, takeUp } = parts;
  const app = express();
  app.disable('x-powered-by');

  app.get('/book', (_request, response) => response.json(book));
  app.post('/cruelty', express.json(), (request, response) => {
    const read = crueltySchema.safeParse(request.body);
    if (!read.success) return void response.status(400).send(z.prettifyError(read.error));
    manners.set(read.data);
    response.status(204).end();
  });

  app.use((request, _response, next) => {
    // Down: whoever calls finds nobody, as when the machine is off.
    if (manners.isDown()) request.socket.destroy();
    else next();
  });

  // The signature is over the bytes as they came, so they are read before anything else is.
  app.post(
    '/letters',
    express.raw({ type: () => true, limit: '1mb' }),
    async (request, response) => {
      const raw = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      if (!signing.isSigned(raw, headersOf(request))) {
        book.unsigned += 1;
        return void response.status(401).json({ reason: 'It is not signed with our secret.' });
      }
      const letter = readLetter(parsed(raw));
      // Not 422, which would say no to the order: what cannot be read may be mended and sent again.
      if ('fault' in letter) return void response.status(400).json({ reason: letter.fault });
      const isNews = book.isNews(letter);
      if (isAboutAnOrder(letter)) {
        const { slowMs, answer } = manners.of(letter.order);
        if (slowMs > 0) await sleep(slowMs);
        if (letter.type === 'order' && answer === 'refuses') {
          return void response.status(409).json({ reason: 'It is no longer made.' });
        }
        if (isNews) takeUp(letter);
      }
      response.json({ taken: letter.id, repeated: !isNews });
    },
  );

  app.get('/feed', (request, response) => {
    // A request without a body is signed over what it asks for.
    if (!signing.isSigned(Buffer.from(request.originalUrl), headersOf(request))) {
      return void response.status(401).json({ reason: 'It is not signed with our secret.' });
    }
    const read = pageSchema.safeParse(request.query);
    const page = read.success ? feed.page(read.data.after, read.data.limit) : undefined;
    if (page === undefined) return void response.status(400).json({ reason: 'No such watermark.' });
    response.json(page);
  });
  return app;
}

function parsed(raw: Buffer): unknown {
  try {
    return JSON.parse(raw.toString('utf8'));
  } catch {
    return undefined;
  }
}
