import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
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

function aLetter(changes: Partial<Letter> = {}) {
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
  const taken = () => shop.heard.filter(({ answer }) => answer === 202).map(({ said }) => said);
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
    expect(await tell(aLetter({ type: 'greeting' }))).toBe(200);
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

    it('knows no other cruelty', async () => {
      expect((await cruelty({ rude: true })).status).toBe(400);
    });
  });

  describe('by its feed', () => {
    async function read(after: string, limit = 1, secret = SECRET) {
      const answer = await fetch(`${partner.url}/feed?after=${after}&limit=${limit}`, {
        headers: { authorization: `Bearer ${secret}` },
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

    it('opens for its secret alone, and knows its own watermarks alone', async () => {
      expect((await read('', 1, STRANGE)).status).toBe(401);
      expect((await read('last-week')).status).toBe(400);
    });
  });
});
