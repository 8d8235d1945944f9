import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Command, OrderEvent, Report, Units } from '../../machines/events';
import type { Fact } from '../../machines/facts';
import { cancelledUnits } from '../../machines/fulfilment/units';
import { sum } from '../../machines/money';
import { balanceOf, capturable, OFFLINE, toGoBack } from '../../machines/payment/balance';
import { charges, unitPrices } from '../../machines/payment/prices';
import defaultShop from '../../machines/shop';
import { agreed, type OrderContext, type OrderState } from '../../machines/state';
import { step, unplaced, type Orders } from '../../machines/step';
import type { Shop } from '../../machines/table';
import { deadlineOf } from '../../machines/undoing/waiting';
import { anyLife, anyPlacement, eventFor, type Life } from './arbitraries';
import { bakery } from './shops';
import { desk, moved, noon } from './support';

const patient: Shop = {
  ...defaultShop,
  undo: { 'take-payment': { hours: 1 }, refund: { hours: 1 }, cancel: { hours: 2 } },
};
const shops: [string, Shop][] = [
  ['the default shop', defaultShop],
  ['a shop that captures on dispatch', bakery],
  ['a shop that lets commands be undone', patient],
];

/** What is left unexplained of an order's money where nothing of it is under way. */
function unexplained(shop: Shop, { context }: OrderState): string[] {
  if (!context.placement || context.movements.length > 0) return [];
  const isTask = (...reasons: string[]) =>
    context.attention.some(({ reason }) => reasons.includes(reason));
  const isHeld = context.payments.some(
    (payment) => payment.gateway !== OFFLINE && capturable(payment) > 0,
  );
  const { owed } = balanceOf(shop, context);
  return [
    toGoBack(shop, context) <= 0 ||
      isTask('overpaid', 'refund-by-hand', 'refund-failed') ||
      'money is to go back, and nobody is told',
    owed > 0 || !isHeld || isTask('void-failed') || 'money is held for nothing, nobody is told',
  ].filter((breach) => breach !== true);
}

interface Lived {
  readonly state: OrderState;
  readonly facts: readonly Fact[];
}

/** Lives an order through; at last gateways are willing, and no command waits any more. */
function live({ shop, ...orders }: Orders, placing: object, life: Life): Lived {
  let state = unplaced({ shop, ...orders });
  const facts: Fact[] = [];
  const take = (event: object) => {
    const stamp = { id: `last-${facts.length}`, at: noon, actor: { role: 'clerk', name: 'Grace' } };
    const decided = step({ shop, ...orders }, state, { ...stamp, ...event } as OrderEvent);
    if (decided.outcome !== 'accepted') return;
    ({ state } = decided);
    facts.push(...decided.facts);
    expect(unexplained(shop, state)).toEqual([]);
  };
  take({ type: 'place', ...placing });
  life.forEach((happening, n) => {
    const event = eventFor(shop, state, happening, n);
    if (event) take(event);
  });
  for (let n = 0; n < 50; n += 1) {
    const [waits] = state.context.waiting;
    if (state.context.movements.length > 0) take(moved(state));
    else if (waits) take({ type: 'deadline', name: deadlineOf(waits), at: waits.until });
  }
  return { state, facts };
}

const some = fc
  .tuple(fc.constantFrom('A', 'A', 'B'), fc.constantFrom(1, 1, 2))
  .map(([id, quantity]) => [{ id, quantity }]);
const goods = [
  { sku: 'NEW', title: 'New', quantity: 1, unitPrice: { exclTax: 500, inclTax: 500 } },
];
const reason = 'The customer asked.';
const willing = { answer: 'moved' as const };
const asked = (command: Command | Report) => [{ command: command as Command }, willing, willing];

/** Units come back as the return of this name, and are refunded or exchanged. */
function comesBack(lines: Units[], name: string, [isExchanged, isPlaced]: boolean[]): Life {
  const report = { return: name, number: `100001-X${name.slice(1)}` };
  const exchange: Life = [
    ...asked({ type: 'exchange', return: name, lines: goods, number: report.number }),
    ...asked(
      isPlaced
        ? { type: 'exchange.placed', ...report }
        : { type: 'exchange.refused', ...report, why: 'No stock.' },
    ),
  ];
  return [
    ...asked({ type: 'request-return', lines, reason }),
    ...asked({ type: 'authorise-return', return: name }),
    ...asked({ type: 'receive-return', return: name }),
    ...(isExchanged ? exchange : asked({ type: 'refund', return: name, reason })),
  ];
}

