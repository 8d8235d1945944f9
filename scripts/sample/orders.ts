import { sum } from '../../machines/money';
import { diceOf, type Dice } from '../lives/dice';
import { customers, type Customer, type CurrencyCode } from './customers';
import { fates, type Fate, type Step } from './fates';
import { goods, type Good } from './goods';

/** What every sample order's number begins with. */
export const PREFIX = 'S-';
const FIRST_NUMBER = 10_001;
const [DAY_MS, MINUTE_MS, MINUTES_A_DAY] = [86_400_000, 60_000, 1_440];

interface Line {
  readonly id: string;
  readonly sku: string;
  readonly quantity: number;
}

/** A sample order, and what will become of it. */
export interface Planned {
  readonly number: string;
  readonly fate: string;
  readonly request: {
    readonly customer: { readonly email: string };
    readonly lines: readonly Line[];
    readonly total: { readonly inclTax: number };
  } & Readonly<Record<string, unknown>>;
  /** Sent before, and declined. */
  readonly declined?: Readonly<Record<string, unknown>>;
  readonly steps: readonly Step[];
}

/** A price of so many pence elsewhere: minor units for a penny, the step it is rounded to, and the tax in per cent. */
const markets: Record<CurrencyCode, { perPenny: number; step: number; tax: number }> = {
  GBP: { perPenny: 1, step: 1, tax: 20 },
  EUR: { perPenny: 1.2, step: 10, tax: 20 },
  JPY: { perPenny: 1.9, step: 10, tax: 10 },
  KWD: { perPenny: 4, step: 50, tax: 0 },
};

function priced(pence: number, currency: CurrencyCode) {
  const { perPenny, step, tax } = markets[currency];
  const inclTax = Math.round((pence * perPenny) / step) * step;
  return { exclTax: Math.round((inclTax * 100) / (100 + tax)), inclTax };
}

const shippings = [
  { code: 'standard', name: 'Standard', pence: 450 },
  { code: 'express', name: 'Express, next working day', pence: 950 },
];

/** Two units at least, so that every order can be sent in parts. */
function linesOf(dice: Dice, { currency }: Customer) {
  const most = dice.chance(4) ? 12 : 3;
  const chosen = dice.shuffled(goods).slice(0, dice.between(1, most));
  return chosen.map(({ sku, title, price }, index) => {
    const quantity = dice.between(index === 0 ? 2 : 1, 4);
    const id = String.fromCodePoint(65 + index);
    return { id, sku, title, quantity, unitPrice: priced(price, currency) };
  });
}

const ways: Record<Fate['pays'], readonly Readonly<Record<string, unknown>>[]> = {
  card: [{ gateway: 'sandbox', method: 'card', token: 'tok_ok' }],
  'declined card first': [{ gateway: 'sandbox', method: 'card', token: 'tok_ok' }],
  'card of a shaky bank': [{ gateway: 'sandbox', method: 'card', token: 'tok_fails_twice' }],
  transfer: [{ gateway: 'offline', method: 'bank-transfer' }],
};

const atHome = customers.filter(({ currency }) => currency === 'GBP');

function planned(number: string, fate: Fate, placedAt: string, dice: Dice): Planned {
  const customer = dice.pick(dice.chance(65) ? atHome : customers);
  const { name, email, currency, address } = customer;
  const lines = linesOf(dice, customer);
  const { pence, ...method } = dice.pick(shippings);
  const shipping = { ...method, ...priced(pence, currency) };
  const of = (side: 'exclTax' | 'inclTax') =>
    sum(lines.map(({ quantity, unitPrice }) => quantity * unitPrice[side])) + shipping[side];
  const total = { exclTax: of('exclTax'), inclTax: of('inclTax') };
  const request = {
    ...{ number, currency, placedAt, source: dice.pick(['web', 'web', 'web', 'phone', 'fair']) },
    customer: { name, email, guest: dice.chance(40) },
    shippingAddress: { name, ...address },
    ...{ lines, shipping, total, payments: ways[fate.pays] },
  };
  const steps = fate.steps({ lines, total: total.inclTax, number, dice });
  const refused = [{ gateway: 'sandbox', method: 'card', token: 'tok_declined' }];
  return {
    ...{ number, fate: fate.name, request, steps },
    ...(fate.pays === 'declined card first' && { declined: { ...request, payments: refused } }),
  };
}

/** Each fate once, and then by their shares. */
function fatesOf(dice: Dice, count: number): Fate[] {
  const deck = fates.flatMap((fate) => Array.from({ length: fate.share }, () => fate));
  const more = Array.from({ length: Math.max(0, count - fates.length) }, () => dice.pick(deck));
  return [...dice.shuffled(fates), ...more].slice(0, count);
}

/** So many orders of the last sixty days before `now`, the oldest first; the seed decides everything else. */
export function ordersOf(seed: number, count: number, now: number): Planned[] {
  const dice = diceOf(seed, 'fates');
  return fatesOf(dice, count)
    .map((fate) => {
      const [days, minutes] = [dice.between(...fate.days), dice.between(2, MINUTES_A_DAY)];
      return { fate, at: now - days * DAY_MS - minutes * MINUTE_MS };
    })
    .sort((one, other) => one.at - other.at)
    .map(({ fate, at }, index) => {
      const number = `${PREFIX}${FIRST_NUMBER + index}`;
      return planned(
        number,
        fate,
        new Date(at).toISOString(),
        diceOf(seed, `${number} of ${count}`),
      );
    });
}

/** How many units of a good these orders want. */
export function wanted(orders: readonly Planned[], { sku }: Good): number {
  const lines = orders.flatMap(({ request }) => request.lines);
  return sum(lines.filter((line) => line.sku === sku).map(({ quantity }) => quantity));
}
