import type { Dice } from '../lives/dice';

/** What a fate needs to know of the order that it befalls. */
export interface Befallen {
  readonly lines: readonly { readonly id: string; readonly quantity: number }[];
  /** In minor units. */
  readonly total: number;
  readonly number: string;
  readonly dice: Dice;
}

export type Step = { readonly type: string } & Readonly<Record<string, unknown>>;

/** What becomes of an order. */
export interface Fate {
  readonly name: string;
  /** How many of a hundred orders meet it; every fate befalls one at least. */
  readonly share: number;
  /** How many days ago such orders were placed. */
  readonly days: readonly [least: number, most: number];
  readonly pays: 'card' | 'transfer' | 'declined card first' | 'card of a shaky bank';
  readonly steps: (order: Befallen) => readonly Step[];
}

const carriers = [
  ['royal-mail', 'RM', 'GB'],
  ['dpd', '1550', ''],
  ['dhl', 'JD01', ''],
] as const;

/** Records that units left, with the parcel's number. */
function shipped({ number, dice }: Befallen, lines?: Befallen['lines']): Step {
  const [carrier, head, tail] = dice.pick(carriers);
  const digits = `${dice.between(100_000_000, 999_999_999)}`;
  return {
    type: 'record-shipping-event',
    event: 'Shipped',
    reference: `${number}-${digits.slice(0, 4)}`,
    tracking: { carrier, number: `${head}${digits}${tail}` },
    ...(lines && { lines }),
  };
}

const aUnit = ({ lines }: Befallen) => lines.slice(0, 1).map(({ id }) => ({ id, quantity: 1 }));
const paid: Step = { type: 'take-payment' };
const noted = (text: string): Step => ({ type: 'add-note', text });
const inTwoParcels = (order: Befallen) => [paid, shipped(order, aUnit(order)), shipped(order)];
const received = (order: Befallen) => [paid, shipped(order)];

const wishes = [
  'Not the colour I expected.',
  'A gift that was not wanted.',
  'It arrived too late.',
];
const asked = (order: Befallen): Step => ({
  type: 'request-return',
  lines: aUnit(order),
  reason: order.dice.pick(wishes),
});
const instructions = 'Put the label that is in the parcel over the old one.';
const letCome: Step = { type: 'authorise-return', return: 'r1', instructions };
const awaited = (order: Befallen) => [...received(order), asked(order), letCome];
const cameIn = ({ number }: Befallen): Step => {
  return { type: 'confirm-payment', payment: 'p1', reference: `BANK-${number}` };
};

const LONG_AGO = [4, 59] as const;
const LATELY = [0, 5] as const;

/** Everything that can become of an order of the default shop, in shares of a hundred. */
export const fates: readonly Fate[] = [
  {
    ...{ name: 'is new: its money is held', share: 8, days: LATELY, pays: 'card' },
    steps: () => [],
  },
  {
    ...{ name: 'waits for a transfer', share: 3, days: [0, 9], pays: 'transfer' },
    steps: () => [],
  },
  {
    ...{ name: 'is paid and to be shipped', share: 9, days: LATELY, pays: 'card' },
    steps: () => [paid],
  },
  {
    ...{ name: 'came after another card was declined', share: 2, days: LATELY },
    pays: 'declined card first',
    steps: () => [paid],
  },
  {
    ...{ name: 'is paid through a bank that fails now and then', share: 1, days: LATELY },
    pays: 'card of a shaky bank',
    steps: () => [paid],
  },
  {
    ...{ name: 'is partly shipped', share: 5, days: [1, 12], pays: 'card' },
    steps: (order) => [paid, shipped(order, aUnit(order))],
  },
  { ...{ name: 'is complete', share: 38, days: LONG_AGO, pays: 'card' }, steps: received },
  {
    ...{ name: 'is complete, in two parcels', share: 6, days: LONG_AGO, pays: 'card' },
    steps: inTwoParcels,
  },
  {
    ...{ name: 'is complete, paid by transfer', share: 3, days: LONG_AGO, pays: 'transfer' },
    steps: (order) => [cameIn(order), shipped(order)],
  },
  {
    ...{ name: 'is on hold', share: 3, days: LATELY, pays: 'card' },
    steps: () => [
      { type: 'hold', reason: 'The address and the card are of different countries.' },
      noted('Rang twice, nobody answered. Tries again tomorrow.'),
    ],
  },
  {
    ...{ name: 'was called off before it was paid', share: 3, days: [1, 59], pays: 'card' },
    steps: () => [{ type: 'cancel', reason: 'Ordered twice by mistake.' }],
  },
  {
    ...{ name: 'was called off after it was paid', share: 3, days: [1, 59], pays: 'card' },
    steps: () => [paid, { type: 'cancel', reason: 'The customer changed her mind.' }],
  },
  {
    ...{ name: 'lost a unit', share: 3, days: [2, 40], pays: 'card' },
    steps: (order) => [
      { type: 'cancel', lines: aUnit(order), reason: 'The last one was chipped.' },
      ...received(order),
    ],
  },
  {
    ...{ name: 'has a return asked for', share: 2, days: [6, 30], pays: 'card' },
    steps: (order) => [...received(order), asked(order)],
  },
  {
    ...{ name: 'has a return on its way', share: 2, days: [6, 30], pays: 'card' },
    steps: awaited,
  },
  {
    ...{ name: 'came back and was refunded', share: 3, days: [10, 59], pays: 'card' },
    steps: (order) => [
      ...awaited(order),
      { type: 'receive-return', return: 'r1' },
      { type: 'refund', return: 'r1', reason: 'Came back unused.' },
    ],
  },
  {
    ...{ name: 'came back damaged', share: 1, days: [10, 40], pays: 'card' },
    steps: (order) => [
      ...awaited(order),
      {
        type: 'receive-return',
        return: 'r1',
        lines: aUnit(order).map(({ id }) => ({ id, good: 0, damaged: 1, restock: false })),
      },
      noted('The handle is broken off; photographs are in the shared folder.'),
    ],
  },
  {
    ...{ name: 'may not be sent back', share: 1, days: [20, 59], pays: 'card' },
    steps: (order) => [
      ...received(order),
      asked(order),
      { type: 'decline-return', return: 'r1', reason: 'It was used and washed many times.' },
    ],
  },
  {
    ...{ name: 'got something back for a scratch', share: 2, days: LONG_AGO, pays: 'card' },
    steps: (order) => [
      ...received(order),
      { type: 'refund', amount: Math.ceil(order.total / 10), reason: 'A scratch in the glaze.' },
    ],
  },
  {
    ...{ name: 'is called off, and its transfer is to go back', share: 1, days: [1, 9] },
    pays: 'transfer',
    steps: (order) => [cameIn(order), { type: 'cancel', reason: 'Found it cheaper nearby.' }],
  },
  {
    ...{ name: 'was paid more than it costs', share: 1, days: [0, 6], pays: 'transfer' },
    steps: (order) => [{ ...cameIn(order), amount: order.total + 1000 }],
  },
];
