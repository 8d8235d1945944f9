import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Webhook } from 'standardwebhooks';
import type { Letter, Said } from '../../machines/letters/letters';

/** What a partner's service can do wrong. */
export type Flaw =
  | 'answers after long'
  | 'refuses a test'
  | 'declines everything'
  | 'refuses repetitions'
  | 'refuses reminders'
  | 'refuses cancellations'
  | 'wants an order first'
  | 'refuses new fields'
  | 'verifies JSON written again'
  | 'reads the first signature alone'
  | 'verifies nothing'
  | 'takes any time'
  | 'fails at wrong signatures'
  | 'says nothing'
  | 'signs with another secret'
  | 'signs once for all attempts, long ago'
  | 'invents a field'
  | 'has another id in the body'
  | 'gives up at 503'
  | 'makes an id for each attempt'
  | 'says something else the second time'
  | 'names a line of its own'
  | 'speaks of orders of its own'
  | 'works before it verifies'
  | 'works on repetitions'
  | 'sends too much'
  | 'forgets early cancellations'
  | 'has more back than it sent';

export interface FlawedPartner {
  readonly url: string;
  stop(): Promise<void>;
}

const RETRY_MS = 50;
const TEN_MINUTES = 600_000;
const fields = ['version', 'id', 'type', 'partner', 'order', 'handOver', 'sequence', 'at', 'lines'];
const known = [...fields, 'shipTo', 'customer', 'shipping', 'answerBy', 'shipBy'];
const more = ['waitsFor', 'since', 'reason'];

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}

/** A partner that is right but for what is named; it says what it has to at the address, once that is set. */
export async function startFlawedPartner(
  secret: string,
  flaws: readonly Flaw[],
  callbacks: () => string | undefined = () => undefined,
): Promise<FlawedPartner> {
  const has = (flaw: Flaw) => flaws.includes(flaw);
  const letters: Letter[] = [];
  const stopping = new AbortController();

  function isVerified(body: string, headers: Record<string, string>): boolean {
    if (has('verifies nothing')) return true;
    const said = { ...headers };
    let signed = body;
    if (has('verifies JSON written again')) signed = JSON.stringify(JSON.parse(body));
    if (has('reads the first signature alone')) {
      said['webhook-signature'] = said['webhook-signature']?.split(' ')[0] ?? '';
    }
    if (has('takes any time')) {
      const at = new Date(Number(said['webhook-timestamp']) * 1000);
      return (
        said['webhook-signature'] === new Webhook(secret).sign(said['webhook-id'] ?? '', at, body)
      );
    }
    try {
      new Webhook(secret).verify(signed, said);
      return true;
    } catch {
      return false;
    }
  }

  function objection(letter: Letter): number | undefined {
    const isOrder = letter.type === 'order';
    const isKnown = letters.some(({ id }) => id === letter.id);
    const isFirst = !letters.some(({ order }) => order === letter.order);
    const extra = Object.keys(letter).filter((name) => ![...known, ...more].includes(name));
    const reasons: readonly [Flaw, boolean, number][] = [
      ['refuses a test', (letter.type as string) === 'test', 400],
      ['declines everything', isOrder, 422],
      ['refuses repetitions', isKnown, 409],
      ['refuses reminders', letter.type === 'reminder', 400],
      ['refuses cancellations', letter.type === 'cancellation', 404],
      ['wants an order first', letter.type === 'cancellation' && isFirst, 404],
      ['refuses new fields', extra.length > 0, 400],
    ];
    return reasons.find(([flaw, applies]) => applies && has(flaw))?.[2];
  }

  /** Units of a line that no letter has cancelled. */
  function left({ order, lines }: Letter) {
    const taken = has('forgets early cancellations') ? [] : letters;
    const gone = taken
      .filter((letter) => letter.type === 'cancellation' && letter.order === order)
      .flatMap((letter) => letter.lines);
    return lines.flatMap(({ id, quantity }) => {
      const off = gone.filter((each) => each.id === id).map((each) => each.quantity);
      const rest = off.reduce((sum, units) => sum - units, quantity);
      return rest > 0 ? [{ id, quantity: rest + (has('sends too much') ? 1 : 0) }] : [];
    });
  }

  function messagesOn(letter: Letter): Said[] {
    const name = has('works on repetitions') ? randomUUID().slice(0, 8) : letter.id;
    const order = has('speaks of orders of its own') ? `OWN-${letter.order}` : letter.order;
    const lines = left(letter);
    const named = has('names a line of its own') ? [{ id: 'Z', quantity: 1 }] : lines;
    const back = lines.map(({ id, quantity }) => ({ id, quantity: quantity + 1 }));
    return [
      { id: `a-${name}`, type: 'accepted', order },
      { id: `s-${name}`, type: 'shipped', order, lines: named },
      ...(has('has more back than it sent')
        ? [{ id: `r-${name}`, type: 'returned', order, lines: back } as const]
        : []),
    ];
  }

  async function attempt(said: Said, count: number): Promise<boolean> {
    const url = callbacks();
    if (url === undefined) return true;
    const id = has('makes an id for each attempt') ? `${said.id}-${count}` : said.id;
    const isOther = has('says something else the second time') && count > 1;
    const body = JSON.stringify({
      ...{ ...said, id: has('has another id in the body') ? `body-${id}` : id },
      ...(has('invents a field') && { mood: 'good' }),
      ...(isOther && { reason: 'Another one.' }),
    });
    const isOld = has('signs once for all attempts, long ago');
    const at = new Date(Date.now() - (isOld ? TEN_MINUTES : 0));
    const other = `whsec_${Buffer.from(randomUUID()).toString('base64')}`;
    const key = has('signs with another secret') ? other : secret;
    const { status } = await fetch(url, {
      method: 'POST',
      headers: {
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
        'webhook-signature': new Webhook(key).sign(id, at, body),
      },
      body,
      signal: stopping.signal,
    });
    return status < 500 || has('gives up at 503');
  }

  async function say(said: Said): Promise<void> {
    for (let count = 1; !stopping.signal.aborted; count += 1) {
      if (await attempt(said, count).catch(() => false)) return;
      await sleep(RETRY_MS);
    }
  }

  function work(letter: Letter): void {
    const isKnown = letters.some(({ id }) => id === letter.id);
    const messages = letter.type === 'order' ? messagesOn(letter) : [];
    letters.push(letter);
    if (has('says nothing') || (isKnown && !has('works on repetitions'))) return;
    for (const said of messages) void say(said);
  }

  async function answerTo(request: IncomingMessage): Promise<number> {
    const body = await textOf(request);
    const letter = JSON.parse(body) as Letter;
    if (has('answers after long')) await sleep(2_000, undefined, { signal: stopping.signal });
    if (has('works before it verifies')) work(letter);
    if (!isVerified(body, request.headers as Record<string, string>)) {
      return has('fails at wrong signatures') ? 500 : 401;
    }
    const no = objection(letter);
    if (no !== undefined) return no;
    if (!has('works before it verifies')) work(letter);
    return 204;
  }

  const server = createServer((request, response) => {
    answerTo(request).then(
      (status) => response.writeHead(status).end(),
      () => response.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/letters`,
    stop: () =>
      new Promise((resolve) => {
        stopping.abort();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
