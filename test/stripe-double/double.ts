import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import Stripe from 'stripe';
import type { Told } from '../gateways/under-test';
import { createBooks, Refused, textOf, type Intent, type Params } from './books';
import { cards, type Card } from './cards';

const DAY_MS = 24 * 60 * 60 * 1000;

const failed: Answer = {
  status: 500,
  body: { error: { type: 'api_error', message: 'Something went wrong.' } },
};

/** What Stripe remembers of a key. */
interface Kept {
  readonly request: string;
  readonly since: number;
  answer?: Answer;
}

interface Answer {
  readonly status: number;
  readonly body: object;
}

export interface DoubleOptions {
  /** A stripe-mock that looks at the shape of each request first. */
  readonly mock?: string;
  /** How long a request that moves money takes; 5 ms unless said. */
  readonly takesMs?: number;
}

/** A Stripe of one's own, in memory, over real HTTP: cruel by card, with its books open. */
export async function startStripe({ mock, takesMs = 5 }: DoubleOptions = {}) {
  const secretKey = `sk_test_${randomUUID().replaceAll('-', '')}`;
  const webhookSecret = `whsec_${randomUUID()}`;
  const keys = new Map<string, Kept>();
  const faulted = new Set<string>();
  const told: Told[] = [];
  let webhook: string | undefined;
  let ahead = 0;
  let isDown = false;
  let events = 0;
  const now = () => Date.now() + ahead;
  const tellings = new Set<Promise<void>>();

  const books = createBooks(now, (type, object, previous) => {
    const event = {
      ...{ id: `evt_${(events += 1)}`, object: 'event', type, api_version: '2026-10-28.endive' },
      created: Math.floor(now() / 1000),
      data: { object: structuredClone(object), ...(previous && { previous_attributes: previous }) },
    };
    const payload = JSON.stringify(event, null, 2);
    const signature = Stripe.webhooks.generateTestHeaderString({ payload, secret: webhookSecret });
    const headers = { 'content-type': 'application/json', 'stripe-signature': signature };
    const one = { raw: Buffer.from(payload), headers };
    told.push(one);
    if (webhook !== undefined) {
      const telling: Promise<void> = tell(webhook, one).finally(() => tellings.delete(telling));
      tellings.add(telling);
    }
  });

  const isSilent = () =>
    [...books.intents.values()].some(
      ({ payment_method }) => cards[payment_method]?.fault === 'silent',
    );

  /** Whose card a request is about. */
  function cardIn(path: string[], params: Params): Card {
    const [, what, id = ''] = path;
    const named = what === 'refunds' ? textOf(params.payment_intent) : id;
    const method = books.intents.get(named)?.payment_method ?? params.payment_method;
    return cards[textOf(method)] ?? {};
  }

  function expanded(object: object, expand: readonly string[], prefix = ''): object {
    const copy = structuredClone(object) as Partial<Intent> & Record<string, unknown>;
    for (const name of ['latest_charge', 'payment_method'] as const) {
      if (!expand.includes(`${prefix}${name}`) || typeof copy[name] !== 'string') continue;
      const id = copy[name];
      const part = name === 'latest_charge' ? books.charges.get(id) : methodOf(id);
      Object.assign(copy, { [name]: part });
    }
    return copy;
  }

  const methodOf = (id: string) => ({
    ...{ id, object: 'payment_method', type: 'card' },
    customer: books.cardOf(id).customer ?? null,
  });

  function page(all: readonly { id: string }[], params: Params, expand: readonly string[]): object {
    const from = all.findIndex(({ id }) => id === params.starting_after) + 1;
    const limit = Math.min(Number(params.limit ?? 10), 100);
    const data = all.slice(from, from + limit).map((one) => expanded(one, expand, 'data.'));
    return { object: 'list', data, has_more: from + limit < all.length };
  }

  function read(path: string[], params: Params, expand: readonly string[]): object {
    const [, what, id] = path;
    if (what === 'payment_methods') return methodOf(id ?? '');
    if (isSilent()) throw new Refused(500, { type: 'api_error', message: 'Nobody answers.' });
    if (what === 'refunds') return page(books.refundsOf(textOf(params.payment_intent)), params, []);
    if (id === 'search') {
      const { data, has_more } = page(books.found(textOf(params.query)), params, expand) as {
        data: object[];
        has_more: boolean;
      };
      return { object: 'search_result', data, has_more, next_page: null };
    }
    if (id !== undefined) return expanded(books.intentOf(id), expand);
    const since = Number((params.created as Params | undefined)?.gte ?? 0);
    return page(
      books.listed().filter(({ created }) => created >= since),
      params,
      expand,
    );
  }

  function move(path: string[], params: Params, key?: string): object {
    const [, what, id = '', verb] = path;
    if (what === 'refunds') return books.refund(params, key);
    if (verb === 'capture') return books.capture(id, params, key);
    if (verb === 'cancel') return books.cancel(id, key);
    if (id !== '') return books.update(id, params);
    return books.create(params);
  }

  /** Runs a request that moves money; null leaves it without an answer. */
  function executed(path: string[], params: Params, key: string | undefined): Answer {
    try {
      return { status: 200, body: expanded(move(path, params, key), listOf(params.expand)) };
    } catch (error) {
      return refusal(error);
    }
  }

  /** What Stripe says of a key that it knows: its first answer, or why there is none. */
  function remembered(kept: Kept, request: string): Answer | { replayed: Answer } {
    if (kept.request !== request) {
      const message = 'Keys for idempotent requests can only be used with the same parameters.';
      return { status: 400, body: { error: { type: 'idempotency_error', message } } };
    }
    if (kept.answer) return { replayed: kept.answer };
    const message = 'There is currently another in-progress request using this key.';
    const error = { type: 'idempotency_error', code: 'idempotency_key_in_use', message };
    return { status: 409, body: { error } };
  }

  async function posted(
    path: string[],
    params: Params,
    key?: string,
  ): Promise<Answer | 'lost' | { replayed: Answer }> {
    const request = createHash('sha256')
      .update(JSON.stringify([path, params]))
      .digest('hex');
    const kept = keys.get(key ?? '');
    if (kept && now() - kept.since < DAY_MS) return remembered(kept, request);
    const fault = faultOf(path, params, key);
    if (fault === 'request-lost') return 'lost';
    const mine: Kept = { request, since: now() };
    if (key !== undefined) keys.set(key, mine);
    await new Promise((resolve) => setTimeout(resolve, takesMs));
    mine.answer = fault === 'fails' ? failed : executed(path, params, key);
    return fault === 'answer-lost' || fault === 'silent' ? 'lost' : mine.answer;
  }

  /** What befalls a request that moves money, the first time that its key is seen. */
  function faultOf(path: string[], params: Params, key: string | undefined): Card['fault'] {
    // Notes on a payment move no money.
    const isNote = path.length === 3;
    if (key === undefined || isNote || faulted.has(key)) return undefined;
    faulted.add(key);
    return cardIn(path, params).fault;
  }

  async function answerTo(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://double');
    const path = pathname.split('/').filter(Boolean);
    const sent = await bodyOf(request);
    const params = paramsOf(request.method === 'GET' ? searchParams : new URLSearchParams(sent));
    const send = ({ status, body }: Answer, headers = {}) =>
      response
        .writeHead(status, { 'content-type': 'application/json', ...headers })
        .end(JSON.stringify(body));
    if (isDown)
      return void send({ status: 503, body: { error: { type: 'api_error', message: 'Down.' } } });
    if (request.headers.authorization !== `Bearer ${secretKey}`) {
      const message = 'Invalid API Key provided: sk_test_********';
      return void send({
        status: 401,
        body: { error: { type: 'invalid_request_error', message } },
      });
    }
    const misshapen = await shapeFault(mock, request, sent);
    if (misshapen) return void send(misshapen);
    if (request.method === 'GET') {
      try {
        return void send({ status: 200, body: read(path, params, listOf(params.expand)) });
      } catch (error) {
        return void send(refusal(error));
      }
    }
    const key = request.headers['idempotency-key'];
    const answer = await posted(path, params, typeof key === 'string' ? key : undefined);
    if (answer === 'lost') return void request.socket.destroy();
    if ('replayed' in answer) return void send(answer.replayed, { 'idempotent-replayed': 'true' });
    send(answer);
  }

  const server = createServer((request, response) => {
    answerTo(request, response).catch((error: unknown) => {
      response
        .writeHead(500)
        .end(JSON.stringify({ error: { type: 'double', message: String(error) } }));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ...{ secretKey, webhookSecret, books, told },
    goOn: (ms: number) => void (ahead += ms),
    /** From now on each event is told to this address, until it is taken. */
    tellTo: (url: string | undefined) => void (webhook = url),
    setDown: (down: boolean) => void (isDown = down),
    async stop() {
      webhook = undefined;
      server.closeAllConnections();
      server.close();
      await Promise.all(tellings);
    },
  };
}

export type Double = Awaited<ReturnType<typeof startStripe>>;

function refusal(error: unknown): Answer {
  if (error instanceof Refused) return { status: error.status, body: { error: error.error } };
  throw error;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

function paramsOf(form: URLSearchParams): Params {
  const params: Record<string, unknown> = {};
  for (const [name, value] of form) {
    const path = name.split(/[[\]]+/).filter(Boolean);
    const last = path.pop() as string;
    let at = params;
    for (const part of path) at = (at[part] ??= {}) as Record<string, unknown>;
    at[last] = value;
  }
  return params as Params;
}

function listOf(values: string | Params | undefined): readonly string[] {
  return typeof values === 'object' ? Object.values(values).map(String) : [];
}

async function shapeFault(
  mock: string | undefined,
  { method = 'GET', url = '/', headers }: IncomingMessage,
  body: string,
): Promise<Answer | undefined> {
  if (mock === undefined) return undefined;
  const response = await fetch(`${mock}${url}`, {
    method,
    headers: {
      authorization: 'Bearer sk_test_123',
      ...(headers['content-type'] !== undefined && { 'content-type': headers['content-type'] }),
    },
    ...(method !== 'GET' && { body }),
  });
  const said = (await response.json()) as object;
  return response.ok ? undefined : { status: response.status, body: said };
}

/** Tells an event until it is taken, as Stripe does, but in less time. */
async function tell(url: string, { raw, headers }: Told): Promise<void> {
  for (let attempt = 0; attempt < 40; attempt += 1) {
    const answer = await fetch(url, {
      method: 'POST',
      headers: headers as Record<string, string>,
      body: new Uint8Array(raw),
    }).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
