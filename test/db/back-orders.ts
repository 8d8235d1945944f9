import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import { commit } from '../../db/commit';
import type { Command, CountedUnits, OrderEvent, Placement } from '../../machines/events';
import { summaryOf, type Committed } from '../../machines/history';
import defaultShop from '../../machines/shop';
import type { AllocationRules } from '../../machines/stock';
import { ordersOf, step, unplaced } from '../../machines/step';
import type { Shop } from '../../machines/table';
import { aPlacement } from '../support/placements';
import { carol, offline } from './lives';

type Asked =
  | Command
  | { readonly type: 'place'; readonly placement: Placement }
  | { readonly type: 'deadline'; readonly name: string; readonly at: string }
  | {
      readonly type: 'stock.allocated';
      readonly queuedBy: string;
      readonly lines: readonly CountedUnits[];
    };

export type Outcome = Committed['outcome'] | 'unchanged';

/** An order that decides and commits as its workflow does: again on what is there, when not all is. */
export class LiveOrder {
  readonly number: string;
  state;
  private position = { seq: 0, version: 0 };
  private readonly orders;
  private readonly placement: Placement;

  constructor(
    private readonly knex: Knex,
    changes: Parameters<typeof aPlacement>[0] = {},
    private readonly shop: Shop = defaultShop,
    private readonly rules?: AllocationRules,
  ) {
    this.placement = aPlacement({ ...offline, ...changes });
    this.number = this.placement.number;
    this.orders = ordersOf(shop);
    this.state = unplaced(this.orders);
  }

  place(): Promise<Outcome> {
    return this.take({ type: 'place', placement: this.placement });
  }

  /** Takes one event; throws where the machine itself refuses. */
  async take(asked: Asked): Promise<Outcome> {
    const stamp = { id: randomUUID(), at: new Date().toISOString(), actor: carol };
    let event = { ...stamp, ...asked } as OrderEvent;
    for (;;) {
      const decided = step(this.orders, this.state, event);
      if (decided.outcome === 'unchanged') return 'unchanged';
      if (decided.outcome === 'refused') throw new Error(decided.refusal.detail);
      const { state, facts } = decided;
      const { seq, version } = this.position;
      const next = { seq: seq + 1, version: version + 1 };
      const events = [{ event, outcome: 'accepted' as const, facts }];
      const input = {
        ...{ number: this.number, after: seq, version: next.version, events, state },
        ...{ summary: summaryOf(this.shop, state), ...(seq === 0 && { shop: this.shop }) },
      };
      const sent = JSON.parse(JSON.stringify(input)) as typeof input;
      const written = await commit(this.knex, sent, this.rules);
      if (written.outcome === 'short') {
        event = { ...event, shelves: written.shelves };
        continue;
      }
      if (written.outcome === 'committed') {
        this.state = state;
        this.position = next;
      }
      return written.outcome;
    }
  }

  /** Hears what its rows of the outbox have to say, each as often as told; gives how many there were. */
  async hear(times = 1): Promise<number> {
    const rows = (await this.knex('outbox')
      .where({ order_number: this.number, topic: 'stock' })
      .whereNull('started_at')
      .orderBy('created_at')
      .select('id', 'payload')) as {
      id: string;
      payload: { queuedBy: string; lines: CountedUnits[] };
    }[];
    for (const { id, payload } of rows) {
      for (let told = 0; told < times; told += 1) {
        await this.take({ type: 'stock.allocated', ...payload });
      }
      await this.knex('outbox').where({ id }).update({ started_at: new Date().toISOString() });
    }
    return rows.length;
  }

  line(id = 'A') {
    const found = this.state.context.lines.find((each) => each.id === id);
    const { allocated = 0, backordered = 0, consumed = 0 } = found ?? {};
    return { allocated, backordered, consumed };
  }
}
