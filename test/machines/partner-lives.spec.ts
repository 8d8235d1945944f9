import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Actor, OrderEvent, Units } from '../../machines/events';
import type { Fact } from '../../machines/facts';
import {
  isOpen,
  linesWithNobody,
  openUnits,
  unitsWith,
  wasHandedOver,
} from '../../machines/partners/lines';
import { unsentUnits } from '../../machines/partners/moving';
import { replay, unplaced } from '../../machines/step';
import { agreed, passed } from '../../machines/state';
import type { Shop } from '../../machines/table';
import { breachesOf, Watched } from './invariants';
import { lamps } from './shops';
import { aLine, anOrder, desk, noon } from './support';

const partners = ['nord', 'sued', 'west'] as const;
const lines = [
  aLine({ id: 'A', partner: 'nord', trackStock: false }),
  aLine({ id: 'B', partner: 'sued', quantity: 2, trackStock: false }),
  aLine({ id: 'C', quantity: 2 }),
];
const placement = anOrder({ status: 'New', lines, payments: [] });

type Wish = {
  readonly by: Actor;
  readonly event: Record<string, unknown> & { readonly type: string };
};

const partner = fc.constantFrom(...partners).map((name): Actor => ({ role: 'partner', name }));
const clerk = fc.constant<Actor>({ role: 'clerk', name: 'Grace' });
const clock = fc.constant<Actor>({ role: 'system', name: 'fulfilment' });
const units = fc.array(
  fc.record({
    id: fc.constantFrom('A', 'A', 'B', 'C', 'Z'),
    quantity: fc.constantFrom(undefined, 1, 1, 2, 3, 4),
  }),
  { minLength: 1, maxLength: 2 },
);
const some = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined });
const handOver = some(fc.constantFrom('p1', 'p2', 'p3', 'p9'));
const reason = fc.constant('None left.');

const wish = (
  by: fc.Arbitrary<Actor>,
  type: string,
  fields: Record<string, fc.Arbitrary<unknown>> = {},
): fc.Arbitrary<Wish> =>
  fc.record({ by, given: fc.record(fields) }).map(({ by: actor, given }) => {
    const kept = Object.entries(given as object).filter(([, value]) => value !== undefined);
    return { by: actor, event: { type, ...Object.fromEntries(kept) } };
  });

const slow = fc.constantFrom('partner.reminded', 'partner.escalated', 'partner.given-up');
const anyWish: fc.Arbitrary<Wish> = fc.oneof(
  wish(partner, 'accept-hand-over', { handOver, lines: some(units) }),
  wish(partner, 'decline-hand-over', { handOver, lines: some(units), reason }),
  ...[1, 2].map(() =>
    wish(partner, 'record-shipping-event', {
      event: fc.constantFrom('Sent', 'Sent', 'Sent', 'Back'),
      lines: units,
      reference: some(fc.nat(5).map(String)),
    }),
  ),
  wish(partner, 'cancel', { lines: units, reason }),
  wish(clerk, 'cancel', { lines: units, reason }),
  wish(clerk, 'record-shipping-event', { event: fc.constant('Sent'), lines: units }),
  wish(clerk, 'hand-over', { partner: some(fc.constantFrom(...partners)), lines: some(units) }),
  wish(clerk, 'hold', { reason }),
  wish(clerk, 'release-hold'),
  fc
    .record({
      type: slow,
      handOver: fc.constantFrom('p1', 'p2', 'p3', 'p4'),
      stage: fc.constantFrom('asked', 'accepted'),
    })
    .chain(({ type, ...about }) =>
      wish(clock, type, { handOver: fc.constant(about.handOver), stage: fc.constant(about.stage) }),
    ),
);

/** Each thing that happens, and how often it is told. */
const anyLife = fc.array(fc.tuple(anyWish, fc.constantFrom(1, 1, 1, 2, 5)), { maxLength: 25 });

/** An order with partners: of each, every unit that it was asked for is accounted for. */
class Account {
  private readonly owed = new Map<string, number>();

  private add(name: string, all: readonly Units[], sign: 1 | -1): void {
    for (const { id, quantity = 0 } of all) {
      const key = `${name} ${id}`;
      this.owed.set(key, (this.owed.get(key) ?? 0) + sign * quantity);
    }
  }

  follow(facts: readonly Fact[], { actor, type }: OrderEvent, before: Watched['state']): void {
    for (const fact of facts) {
      if (fact.type === 'handed-over') this.add(fact.partner, fact.lines, 1);
      if (fact.type === 'partner-told' && fact.kind === 'cancellation') {
        this.add(fact.partner, fact.lines, -1);
      }
      if (fact.type === 'hand-over-moved' && fact.stage === 'declined') {
        this.add(fact.partner, fact.lines, -1);
      }
      // What it calls off itself, nobody tells it.
      if (
        fact.type === 'shipping-event' &&
        fact.event === 'Dropped' &&
        actor.role === 'partner' &&
        type === 'cancel'
      ) {
        this.add(
          actor.name,
          fact.lines.filter(({ id }) => wasHandedOver(before.context, id)),
          -1,
        );
      }
    }
  }

  breaches({ context }: Watched['state']): string[] {
    return partners.flatMap((name) =>
      lines.flatMap(({ id }) => {
        const own = context.handOvers.filter((each) => each.partner === name);
        const sent = own
          .flatMap((each) => each.lines.filter((line) => line.id === id))
          .reduce((sum, line) => sum + line.sent, 0);
        const left = (this.owed.get(`${name} ${id}`) ?? 0) - sent;
        const held = unitsWith(context, id, name);
        return left === held
          ? []
          : [`${name} was told of ${left} of ${id}, and has ${held} in hand`];
      }),
    );
  }
}

