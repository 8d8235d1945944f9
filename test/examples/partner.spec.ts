import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { readCsv } from '../../examples/partner/csv';
import { startPartner, type Partner } from '../../examples/partner/partner';
import type { Letter, Saying } from '../../examples/partner/wire';
import { eventually } from '../support/eventually';

const SECRET = `whsec_${Buffer.from('between the shop and lumen').toString('base64')}`;
const STRANGE = `whsec_${Buffer.from('between nobody and nobody!').toString('base64')}`;

/** A shop that keeps each callback with what it answered: 401 where the signature is wrong. */
async function startShop() {
  const heard: { id: string; said: Saying; answer: number; at: number }[] = [];
  const shop = { heard, answers: [] as number[], url: '', server: undefined as unknown as Server };
  shop.server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const raw = Buffer.concat(parts).toString();
      const headers = request.headers as Record<string, string>;
      let answer = shop.answers.shift() ?? 202;
      try {
        new Webhook(SECRET).verify(raw, headers);
      } catch {
        answer = 401;
      }
      const [id = '', at] = [headers['webhook-id'], Number(headers['webhook-timestamp'])];
      heard.push({ id, said: JSON.parse(raw), answer, at });
      response.writeHead(answer).end('{}');
    });
  });
  await new Promise<void>((done) => shop.server.listen(0, '127.0.0.1', done));
  shop.url = `http://127.0.0.1:${(shop.server.address() as AddressInfo).port}/callbacks`;
  return shop;
}

const lines = [
  { id: 'lamp', sku: 'L-77', shopSku: 'LAMP-2', title: 'Lamp', quantity: 3 },
  { id: 'bulb', sku: 'L-8', shopSku: 'BULB-1', title: 'Bulb', quantity: 2 },
];

function aLetter(changes: Partial<Record<keyof Letter, unknown>> = {}) {
  const usual = { version: 1, id: 'letter-1', type: 'order', order: '1001', handOver: 'p1' };
  return { ...usual, sequence: 1, lines, fieldOfNextYear: true, ...changes };
}

