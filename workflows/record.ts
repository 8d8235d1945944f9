import type { OrderEvent } from '../machines/events';
import {
  summaryOf,
  type Committed,
  type HistoryEvent,
  type StoredOrder,
} from '../machines/history';
import type { Refusal } from '../machines/refusals';
import { upToDate, type OrderState } from '../machines/state';
import { step, unplaced, type Accepted, type Orders } from '../machines/step';
import type { Shop } from '../machines/table';
import { noticeOf } from '../machines/tasks/refused';
import { compiledOf } from './compiled';
import { commit, load } from './perform';

/** What became of one event. `elsewhere`: another writer had recorded it before us. */
export type Recorded =
  | Accepted
  | { readonly outcome: 'unchanged' }
  | { readonly outcome: 'refused'; readonly refusal: Refusal }
  | { readonly outcome: 'elsewhere' };

export interface Position {
  readonly shop: Shop;
  readonly state: OrderState;
  readonly seq: number;
  readonly version: number;
}

/**
 * True when nothing but a decision to move money came of it: it is written together with what became of
 * the money, which this very turn will know.
 */
function waitsForAnswer({ facts, effects }: Accepted): boolean {
  if (facts.length === 0) return true;
  return effects.length > 0 && facts.every(({ type }) => type === 'refund-decided');
}

/**
 * The event with what the database said of it, to be decided again, or the refusal that ends it. A deadline
 * that is refused would stay due for ever: what had waited for it ends by it.
 */
function knowing(
  event: OrderEvent,
  written: Extract<Committed, { outcome: 'refused' | 'short' }>,
): { readonly event: OrderEvent } | { readonly refusal: Refusal } {
  if (written.outcome === 'short') return { event: { ...event, shelves: written.shelves } };
  const { refusal } = written;
  if (event.type !== 'deadline' || event.refused) return { refusal };
  return { event: { ...event, refused: refusal } };
}

/**
 * The order as this run knows it, one step ahead of the database at most: every event is decided on
 * it, and what it changes is written in one transaction before it counts.
 */
export class OrderRecord {
  private orders: Orders;
  private known: Position;
  /** Accepted events that changed nothing outside the workflow yet; they go with the next commit. */
  private unwritten: HistoryEvent[] = [];
  private awake: boolean;
  /** The table that the database has for this order. */
  private writtenShop: Shop | undefined;
  private moved = false;

  constructor(
    private readonly number: string,
    shop: Shop,
    position?: Position,
  ) {
    this.orders = compiledOf(position?.shop ?? shop);
    this.known = position ?? { shop, state: unplaced(this.orders), seq: 0, version: 0 };
    this.awake = position !== undefined;
    this.writtenShop = position?.shop;
  }

  get position(): Position {
    return this.known;
  }

  /** True when this run moved the order to another table. */
  get isRenewed(): boolean {
    return this.moved;
  }

  get machine(): Orders {
    return this.orders;
  }

  /** Fetches the order from the database, unless it is known here or about to be placed. */
  async wake(event: { readonly type: string }): Promise<void> {
    if (this.awake) return;
    this.awake = true;
    if (event.type !== 'place') this.adopt(await load(this.number));
  }

  /** Takes over what the database has where that is not what is known here. */
  async refresh(): Promise<void> {
    const stored = await load(this.number);
    if (this.awake && (stored?.seq ?? 0) === this.known.seq) return;
    this.awake = true;
    this.adopt(stored);
  }

  /**
   * Takes over what the database has, and forgets what was decided on less and is not written; true when
   * the event is among that, and is to be decided again.
   */
  async reload({ id }: OrderEvent): Promise<boolean> {
    const isUnwritten = this.unwritten.some(({ event }) => event.id === id);
    this.unwritten = [];
    this.adopt(await load(this.number));
    return isUnwritten;
  }

