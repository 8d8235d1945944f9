import { faults } from '../faults';
import type { Patience } from '../partners/rule';
import type { Shop, Tone } from '../table';
import { writtenDuration } from '../time';
import { saysOfPaymentEvent, saysOfReturns, saysOfShippingEvent, saysOfStatus } from './sentences';
import { movesByItself } from './words';

export interface DrawnMove {
  readonly to: string;
  /** When the order goes there by itself; none where somebody moves it. */
  readonly when: readonly string[];
}

export interface DrawnStatus {
  readonly status: string;
  readonly tone: Tone;
  readonly next: readonly DrawnMove[];
  /** What it brings with it, a sentence each. */
  readonly says: readonly string[];
}

/** A pipeline as it can be drawn: its statuses in their order, the first of them where everything begins. */
export interface DrawnPipeline {
  readonly initial: string;
  readonly statuses: readonly DrawnStatus[];
}

/** Something of a table and its rules, a sentence each. */
export interface Explained {
  readonly name: string;
  readonly says: readonly string[];
}

/** One chapter of a table, for people who do not read code. */
export interface Chapter {
  readonly title: string;
  readonly entries: readonly Explained[];
}

/** A shop's table for people: drawn, in sentences, and what is unsound about it. */
export interface ExplainedShop {
  readonly name: string;
  readonly revision: number;
  readonly faults: readonly string[];
  readonly orders: DrawnPipeline;
  readonly lines: DrawnPipeline;
  readonly chapters: readonly Chapter[];
}

/** The order and line pipelines of a table. */
export function drawnPipelines(shop: Shop): Pick<ExplainedShop, 'orders' | 'lines'> {
  const { orders, lines } = shop;
  return {
    orders: {
      initial: orders.initial,
      statuses: Object.entries(orders.statuses).map(([status, rule]) => ({
        status,
        tone: rule.tone ?? 'neutral',
        next: rule.next.map((to) => ({
          to,
          when: movesByItself(rule).flatMap((move) => (move.to === to ? [move.when] : [])),
        })),
        says: saysOfStatus(shop, status),
      })),
    },
    lines: {
      initial: lines.initial,
      statuses: Object.entries(lines.statuses).map(([status, { next, tone = 'neutral' }]) => ({
        status,
        tone,
        next: next.map((to) => ({ to, when: [] })),
        says: [],
      })),
    },
  };
}

function patience({ remind, escalate, giveUp }: Patience): string[] {
  return [
    ...(remind ? [`It is reminded after ${writtenDuration(remind)}.`] : []),
    `People are asked to look after ${writtenDuration(escalate)}.`,
    giveUp
      ? `It is given up after ${writtenDuration(giveUp)}.`
      : 'It is waited for without an end.',
  ];
}

const declined = {
  people: 'People decide.',
  reroute: 'The next partner on its route is asked.',
  cancel: 'Its units are cancelled.',
} as const;

const silent = {
  hold: 'The order is held.',
  reroute: 'The next partner on its route is asked.',
} as const;

function partnersOf({ partners }: Shop): Explained[] {
  if (!partners) return [];
  const { accept, ship, whenDeclined = 'people', whenSilent = 'hold', routes = {} } = partners;
  return [
    { name: 'Until a partner answers', says: patience(accept) },
    { name: 'Until a partner has sent everything', says: patience(ship) },
    { name: 'When one declines', says: [declined[whenDeclined]] },
    { name: 'When one stays silent', says: [silent[whenSilent]] },
    ...Object.entries(routes).map(([from, to]) => ({
      name: `Instead of ${from}`,
      says: [`${to.join(', then ')} may be asked.`],
    })),
  ];
}

function clocksOf({ authorisations, undo = {}, stock }: Shop): Explained[] {
  const ahead = authorisations && writtenDuration(authorisations.renewBefore);
  const lapses = stock?.reservedFor && writtenDuration(stock.reservedFor);
  return [
    {
      name: 'Authorisations',
      says: [
        ahead === undefined
          ? 'One that ends is not made again: its order is held.'
          : `One that is still needed is made again ${ahead} before it ends.`,
      ],
    },
    ...(lapses === undefined
      ? []
      : [{ name: 'Stock', says: [`An unpaid order keeps its stock for ${lapses}.`] }]),
    ...Object.entries(undo).map(([type, window]) => ({
      name: type,
      says: [`It waits ${writtenDuration(window)}, and can be undone until then.`],
    })),
  ];
}

function rulesOf({ numbers, holdBlocks, overrides, vouchers }: Shop): Explained[] {
  const { prefix, from, digits, each } = numbers;
  const first = `${prefix}${String(from).padStart(digits ?? 0, '0')}`;
  return [
    {
      name: 'Order numbers',
      says: [
        `The first number that the shop gives is ${first}.`,
        ...(each ? [`They begin anew each ${each}.`] : []),
      ],
    },
    { name: 'A hold blocks', says: holdBlocks },
    {
      name: 'Overriding a rule between shipping events',
      says: [`Allowed with a reason to: ${(overrides?.roles ?? ['admin']).join(', ')}.`],
    },
    ...(vouchers
      ? [
          {
            name: 'Vouchers of a cancelled order',
            says: [
              vouchers.whenCancelled === 'kept'
                ? 'They stay used.'
                : 'They are given back, and can be used again.',
            ],
          },
        ]
      : []),
  ];
}

function chaptersOf(shop: Shop): Chapter[] {
  const named = (names: readonly string[]) => names.map((name) => ({ name, says: [] }));
  const { shippingEvents, paymentEvents, effects = {}, carriers = {} } = shop;
  const chapters: Chapter[] = [
    {
      title: 'Shipping events',
      entries: Object.entries(shippingEvents).map(([name, rule]) => ({
        name,
        says: saysOfShippingEvent(shop, rule),
      })),
    },
    {
      title: 'Payment events',
      entries: Object.keys(paymentEvents).map((name) => ({
        name,
        says: saysOfPaymentEvent(shop, name),
      })),
    },
    { title: 'Returns', entries: [{ name: 'How goods come back', says: saysOfReturns(shop) }] },
    { title: 'Fulfilment partners', entries: partnersOf(shop) },
    { title: 'Clocks', entries: clocksOf(shop) },
    { title: 'Rules', entries: rulesOf(shop) },
    {
      title: "The shop's own effects",
      entries: Object.entries(effects).map(([name, { says }]) => ({
        name,
        says: [`The shop ${says}.`],
      })),
    },
    { title: 'Messages', entries: named(shop.messages) },
    { title: 'Carriers', entries: named(Object.values(carriers).map(({ name }) => name)) },
    { title: 'Payment gateways', entries: named([...shop.gateways, 'offline']) },
  ];
  return chapters.filter(({ entries }) => entries.length > 0);
}

export function explainedShop(shop: Shop): ExplainedShop {
  const { name, revision } = shop;
  return {
    name,
    revision,
    faults: faults(shop),
    ...drawnPipelines(shop),
    chapters: chaptersOf(shop),
  };
}