describe('the example partner', () => {
  let shop: Awaited<ReturnType<typeof startShop>>;
  let partner: Partner;
  beforeEach(async () => {
    shop = await startShop();
    partner = await startPartner({
      ...{ code: 'lumen', secrets: [SECRET], callbacksTo: shop.url, longestPauseMs: 250 },
      manners: { paceMs: 5 },
    });
  });
  afterEach(async () => {
    await partner.stop();
    await new Promise((end) => shop.server.close(end));
  });

  async function tell(letter: object, secret = SECRET, sentAs = JSON.stringify(letter)) {
    const [{ id }, now] = [letter as Letter, new Date()];
    const { status } = await fetch(`${partner.url}/letters`, {
      method: 'POST',
      headers: {
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
        'webhook-signature': new Webhook(secret).sign(id, now, JSON.stringify(letter)),
      },
      body: sentAs,
    });
    return status;
  }
  const cruelty = (how: object) =>
    fetch(`${partner.url}/cruelty`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(how),
    });
  /** As it was said, not as it arrived: each message takes its own way. */
  const taken = () =>
    shop.heard
      .filter(({ answer }) => answer === 202)
      .map(({ said }) => said)
      .sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
  const until = (count: number) =>
    eventually(
      () => Promise.resolve(taken()),
      ({ length }) => length >= count,
    );
  const words = (said: readonly Saying[]) => said.map(({ type }) => type);
  const book = async () => {
    const answer = await fetch(`${partner.url}/book`);
    return (await answer.json()) as ReturnType<Partner['book']['toJSON']>;
  };

  it('accepts an order, and sends everything in a parcel with tracking', async () => {
    expect(await tell(aLetter())).toBe(200);
    const [accepted, shipped] = await until(2);
    expect(accepted).toMatchObject({ type: 'accepted', order: '1001' });
    expect(shipped).toMatchObject({
      type: 'shipped',
      lines: [
        { id: 'lamp', quantity: 3 },
        { id: 'bulb', quantity: 2 },
      ],
      tracking: { carrier: 'ups', number: expect.any(String) },
    });
    expect((await book()).figures).toMatchObject({ letters: 1, taken: 2, parcels: 1 });
  });

  it('works on a letter once, however often it comes', async () => {
    const answers = await Promise.all(Array.from({ length: 5 }, () => tell(aLetter())));
    expect(answers).toEqual([200, 200, 200, 200, 200]);
    await until(2);
    expect((await book()).figures).toMatchObject({ letters: 1, letterRepetitions: 4, messages: 2 });
  });

  it('takes no letter that is signed by a stranger, or was changed on its way', async () => {
    expect(await tell(aLetter(), STRANGE)).toBe(401);
    expect(await tell(aLetter(), SECRET, JSON.stringify(aLetter({ order: '1002' })))).toBe(401);
    expect((await book()).figures).toMatchObject({ letters: 0, unsignedLetters: 2 });
  });

  it('asks for a letter again that it cannot read, and does not say no to its order', async () => {
    expect(await tell({ id: 'letter-1', version: 2 })).toBe(400);
  });

  it('sends a message until the shop has it, under one id and with a fresh time', async () => {
    shop.answers.push(503, 429, 500);
    await tell(aLetter());
    await until(2);
    const first = shop.heard.filter(({ said }) => said.type === 'accepted');
    expect(first.length).toBeGreaterThan(1);
    expect(new Set(first.map(({ id }) => id)).size).toBe(1);
    expect(first.map(({ said }) => said.id)).toEqual(first.map(({ id }) => id));
  });

  it('does not send again what the shop will never take', async () => {
    shop.answers.push(422);
    await tell(aLetter());
    await until(1);
    const { figures } = await eventually(book, ({ figures: { waiting } }) => waiting === 0);
    expect(figures).toMatchObject({ refused: 1, taken: 1, attempts: 2 });
  });

  it('sends no unit that the shop has withdrawn, also when that arrives before the order', async () => {
    const withdrawn = [{ id: 'lamp', sku: 'L-77', quantity: 2 }];
    await tell(aLetter({ id: 'letter-2', type: 'cancellation', sequence: 2, lines: withdrawn }));
    await tell(aLetter());
    const [, shipped] = await until(2);
    expect(shipped?.lines).toEqual([
      { id: 'lamp', quantity: 1 },
      { id: 'bulb', quantity: 2 },
    ]);
  });

  it('takes a letter of a kind that it does not know', async () => {
    expect(await tell({ version: 1, id: 'letter-1', type: 'test' })).toBe(200);
    expect((await book()).figures).toMatchObject({ letters: 1, messages: 0 });
  });

  describe('when it is cruel', () => {
    it('sends parcels of a part each, cancels what is sold out, and has a unit come back', async () => {
      await cruelty({ order: '1001', parcels: 2, soldOut: 1, returned: 1 });
      await tell(aLetter());
      const said = await until(5);
      expect(words(said)).toEqual(['accepted', 'cancelled', 'shipped', 'shipped', 'returned']);
      const units = said
        .filter(({ type }) => type === 'shipped' || type === 'cancelled')
        .flatMap(({ lines: counted = [] }) => counted.map(({ quantity }) => quantity));
      expect(units.reduce((sum, quantity) => sum + quantity, 0)).toBe(5);
    });

    it('says everything five times, and the last first', async () => {
      await cruelty({ times: 5, reversed: true });
      await tell(aLetter());
      const said = await until(10);
      expect(new Set(words(said))).toEqual(new Set(['shipped', 'accepted']));
      expect((await book()).said.map(({ message }) => message.type)).toEqual([
        'shipped',
        'accepted',
      ]);
      expect(new Set(said.map(({ id }) => id)).size).toBe(2);
    });

    it('signs wrongly, and then rightly', async () => {
      await cruelty({ order: '1001', wrongSignature: true });
      await tell(aLetter());
      await until(2);
      expect(shop.heard.map(({ answer }) => answer).sort()).toEqual([202, 202, 401, 401]);
    });

    it('is silent until it is reminded', async () => {
      await cruelty({ silent: true });
      await tell(aLetter());
      expect((await book()).figures.messages).toBe(0);
      await tell(aLetter({ id: 'letter-2', type: 'reminder', sequence: 2 }));
      expect(words(await until(2))).toEqual(['accepted', 'shipped']);
    });

    it('has nothing more in hand, and nothing to say, once all of it was withdrawn', async () => {
      await cruelty({ silent: true });
      await tell(aLetter());
      expect((await book()).figures.working).toBe(1);
      await tell(aLetter({ id: 'letter-2', type: 'cancellation', sequence: 2 }));
      const { messages } = await eventually(
        async () => (await book()).figures,
        ({ working }) => working === 0,
      );
      expect(messages).toBe(0);
    });

    it('says no, by a message or to the letter itself', async () => {
      await cruelty({ order: '1001', answer: 'declines' });
      await cruelty({ order: '1002', answer: 'refuses' });
      expect(await tell(aLetter())).toBe(200);
      expect(await tell(aLetter({ id: 'letter-2', order: '1002' }))).toBe(409);
      expect(await until(1)).toMatchObject([{ type: 'declined', order: '1001' }]);
    });

    it('answers nothing while it is down, and works on afterwards', async () => {
      await cruelty({ downMs: 200 });
      await expect(tell(aLetter())).rejects.toThrow();
      await eventually(
        () => tell(aLetter()).catch(() => 0),
        (status) => status === 200,
      );
      expect(words(await until(2))).toEqual(['accepted', 'shipped']);
    });

    it('loses an order for good when it is deaf', async () => {
      await cruelty({ order: '1001', deaf: true });
      await tell(aLetter());
      await tell(aLetter({ id: 'letter-2', type: 'reminder', sequence: 2 }));
      await tell(aLetter({ id: 'letter-3', order: '1002' }));
      const said = await until(2);
      expect(said.map(({ order }) => order)).toEqual(['1002', '1002']);
    });

    it('knows no other cruelty', async () => {
      expect((await cruelty({ rude: true })).status).toBe(400);
    });
  });

  describe('by its feed', () => {
    async function read(after: string, limit = 1, secret = SECRET) {
      const [path, now] = [`/feed?after=${after}&limit=${limit}`, new Date()];
      const answer = await fetch(`${partner.url}${path}`, {
        headers: {
          'webhook-id': 'feed-1',
          'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
          'webhook-signature': new Webhook(secret).sign('feed-1', now, path),
        },
      });
      const body = await answer.json();
      return { status: answer.status, ...(body as { messages: Saying[]; next: string }) };
    }

    it('says the same again, a page at a time, from a watermark', async () => {
      await tell(aLetter());
      await until(2);
      const first = await read('');
      const second = await read(first.next);
      expect(words([...first.messages, ...second.messages])).toEqual(['accepted', 'shipped']);
      expect(await read(second.next)).toMatchObject({ messages: [], next: second.next });
    });

    it('opens for who signs with its secret alone, and knows its own watermarks alone', async () => {
      expect((await read('', 1, STRANGE)).status).toBe(401);
      expect((await read('last-week')).status).toBe(400);
    });
  });
});

