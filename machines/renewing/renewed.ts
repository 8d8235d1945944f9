import type { Fact } from '../facts';
import type { LineState, OrderContext, OrderState } from '../state';
import type { Shop } from '../table';
import type { WaitingCommand } from '../undoing/state';
import { nameOf, newNames, type NewNames, type Renewal } from './words';

/** An order on its new table, and what became true with it. */
export interface Renewed {
  readonly state: OrderState;
  readonly facts: readonly Fact[];
  readonly shop: Shop;
}

function renamedLine(from: Shop, names: NewNames, line: LineState): LineState {
  const passed = Object.entries(line.passed).map(([type, count]) => {
    const name = Object.hasOwn(from.shippingEvents, type) ? names.shipping : names.payment;
    return [name(type), count] as const;
  });
  return { ...line, status: names.line(line.status), passed: Object.fromEntries(passed) };
}

/** A command that waits is done in the words that are true then. */
function renamedWaiting(names: NewNames, { event, until }: WaitingCommand): WaitingCommand {
  if (event.type !== 'record-shipping-event') return { event, until };
  return { event: { ...event, event: names.shipping(event.event) }, until };
}

function renamedContext(from: Shop, names: NewNames, context: OrderContext): OrderContext {
  return {
    ...context,
    lines: context.lines.map((line) => renamedLine(from, names, line)),
    shipments: context.shipments.map((each) => ({ ...each, event: names.shipping(each.event) })),
    digital: context.digital.map((each) => ({ ...each, event: names.shipping(each.event) })),
    waiting: context.waiting.map((each) => renamedWaiting(names, each)),
  };
}

/** The order in the words of its new table: nothing is paid, sent or moved on a shelf by it. */
export function renewedState(from: Shop, state: OrderState, renewal: Renewal): OrderState {
  const names = newNames(from, renewal);
  const { value, context } = state;
  return {
    value: { ...value, status: names.status(value.status) },
    context: renamedContext(from, names, context),
  };
}

/** Event types of the order's past that are called otherwise now. */
function renamedTypes(before: OrderState, after: OrderState): Record<string, string> {
  const types = (state: OrderState) => [
    ...state.context.lines.flatMap(({ passed }) => Object.keys(passed)),
    ...state.context.shipments.map(({ event }) => event),
  ];
  const now = types(after);
  const pairs = types(before).map((type, index) => [type, now[index] ?? type] as const);
  return Object.fromEntries(pairs.filter(([old, word]) => old !== word));
}

/** Moves an order that may be moved; what is called otherwise is a fact each. */
export function renewed(from: Shop, state: OrderState, renewal: Renewal): Renewed {
  const { shop: to } = renewal;
  const after = renewedState(from, state, renewal);
  const renamed = renamedTypes(state, after);
  const facts: Fact[] = [
    {
      type: 'table-renewed',
      from: nameOf(from),
      to: nameOf(to),
      ...(Object.keys(renamed).length > 0 && { renamed }),
    },
  ];
  if (after.value.status !== state.value.status) {
    facts.push({ type: 'order-status', from: state.value.status, to: after.value.status });
  }
  after.context.lines.forEach(({ id, status }, index) => {
    const was = state.context.lines[index]?.status ?? null;
    if (was !== status) facts.push({ type: 'line-status', line: id, from: was, to: status });
  });
  return { state: after, facts, shop: to };
}
