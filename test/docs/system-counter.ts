import { randomInt } from 'node:crypto';
import type { Table } from '../../machines/table';
import type { TimelineEntry } from '../../machines/views/timeline';
import type { Reply, System } from '../support/system';
import type { Counter, Outcome, Shelf } from './day';

/**
 * Places orders over HTTP. The tests of a run share one Temporal, so the numbers begin somewhere else
 * here than in the documents; what comes back is written with the documents' numbers.
 */
export class SystemCounter implements Counter {
  private readonly first = randomInt(1_000_000, 9_000_000) * 1000;
  private readonly seen = new Map<string, number>();

  private constructor(
    private readonly system: System,
    private readonly numbers: Table['numbers'],
  ) {}

  static async at(system: System, numbers: Table['numbers']): Promise<SystemCounter> {
    const counter = new SystemCounter(system, numbers);
    await system.database.knex.raw(`alter sequence order_numbers restart with ${counter.first}`);
    return counter;
  }

  async stocktake(sku: string, { inStock }: { readonly inStock: number }): Promise<void> {
    const { status, body } = await this.system.put(`/v1/stock/${sku}`, { inStock });
    if (status >= 300) throw new Error(`The shelf of ${sku}: ${JSON.stringify(body)}`);
  }

  async shelf(sku: string): Promise<Shelf> {
    const { status, body } = await this.system.get(`/v1/stock/${sku}`);
    return status === 200 ? (body as Shelf) : { inStock: 0, allocated: 0 };
  }

  async place(order: Record<string, unknown>): Promise<Outcome> {
    return this.outcomeOf(await this.system.post('/v1/orders', order));
  }

  async send(number: string, command: Record<string, unknown>): Promise<Outcome> {
    return this.outcomeOf(await this.system.command(number, command));
  }

  private async outcomeOf({ status, body }: Reply): Promise<Outcome> {
    if (status >= 300) {
      const { code, detail } = body as { code: string; detail: string };
      return { says: [], refusal: { code, detail: this.asWritten(detail) } };
    }
    const order = (body as { order?: object }).order ?? (body as object);
    const shown = order as NonNullable<Outcome['order']>;
    return { says: await this.news(shown.number), order: shown };
  }

  /** What the timeline says that it did not say before. */
  private async news(number: string): Promise<string[]> {
    const cursor = this.seen.get(number) ?? 0;
    const { body } = await this.system.get(`/v1/orders/${number}/events?cursor=${cursor}`);
    const { events } = body as { events: TimelineEntry[] };
    this.seen.set(number, events.at(-1)?.seq ?? cursor);
    return events.filter(({ outcome }) => outcome === 'accepted').flatMap(({ says }) => says);
  }

  private asWritten(text: string): string {
    const { first, numbers } = this;
    const ours = new RegExp(`${Math.floor(first / 1000)}\\d{3}`, 'g');
    return text.replaceAll(ours, (number) => String(Number(number) - first + numbers.from));
  }
}
