import { randomUUID } from 'node:crypto';
import {
  LETTERS,
  type Letter,
  type LetterLine,
  type TestLetter,
} from '../../machines/letters/letters';
import type { Signing } from './evidence';

/** A letter that is to be posted, as these bytes, so often at once. */
export interface Posting {
  readonly name: string;
  readonly letter: Letter | TestLetter;
  readonly body: string;
  readonly signing: Signing;
  readonly times: number;
}

type Order = Extract<Letter, { type: 'order' }>;

const HOUR = 3_600_000;

function orderOf(number: string, partner: string, skus: readonly string[]): Order {
  const now = Date.now();
  const lines = skus.map((sku, index): LetterLine => ({
    ...{ id: String(index + 1), sku, shopSku: sku, quantity: index + 2 },
    // What is not ASCII is where a signature over anything but the bytes goes wrong.
    title: `Bücher & Café, № ${index + 1} ☕`,
  }));
  return {
    ...{ version: LETTERS, id: randomUUID(), type: 'order', partner, order: number },
    ...{ handOver: 'p1', sequence: 1, at: new Date(now).toISOString() },
    shipTo: {
      name: 'Zoë Müller',
      lines: ['1 Check Street'],
      city: 'London',
      postcode: 'N1 9GU',
      country: 'GB',
    },
    customer: { name: 'Zoë Müller' },
    shipping: { code: 'standard', name: 'Standard' },
    lines,
    answerBy: new Date(now + HOUR).toISOString(),
    shipBy: new Date(now + 24 * HOUR).toISOString(),
  };
}

const heading = ({ version, partner, order, handOver }: Order, sequence: number) => ({
  ...{ version, id: randomUUID(), partner, order, handOver, sequence },
  at: new Date().toISOString(),
});

const unitsOf = ({ lines }: Order) => lines.map(({ id, sku, quantity }) => ({ id, sku, quantity }));

function reminderOf(order: Order): Letter {
  const waiting = { waitsFor: 'parcels' as const, since: order.at, lines: unitsOf(order) };
  return { ...heading(order, 2), type: 'reminder', ...waiting };
}

/** Takes one unit of the first line off. */
function cancellationOf(order: Order): Letter {
  const lines = unitsOf(order)
    .slice(0, 1)
    .map((line) => ({ ...line, quantity: 1 }));
  return { ...heading(order, 2), type: 'cancellation', lines, reason: 'The customer asked.' };
}

function testOf(partner: string): TestLetter {
  const at = new Date().toISOString();
  return { version: LETTERS, id: randomUUID(), type: 'test', partner, at };
}

/** Fields that no version has yet, at every level. */
function withNewFields(letter: Order): object {
  return {
    ...letter,
    gift: { wrapped: true, card: 'With love' },
    shipTo: { ...letter.shipTo, district: 'Islington' },
    lines: letter.lines.map((line) => ({ ...line, weight: { grams: 250 } })),
  };
}

/** The same JSON in other bytes: spread over lines, and what is not ASCII escaped. */
function writtenOtherwise(letter: Letter): string {
  return JSON.stringify(letter, null, 2).replaceAll(
    /[^\x20-\x7e\n]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** What a partner is sent, each group before the next; the letters of a group at once. */
export function postingsTo(partner: string, skus: readonly string[]): readonly Posting[] {
  const run = `CHECK-${randomUUID().slice(0, 8)}`;
  let orders = 0;
  const order = () => orderOf(`${run}-${++orders}`, partner, skus);
  const post = (name: string, letter: Posting['letter'], more: Partial<Posting> = {}): Posting => ({
    ...{ name, letter, body: JSON.stringify(letter), signing: 'rightly', times: 1 },
    ...more,
  });
  const [first, second, third, fourth, late] = [order(), order(), order(), order(), order()];
  const forged = (signing: Signing) => post(signing, order(), { signing });
  return [
    post('test', testOf(partner)),
    post('order', first),
    post('again', first, { times: 3 }),
    post('two signatures', second, { signing: 'beside another' }),
    post('new fields', third, { body: JSON.stringify(withNewFields(third)) }),
    post('other bytes', fourth, { body: writtenOtherwise(fourth) }),
    post('reminder', reminderOf(first)),
    post('cancellation', cancellationOf(second)),
    post('early cancellation', cancellationOf(late)),
    post('late order', late),
    forged('with another secret'),
    forged('not at all'),
    forged('long ago'),
    forged('in the future'),
    forged('before it was changed'),
  ];
}