function handOverBreaches(shop: Shop, { context }: Watched['state']): string[] {
  const counts = lines.flatMap(({ id }) => {
    const [held, open] = [unitsWith(context, id), openUnits(shop, context, id)];
    return held <= open ? [] : [`line ${id}: ${held} with partners, ${open} open`];
  });
  const stages = context.handOvers.flatMap((each) => {
    const { id, stage, lines: own } = each;
    const sent = own.some((line) => line.sent > 0);
    const isWhole = own.every(
      (line) => line.sent >= 0 && line.sent <= line.quantity && line.quantity > 0,
    );
    return [
      isWhole || 'sent within units',
      !isOpen(each) || unsentUnits(each).length > 0 || 'open, with nothing to send',
      stage !== 'fulfilled' ||
        own.every((line) => line.sent === line.quantity) ||
        'fulfilled too early',
      (stage !== 'declined' && stage !== 'withdrawn' && stage !== 'asked') ||
        !sent ||
        `${stage}, and sent`,
    ].flatMap((breach) => (breach === true ? [] : [`${id}: ${breach}`]));
  });
  return [...counts, ...stages];
}

const rule = lamps.partners as NonNullable<Shop['partners']>;

describe.each([
  ['hand on', rule],
  ['ask people', { ...rule, whenDeclined: 'people', whenSilent: 'hold' } as const],
  ['cancel', { ...rule, whenDeclined: 'cancel' } as const],
])('partners of a shop that would %s', (_, partnersRule) => {
  const shop: Shop = { ...lamps, partners: partnersRule };
  const { orders } = desk(shop);

  const begin = () => {
    const order = new Watched(orders, unplaced(orders));
    const account = new Account();
    let told = 0;
    const take = ({ by: actor, event }: Wish) => {
      const before = order.state;
      told += 1;
      const whole = { ...event, id: `event-${told}`, at: noon, actor } as unknown as OrderEvent;
      const decided = order.take(whole);
      if (decided.outcome === 'accepted') account.follow(decided.facts, whole, before);
      const breaches = [...handOverBreaches(shop, order.state), ...account.breaches(order.state)];
      if (breaches.length > 0) throw new Error(`${JSON.stringify(whole)}\n${breaches.join('\n')}`);
      return decided;
    };
    take({ by: { role: 'storefront', name: 'web' }, event: { type: 'place', placement } });
    take({ by: { role: 'clerk', name: 'Grace' }, event: { type: 'set-status', status: 'Asked' } });
    return { order, take };
  };

  const live = (life: readonly [Wish, number][]) => {
    const { order, take } = begin();
    for (const [happening, times] of life) {
      const outcomes = Array.from({ length: times }, () => take(happening).outcome);
      const { event, by } = happening;
      // A parcel that has a reference is one, however often it is told.
      if (event.type !== 'record-shipping-event' || by.role !== 'partner') continue;
      const isCounted = (event.lines as Units[]).every(({ quantity }) => quantity !== undefined);
      if (event.reference === undefined || !isCounted) continue;
      expect(outcomes.filter((outcome) => outcome === 'accepted').length).toBeLessThanOrEqual(1);
    }
    return { order, take };
  };

  it('have each unit in hand at most once, and are told of each that they lose', () => {
    fc.assert(
      fc.property(anyLife, (life) => {
        const { order } = live(life);
        expect(breachesOf(shop, order.state)).toEqual([]);
        expect(replay(orders, order.accepted).state).toEqual(order.state);
      }),
      { numRuns: 200 },
    );
  });

  it('leave each unit sent or cancelled once, when they are through with it', () => {
    fc.assert(
      fc.property(anyLife, (life) => {
        const { order, take } = live(life);
        const grace: Actor = { role: 'clerk', name: 'Grace' };
        if (order.state.context.hold) take({ by: grace, event: { type: 'release-hold' } });
        for (const each of order.state.context.handOvers.filter(isOpen)) {
          const sent = { type: 'record-shipping-event', event: 'Sent', lines: unsentUnits(each) };
          take({ by: { role: 'partner', name: each.partner }, event: sent });
        }
        const { context } = order.state;
        const left = [
          ...linesWithNobody(shop, context),
          { id: 'C', quantity: openUnits(shop, context, 'C') },
        ];
        const open = lines
          .map(({ id }) => ({ id, quantity: openUnits(shop, context, id) }))
          .filter(({ quantity }) => quantity > 0);
        expect(left.filter(({ quantity }) => quantity > 0).map(({ id }) => id)).toEqual(
          expect.arrayContaining(open.map(({ id }) => id)),
        );
        if (open.length > 0)
          take({ by: grace, event: { type: 'cancel', lines: open, reason: 'Nobody sends it.' } });
        agreed(order.state.context).lines.forEach(({ quantity }, index) => {
          const line = order.state.context.lines[index];
          expect(line && passed(line, 'Sent') + passed(line, 'Dropped')).toBe(quantity);
        });
        expect(['Delivered', 'Dropped']).toContain(order.state.value.status);
        expect(order.state.context.handOvers.some(isOpen)).toBe(false);
        const about = order.state.context.attention.map(({ reason }) => reason);
        expect(about).not.toContain('partner-declined');
        expect(about).not.toContain('partner-late');
      }),
      { numRuns: 200 },
    );
  });
});
