import type { Manners } from '../../examples/partner/manners';
import { sum } from '../../machines/money';
import { diceOf, type Dice } from '../lives/dice';
import { goods, type Good } from './goods';

/** How a partner treats one order, in a word or two. */
const cruelties = {
  'in three parcels': { parcels: 3 },
  'five times': { times: 5 },
  'last first': { reversed: true, parcels: 2, returned: 1 },
  'signed wrongly': { wrongSignature: true },
  slowly: { slowMs: 4_000, paceMs: 2_000 },
  'says nothing': { silent: true },
  'loses it': { deaf: true },
  'says no': { answer: 'declines' },
  'answers 409': { answer: 'refuses' },
  'sold out': { soldOut: 1 },
  'sent back': { returned: 1 },
} as const satisfies Record<string, Partial<Manners>>;

type CrueltyName = keyof typeof cruelties;

/** What needs an answer over HTTP, or somebody else to take the order over, cannot be done by files. */
const OVER_HTTP: readonly CrueltyName[] = ['signed wrongly', 'slowly', 'answers 409'];
const BY_FILES = 'crate';
const [CRUEL, CALLED_OFF] = [80, 12];

export interface Line {
  readonly id: string;
  readonly sku: string;
  readonly quantity: number;
}

/** An order that will be placed, and what will happen to it. */
export interface Planned {
  readonly number: string;
  readonly request: { readonly lines: readonly Line[] } & Readonly<Record<string, unknown>>;
  /** At most one partner of an order is cruel, so that there is somebody to take it over. */
  readonly cruelty?: {
    readonly partner: string;
    readonly name: CrueltyName;
    readonly manners: Partial<Manners>;
  };
  /** A unit that the customer calls off as soon as the order is placed. */
  readonly calledOff?: Line;
}

const priced = (inclTax: number) => ({ exclTax: Math.floor((inclTax * 5) / 6), inclTax });

function lineOf(dice: Dice, index: number, { isCounted, price, ...good }: Good) {
  const quantity = dice.between(1, 4);
  const [id, unitPrice] = [String.fromCodePoint(65 + index), priced(price)];
  return { id, quantity, unitPrice, ...good, trackStock: isCounted };
}

function requestOf(dice: Dice, number: string) {
  const chosen = dice.shuffled(goods).slice(0, dice.between(1, 3));
  const lines = chosen.map((good, index) => lineOf(dice, index, good));
  const of = (side: 'exclTax' | 'inclTax') =>
    sum(lines.map(({ quantity, unitPrice }) => quantity * unitPrice[side]));
  return {
    number,
    currency: 'GBP',
    customer: { email: `${number.toLowerCase()}@example.com`, name: `Customer of ${number}` },
    shippingAddress: { name: number, lines: ['2 Quay'], city: 'Bristol', country: 'GB' },
    lines,
    total: { exclTax: of('exclTax'), inclTax: of('inclTax') },
    payments: [{ gateway: 'sandbox', method: 'card', token: 'tok_ok' }],
  };
}

/** So many orders, which the seed decides, numbered behind this prefix; every cruelty comes before any comes again. */
export function ordersOf(seed: number, count: number, prefix = 'A'): Planned[] {
  const dealing = diceOf(seed, 'cruelties');
  const deck: CrueltyName[] = [];
  const deal = (fits: (name: CrueltyName) => boolean): CrueltyName => {
    const at = deck.findIndex(fits);
    if (at >= 0) return deck.splice(at, 1)[0] as CrueltyName;
    deck.push(...dealing.shuffled(Object.keys(cruelties) as CrueltyName[]));
    return deal(fits);
  };
  return Array.from({ length: count }, (_, index): Planned => {
    const number = `${prefix}-${String(index + 1).padStart(3, '0')}`;
    const dice = diceOf(seed, number);
    const request = requestOf(dice, number);
    if (dice.chance(CALLED_OFF)) return { number, request, calledOff: calledOffOf(dice, request) };
    if (!dice.chance(CRUEL)) return { number, request };
    const partner = dice.pick(request.lines).partner;
    const name = deal((each) => partner !== BY_FILES || !OVER_HTTP.includes(each));
    return { number, request, cruelty: { partner, name, manners: cruelties[name] } };
  });
}

function calledOffOf(dice: Dice, { lines }: { readonly lines: readonly Line[] }): Line {
  const { id, sku } = dice.pick(lines);
  return { id, sku, quantity: 1 };
}