describe('the example partner, by files', () => {
  const home = mkdtempSync(join(tmpdir(), 'conveyor-partner-'));
  const folders = { letters: join(home, 'letters'), messages: join(home, 'messages') };
  afterAll(() => rmSync(home, { recursive: true }));

  it('takes letters from one folder and leaves what it says in another', async () => {
    const partner = await startPartner({
      ...{ code: 'crate', secrets: [SECRET], folders, manners: { paceMs: 5 } },
    });
    const file = join(folders.letters, '1001-1-order-letter-1.csv');
    const heading = 'version,letter,type,order,hand_over,sequence,line,sku,title,quantity';
    const letter = '1,letter-1,order,1001,p1,1';
    const records = [`${letter},rug,CR-5,"A ""Persian"" rug, red",2`, `${letter},vase,CR-9,Vase,1`];
    writeFileSync(file, [heading, ...records, ''].join('\r\n'));

    const left = await eventually(
      () => Promise.resolve(readdirSync(folders.messages).filter((name) => name.endsWith('.json'))),
      ({ length }) => length === 2,
    );
    const said = left
      .sort()
      .map((name) => JSON.parse(readFileSync(join(folders.messages, name), 'utf8')) as Saying);
    expect(said).toMatchObject([
      { type: 'accepted', order: '1001' },
      { type: 'shipped', lines: [{ id: 'rug', quantity: 2 }, { id: 'vase' }] },
    ]);
    expect(existsSync(file)).toBe(false);

    for (const name of left) rmSync(join(folders.messages, name));
    await eventually(
      () => Promise.resolve(partner.book.toJSON().figures),
      ({ taken }) => taken === 2,
    );
    await partner.stop();
  });

  it.each([
    ['a,b\r\n1,2\r\n', [{ a: '1', b: '2' }]],
    ['a,b\n"1, ""one""",\n', [{ a: '1, "one"', b: '' }]],
    ["a\r\n'=1+1\r\n'tis\r\n", [{ a: '=1+1' }, { a: "'tis" }]],
  ])('reads %j', (text, records) => {
    expect(readCsv(text)).toEqual(records);
  });
});