  /** Decides one event and writes what it made true. */
  async take(event: OrderEvent): Promise<Recorded> {
    for (;;) {
      const decided = step(this.orders, this.known.state, event);
      if (decided.outcome === 'unchanged') return decided;
      if (decided.outcome === 'refused') return this.refuse(event, decided.refusal);
      const before = this.known;
      this.unwritten.push({ event, outcome: 'accepted', facts: decided.facts });
      this.follow({ ...before, state: decided.state, shop: decided.shop ?? before.shop });
      if (waitsForAnswer(decided)) return decided;
      const written = await this.flush();
      if (written.outcome === 'committed') return decided;
      if (written.outcome === 'refused' || written.outcome === 'short') {
        const { state, shop } = before;
        this.follow({ ...this.known, state, shop });
        this.unwritten.pop();
        // Decided again on what is there, which the history then says; somebody else may be quicker once more.
        const again = knowing(event, written);
        if ('refusal' in again) return this.refuse(event, again.refusal);
        event = again.event;
        continue;
      }
      if (written.recorded.includes(event.id)) return { outcome: 'elsewhere' };
    }
  }

  /** Records an attempt that was refused; on no order there is no history to record it in. */
  async refuse(
    event: OrderEvent,
    refusal: Refusal,
  ): Promise<Extract<Recorded, { outcome: 'refused' | 'elsewhere' }>> {
    const { placement } = this.known.state.context;
    // Another order's attempt on this number is no part of this order's history.
    const ours = event.type !== 'place' && event.type !== 'deadline' && !('key' in event);
    if (placement && this.known.version > 0 && ours) {
      this.unwritten.push({ event, outcome: 'refused', facts: [], refusal });
      this.notice(noticeOf(event, refusal));
      const written = await this.flush();
      // It took effect in a turn that was called off, and is refused now because of that.
      if (written.outcome === 'stale' && written.recorded.includes(event.id)) {
        return { outcome: 'elsewhere' };
      }
    }
    return { outcome: 'refused', refusal };
  }

  /** Notes something with the next commit, if it is news. */
  private notice(event: OrderEvent | undefined): void {
    if (!event) return;
    const noted = step(this.orders, this.known.state, event);
    if (noted.outcome !== 'accepted') return;
    this.unwritten.push({ event, outcome: 'accepted', facts: noted.facts });
    this.known = { ...this.known, state: noted.state };
  }

  /** Writes what is not written yet. When somebody else wrote before, theirs is what counts from now on. */
  async flush(): Promise<Committed> {
    const { state, shop, seq, version } = this.known;
    const events = this.unwritten;
    if (events.length === 0) return { outcome: 'committed', seq };
    const changed = events.some(({ outcome }) => outcome === 'accepted');
    const next = { seq: seq + events.length, version: changed ? version + 1 : version };
    const written = await commit({
      number: this.number,
      after: seq,
      version: next.version,
      events,
      state,
      summary: summaryOf(shop, state),
      ...((seq === 0 || shop !== this.writtenShop) && { shop }),
    });
    if (written.outcome === 'refused' || written.outcome === 'short') return written;
    this.unwritten = [];
    if (written.outcome === 'stale') this.adopt(written.stored);
    else if (events.some(({ facts }) => facts.some(({ type }) => type === 'placing-withdrawn'))) {
      this.adopt(null);
    } else {
      const { state: before } = written;
      this.known = { ...this.known, ...next, ...(before && { state: upToDate(before) }) };
      this.moved ||= seq > 0 && shop !== this.writtenShop;
      this.writtenShop = shop;
    }
    return written;
  }

  private follow(position: Position): void {
    if (position.shop !== this.known.shop) this.orders = compiledOf(position.shop);
    this.known = position;
  }

  private adopt(stored: StoredOrder | null): void {
    if (stored) {
      this.orders = compiledOf(stored.shop);
      const { shop, state, seq, version } = stored;
      this.known = { shop, state: upToDate(state), seq, version };
      this.writtenShop = shop;
    } else {
      const { shop } = this.orders;
      this.known = { shop, state: unplaced(this.orders), seq: 0, version: 0 };
      this.writtenShop = undefined;
    }
  }
}
