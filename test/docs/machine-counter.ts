import { shortage } from '../../db/commits/shortage';
import { movesOf } from '../../db/commits/stock-moves';
import type { Answer, OrderEvent, PlacedLine, Placement } from '../../machines/events';
import type { Effect } from '../../machines/effects';
import type { Commit } from '../../machines/history';
import type { Fact } from '../../machines/facts';
import { readCommand } from '../../machines/commands';
import defaultShop from '../../machines/shop';
import type { OrderState } from '../../machines/state';
import type { Settled } from '../../machines/stock';
import { ordersOf, step, unplaced, welcomeAnswer } from '../../machines/step';
import type { Shop } from '../../machines/table';
import { sentenceOf } from '../../machines/views/sentences';
import { viewOrder } from '../../machines/views/order';
import { Warehouse } from '../support/warehouse';
import type { Counter, Outcome, Shelf } from './day';

const NOON = '2026-11-23T12:00:00.000Z';
const admin = { role: 'admin', name: 'admin' } as const;

/** Places orders with the machine alone: shelves are counted here, and cards answer as their tokens say. */
export class MachineCounter implements Counter {
  private readonly warehouse = new Warehouse();
  private readonly states = new Map<string, OrderState>();
  private readonly orders;
  private nextNumber: number;
  private events = 0;

  constructor(private readonly shop: Shop = defaultShop) {
    this.orders = ordersOf(shop);
    this.nextNumber = shop.numbers.from;
  }

  async stocktake(sku: string, { inStock }: { readonly inStock: number }): Promise<void> {
    this.warehouse.stocktake(sku, inStock);
  }

  async shelf(sku: string): Promise<Shelf> {
    return this.warehouse.shelf(sku);
  }

  async place(order: Record<string, unknown>): Promise<Outcome> {
    const number = `${this.shop.numbers.prefix}${this.nextNumber++}`;
    const placement = this.completed(number, order as Partial<Placement>);
    return this.take(number, { type: 'place', placement, ...this.stamp() });
  }

  async send(number: string, command: Record<string, unknown>): Promise<Outcome> {
    const read = readCommand(command);
    if ('refusal' in read) return { says: [], refusal: read.refusal };
    return this.take(number, { ...read.command, ...this.stamp() });
  }

  private take(number: string, first: OrderEvent): Outcome {
    const { shop } = this;
    const events = [first];
    const facts: Fact[] = [];
    for (const event of events) {
      const before = this.states.get(number) ?? unplaced(this.orders);
      const decided = step(this.orders, before, event);
      if (decided.outcome === 'refused') return { says: [], refusal: decided.refusal };
      if (decided.outcome === 'unchanged') continue;
      const { state: next, facts: made } = decided;
      const commit = { number, after: 0, events: [{ event, facts: made }], state: next };
      const settled = this.move(commit as unknown as Commit);
      if (settled.outcome === 'refused') {
        return { says: [], refusal: shortage(commit as unknown as Commit, settled) };
      }
      if (settled.outcome === 'short') {
        events.push({ ...event, shelves: settled.shelves });
        continue;
      }
      this.states.set(number, next);
      facts.push(...decided.facts);
      events.push(
        ...decided.effects.map((effect) => ({ ...answered(effect), ...this.stamp(event.id) })),
      );
    }
    const verdict = facts.findLast((fact) => fact.type === 'command' && fact.id === first.id);
    if (verdict?.type === 'command' && verdict.refusal) {
      return { says: [], refusal: verdict.refusal };
    }
    const state = this.states.get(number) as OrderState;
    const order = viewOrder(shop, { number, seq: this.events, version: this.events, state });
    const says = facts
      .filter(({ type }) => type !== 'command')
      .map((fact) => sentenceOf(fact, order.currency));
    return { says, order };
  }

  /** What the database would say; it has the last word on what is on the shelf. */
  private move(commit: Commit): Settled {
    const moves = movesOf(commit);
    if (moves.length === 0) return { outcome: 'settled' };
    return this.warehouse.move(commit.number, moves, NOON).settled;
  }

  /** What the API fills in. */
  private completed(number: string, order: Partial<Placement>): Placement {
    const { lines = [], ...rest } = order;
    const completedLine = (line: PlacedLine): PlacedLine => ({
      ...line,
      priceBreakdown: [{ quantity: line.quantity, ...line.unitPrice }],
      kind: line.kind ?? 'physical',
      trackStock: line.trackStock ?? true,
    });
    return {
      ...(rest as Placement),
      number,
      placedAt: NOON,
      status: this.shop.orders.initial,
      discounts: [],
      surcharges: [],
      lines: lines.map(completedLine),
    };
  }

  private stamp(cause?: string) {
    this.events += 1;
    return { id: `event-${this.events}`, at: NOON, actor: admin, cause };
  }
}

/** A card that declines says so when it is to be authorised; all others are willing. */
function answered(effect: Effect): Answer {
  if (effect.token !== 'tok_declined') return welcomeAnswer(effect);
  const { key } = effect;
  const message = 'The card was declined.';
  return { type: 'payment.declined', key, code: 'card_declined', message };
}
