import shop from '../machines/shop';
import type { Command, OrderEvent, Placement, PlacedLine } from '../machines/events';
import type { OrderState } from '../machines/state';
import { ordersOf, step, unplaced, welcomeAnswer } from '../machines/step';

/** Prints what one decision of the pure machine costs the processor, in µs, whoever else is busy: medians of several rounds. */
const ROUNDS = 9;
const MS_PER_ROUND = 100;
const SIZES = [3, 42, 300];

const stamp = {
  id: 'bench',
  at: '2026-03-02T12:00:00.000Z',
  actor: { role: 'clerk', name: 'bench' },
} as const;
const orders = ordersOf(shop);

function placementOf(size: number): Placement {
  const price = { exclTax: 1000, inclTax: 1200 };
  const lines = Array.from({ length: size }, (_, index): PlacedLine => {
    return {
      id: `line-${index}`,
      sku: `SKU-${index}`,
      title: 'Mug',
      quantity: 3,
      unitPrice: price,
      priceBreakdown: [{ quantity: 3, ...price }],
      kind: 'physical',
      trackStock: true,
    };
  });
  const off = size * 100;
  return {
    number: '100001',
    currency: 'GBP',
    placedAt: stamp.at,
    customer: { email: 'ada@example.com' },
    lines,
    surcharges: [],
    discounts: [{ kind: 'basket', name: 'Spring', exclTax: off, inclTax: off }],
    total: { exclTax: size * 3000 - off, inclTax: size * 3600 - off },
    payments: [{ gateway: 'sandbox', token: 'tok_ok' }],
    status: 'Pending',
  };
}

function after(state: OrderState, event: OrderEvent): OrderState {
  const first = step(orders, state, event);
  if (first.outcome !== 'accepted') throw new Error(JSON.stringify(first));
  return first.effects.reduce(
    (last, effect) => after(last, { ...welcomeAnswer(effect), ...stamp }),
    first.state,
  );
}

function median(figures: readonly number[]): number {
  return [...figures].sort((a, b) => a - b)[Math.floor(figures.length / 2)] ?? Number.NaN;
}

/** µs of the processor for one call: the mean of each round, and the median round counts. */
function measure(call: () => void): number {
  const round = () => {
    const start = process.cpuUsage();
    const spent = () => {
      const { user, system } = process.cpuUsage(start);
      return user + system;
    };
    let calls = 0;
    for (; spent() < MS_PER_ROUND * 1000; calls++) call();
    return spent() / calls;
  };
  round();
  return median(Array.from({ length: ROUNDS }, round));
}

function stepsOf(size: number): Record<string, number> {
  const placement = placementOf(size);
  const nothing = unplaced(orders);
  const place: OrderEvent = { type: 'place', placement, ...stamp };
  const placed = after(nothing, place);
  const paid = after(placed, { type: 'take-payment', ...stamp });
  const cost = (state: OrderState, command: Command) => {
    // Each step is of a new event, as in life: what was worked out for an old one must not help.
    const decide = () => step(orders, state, { ...command, ...stamp });
    const { outcome } = decide();
    if (outcome !== 'accepted') throw new Error(`${command.type} was ${outcome}`);
    return measure(decide);
  };
  return {
    place: measure(() => step(orders, nothing, { ...place })),
    'take-payment': cost(placed, { type: 'take-payment' }),
    'ship one line': cost(paid, {
      type: 'record-shipping-event',
      event: 'Shipped',
      lines: [{ id: 'line-1' }],
    }),
    'ship all': cost(paid, { type: 'record-shipping-event', event: 'Shipped' }),
    'cancel unpaid': cost(placed, { type: 'cancel', reason: 'asked' }),
    'cancel paid': cost(paid, { type: 'cancel', reason: 'asked' }),
    'add a note': cost(paid, { type: 'add-note', text: 'Call her.' }),
  };
}

const rows = SIZES.map((size) => stepsOf(size));
const whole = (figure = Number.NaN) => Math.round(figure).toString();
const table = Object.keys(rows[0] ?? {}).map((name) => [
  name,
  Object.fromEntries(rows.map((row, index) => [`${SIZES[index]} lines`, whole(row[name])])),
]);
console.log('µs of processor time per step, median of', ROUNDS, 'rounds');
console.table(Object.fromEntries(table));
console.log('compiling the default shop, µs:', whole(measure(() => ordersOf(shop))));