/** A life in which goods are paid in parts, leave, are cancelled and come back; nobody is given a present. */
function tradingLife(shop: Shop): fc.Arbitrary<Life> {
  const [ship, status] = shop === bakery ? ['Left', 'Baking'] : ['Shipped', 'Being processed'];
  const often = (weight: number, arbitrary: fc.Arbitrary<Command>) => ({
    weight,
    arbitrary: arbitrary.map(asked),
  });
  const trading = fc.array(
    fc.oneof(
      often(
        3,
        some.map((lines) => ({ type: 'record-shipping-event', event: ship, lines })),
      ),
      often(
        1,
        some.map((lines) => ({ type: 'cancel', lines, reason })),
      ),
      often(1, fc.constant({ type: 'take-payment' })),
      often(
        2,
        fc.nat(3000).map((amount) => ({ type: 'take-payment', amount })),
      ),
      often(
        1,
        some.map((lines) => ({ type: 'take-payment', lines })),
      ),
    ),
    { maxLength: 6 },
  );
  const flags = fc.tuple(fc.boolean(), fc.boolean());
  const back = (name: string) =>
    fc.tuple(trading, some, flags).map(([before, lines, how]) => {
      return [...before.flat(), ...comesBack(lines, name, how)];
    });
  const begun = [willing, willing, willing, ...asked({ type: 'set-status', status })];
  return fc
    .tuple(back('r1'), back('r2'), back('r3'), trading)
    .map(([first, second, third, rest]) => [
      ...[...begun, ...first, ...second, ...third],
      ...rest.flat(),
    ]);
}

/** What the units cost that the customer keeps, walking the breakdown, and the charges. */
function worthOfKept(shop: Shop, context: OrderContext): number {
  const placement = agreed(context);
  const price = unitPrices(placement);
  const cancelled = cancelledUnits(shop, context);
  const kept = placement.lines.map(({ id, quantity }, index) => {
    const granted = context.returns.flatMap(({ refunds, exchange }) =>
      refunds
        .filter(({ outcome }) => outcome === 'done' || (outcome === 'pending' && !isOpen(exchange)))
        .flatMap(({ lines }) => lines.filter((line) => line.id === id)),
    );
    const from = sum(granted.map((line) => line.quantity));
    const left = quantity - cancelled(index);
    return { left, amount: price.next(index, from, left - from) };
  });
  if (kept.every(({ left }) => left === 0)) return 0;
  const amounts = [...kept, ...charges(placement)].map(({ amount }) => amount);
  return sum(amounts);
}

const isOpen = (exchange?: { readonly outcome: string }) => exchange?.outcome === 'placing';

describe.each(shops)('the money of an order of %s', (_, shop) => {
  const { orders } = desk(shop);
  const placement = anyPlacement(shop.orders.initial);

  it('is explained wherever none is under way, and each command hears once what became of it', () => {
    fc.assert(
      fc.property(placement, anyLife(shop), (placed, life) => {
        const { facts } = live(orders, { placement: placed }, life);
        const verdicts = facts.flatMap((fact) => {
          return fact.type === 'command' && fact.outcome !== 'pending' ? [fact.id] : [];
        });
        const waited = facts.flatMap((fact) => {
          return fact.type === 'command' && fact.outcome === 'pending' ? [fact.id] : [];
        });
        expect(new Set(verdicts).size).toBe(verdicts.length);
        expect(verdicts).toEqual(expect.arrayContaining(waited));
      }),
      { numRuns: 200 },
    );
  });

  it('is, to the unit, the price of what the customer keeps, however it was paid', () => {
    fc.assert(
      fc.property(placement, tradingLife(shop), (placed, life) => {
        const { context } = live(orders, { placement: placed }, life).state;
        const refunds = context.returns.flatMap((returned) => returned.refunds);
        const given = sum(refunds.map(({ moved: went, byHand }) => went + byHand));
        expect(balanceOf(shop, context).owed - given).toBe(worthOfKept(shop, context));
      }),
      { numRuns: 400 },
    );
  });
});
