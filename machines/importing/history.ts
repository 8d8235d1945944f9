import { dueOf, type Due } from '../deciding/due';
import { saysEffect } from '../effects';
import type { OrderEvent, Stamp } from '../events';
import type { Fact } from '../facts';
import { summaryOf, type Commit, type HistoryEvent } from '../history';
import { refusal, type Refusal } from '../refusals';
import { reservedStatuses, type OrderState } from '../state';
import { step, unplaced, type Orders } from '../step';
import { importedId } from './ids';
import { importer, type ImportedRow } from './row';

/** A deadline that brings the next one could go on for ever; no sound shop has so many in a row. */
const MOST_DEADLINES = 100;

/** An order with its whole past, to be written at once, and the first thing it waits for now. */
export interface ImportedOrder {
  readonly commit: Commit;
  readonly due: Due | undefined;
}

type Imported = ImportedOrder | { readonly refusal: Refusal };

/** Vouchers that were used elsewhere are not counted here, and the shop's own effects are not called for the past. */
const notHere: readonly Fact['type'][] = ['voucher', 'effect-called'];

/** Nobody is told of what happened elsewhere. */
function quiet(fact: Fact): Fact {
  if (fact.type !== 'message') return fact;
  return { type: 'message-withheld', kind: fact.kind, why: 'It was imported.' };
}

/** The refusal with its pointers inside the event that met it. */
function within(why: Refusal, pointer: string): Refusal {
  const errors = why.errors ?? [{ pointer: '', detail: why.detail }];
  const placed = errors.map((fault) => ({ ...fault, pointer: pointer + fault.pointer }));
  return { ...why, errors: placed };
}

/** One order's past as it is told, event by event through the machine. */
class Past {
  state: OrderState;
  readonly events: HistoryEvent[] = [];

  constructor(
    private readonly orders: Orders,
    /** Tells this row's events from those of another row of its number. */
    private readonly mark: string,
  ) {
    this.state = unplaced(orders);
  }

  get last(): string {
    return this.events.at(-1)?.event.at ?? '';
  }

  /** Takes an event as the order would have taken it then; the refusal, when it would not. */
  take(event: OrderEvent, pointer: string): Refusal | undefined {
    const taken = step(this.orders, this.state, event);
    if (taken.outcome === 'unchanged') return undefined;
    if (taken.outcome === 'refused') return within(taken.refusal, pointer);
    const [effect] = taken.effects;
    if (effect) {
      const detail = `This would ${saysEffect(effect)}, and an import asks no gateway: record what happened to the money before it, with record-payment-event.`;
      const errors = [{ pointer, detail }];
      return refusal('movesNoMoney', { code: 'invalid-payment-event', detail, errors });
    }
    // Nobody answers what is not called.
    this.state = { ...taken.state, context: { ...taken.state.context, calls: [] } };
    const facts = taken.facts.filter(({ type }) => !notHere.includes(type)).map(quiet);
    this.events.push({ event, outcome: 'accepted', facts });
    return undefined;
  }

  stamp(at: string, actor = importer): Stamp {
    return { id: importedId(this.mark, this.events.length + 1), at, actor };
  }

  /** What was due since happens too; the refusal, when it cannot. */
  meetDeadlines(now: string): Refusal | undefined {
    for (let met = 0; met < MOST_DEADLINES; met += 1) {
      const [next] = this.due;
      if (!next || Date.parse(next.at) > Date.parse(now)) break;
      const at = Date.parse(next.at) > Date.parse(this.last) ? next.at : this.last;
      const no = this.take({ type: 'deadline', name: next.name, ...this.stamp(at) }, '');
      if (no) return no;
    }
    return undefined;
  }

  /** The digital provider was not asked: what it has not delivered, people may ask it for. */
  leaveUndelivered(now: string): Refusal | undefined {
    for (const { id: request, failed } of this.state.context.digital) {
      if (failed !== undefined) continue;
      const why = 'It was imported.';
      const no = this.take({ type: 'digital.failed', request, why, ...this.stamp(now) }, '');
      if (no) return no;
    }
    return undefined;
  }

  /** What the order waits for, soonest first. */
  get due(): Due[] {
    return dueOf(this.orders.shop, this.state.value.status, this.state.context);
  }
}

/** Decides a row's whole past with the times it had; what was due since then happens too, and nobody is told. `shelves`: what the database found of the stock it takes. */
export function importRow(
  orders: Orders,
  { placement, events }: ImportedRow,
  now: string,
  shelves?: Stamp['shelves'],
): Imported {
  const past = new Past(orders, placement.fingerprint?.slice(0, 16) ?? '');
  const placing = { type: 'place', placement, ...past.stamp(placement.placedAt) } as const;
  const placed = past.take({ ...placing, ...(shelves && { shelves }) }, '');
  if (placed) return { refusal: placed };
  for (const [index, { command, at, actor }] of events.entries()) {
    const no = past.take({ ...command, ...past.stamp(at, actor) }, `/events/${index}`);
    if (no) return { refusal: no };
  }
  const late = past.meetDeadlines(now) ?? past.leaveUndelivered(now);
  if (late) return { refusal: late };
  const { state } = past;
  if (reservedStatuses.includes(state.value.status)) {
    const detail = `Order ${placement.number} is not placed by this row.`;
    return { refusal: refusal('isPlaced', { code: 'invalid-order', detail }) };
  }
  const commit: Commit = {
    number: placement.number,
    after: 0,
    version: 1,
    events: past.events,
    state,
    summary: summaryOf(orders.shop, state),
    shop: orders.shop,
    imported: true,
  };
  return { commit, due: past.due[0] };
}
