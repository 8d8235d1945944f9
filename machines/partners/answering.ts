import type { Draft } from '../deciding/draft';
import { nextStatuses } from '../pipeline';
import type { CountedUnits, EventOf, OrderEvent } from '../events';
import { resolveUnits } from '../fulfilment/units';
import { sum } from '../money';
import { listed, type Fault, type Objection } from '../refusals';
import { agreed, type OrderContext } from '../state';
import type { Shop } from '../table';
import { objected } from './handing';
import { isKept, isOpen, ofLine, unsent, wasHandedOver } from './lines';
import { moveTo, sentUnits, splitOff, unsentUnits } from './moving';
import { followDeclined } from './rerouting';
import type { HandOver, Stage } from './state';

type Answer = EventOf<'accept-hand-over'> | EventOf<'decline-hand-over'>;

export function isAnswer(event: OrderEvent): event is Answer {
  return event.type === 'accept-hand-over' || event.type === 'decline-hand-over';
}

/** The hand-overs that an answer may be about: a partner speaks of its own. */
function meant({ handOvers }: OrderContext, { handOver, actor }: Answer): readonly HandOver[] {
  return handOvers.filter(
    ({ id, partner }) =>
      (handOver ?? id) === id && (actor.role !== 'partner' || actor.name === partner),
  );
}

/** Those that it names lines of; all where it names none. */
function ofNamed(handOvers: readonly HandOver[], { lines }: Answer): readonly HandOver[] {
  return handOvers.filter(
    (each) => !lines || lines.some(({ id }) => ofLine(each, id) !== undefined),
  );
}

/** True when the answer was given before, or nobody waits for it any more: it changes nothing then. */
export function isOldAnswer(context: OrderContext, event: Answer): boolean {
  const all = meant(context, event);
  const isKnown = (id: string) => all.some((each) => ofLine(each, id));
  if (event.lines && !event.lines.every(({ id }) => isKnown(id))) return false;
  const stages = new Set(ofNamed(all, event).map(({ stage }) => stage));
  const some = (...wanted: Stage[]) => wanted.some((stage) => stages.has(stage));
  return event.type === 'accept-hand-over'
    ? !some('asked') && some('accepted', 'fulfilled', 'withdrawn')
    : !some('asked', 'accepted') && some('declined', 'withdrawn');
}

function answerable({ type }: Answer): (handOver: HandOver) => boolean {
  return type === 'accept-hand-over' ? ({ stage }) => stage === 'asked' : isOpen;
}

/** Units that an answer may be about, counted among the hand-overs that wait for one. */
function unitsOf(context: OrderContext, event: Answer) {
  const waiting = meant(context, event).filter(answerable(event));
  const units = (index: number) => {
    const id = context.lines[index]?.id ?? '';
    return sum(waiting.map((each) => unsent(each, id)));
  };
  const why = () => `no more of it waits for this answer`;
  const resolved = resolveUnits(context, event.lines, (index) => ({ units: units(index), why }));
  return { waiting, ...resolved };
}

/** What has left cannot be declined: the rest of it is cancelled. */
function sentFaults(handOvers: readonly HandOver[], units: readonly CountedUnits[]): Fault[] {
  return units.flatMap(({ id }, position) => {
    const left = sum(handOvers.map((each) => sentUnits(each, id)));
    if (left === 0) return [];
    const detail = `Line ${id}: ${left} of it ${left === 1 ? 'has' : 'have'} left, so the rest can be cancelled, not declined.`;
    return [{ pointer: `/lines/${position}/id`, detail }];
  });
}

/** Nothing was handed over yet of lines that still may be. */
function mayBeAsked(shop: Shop, status: string, context: OrderContext, { actor }: Answer): boolean {
  if (!shop.partners || nextStatuses(shop.orders.statuses, status).length === 0) return false;
  return agreed(context).lines.some(
    ({ id, partner }) =>
      partner !== undefined &&
      (actor.role !== 'partner' || actor.name === partner) &&
      !wasHandedOver(context, id),
  );
}

function whose({ actor }: Answer): string {
  return actor.role === 'partner' ? ` to ${actor.name}` : '';
}

/** Why a partner's answer cannot be taken. */
export function objectToAnswer(
  shop: Shop,
  status: string,
  context: OrderContext,
  event: Answer,
): Objection | undefined {
  const all = meant(context, event);
  const order = agreed(context).number;
  if (all.length === 0) {
    const named = event.handOver !== undefined;
    const later = mayBeAsked(shop, status, context, event);
    const detail = named
      ? `${event.handOver} is no hand-over${whose(event)}.`
      : `nothing was handed over${whose(event)}.`;
    const errors = named ? [{ pointer: '/handOver', detail }] : undefined;
    return objected(context, detail, {
      figures: { order, status, ...(later && { later }) },
      ...(errors && { errors }),
    });
  }
  const figures = { order, handOvers: all.map(({ id, stage }) => ({ id, stage })) };
  const { waiting, units, faults } = unitsOf(context, event);
  if (waiting.length === 0) {
    const said = all.map(({ id, stage, stageSince }) => `${id} is ${stage} since ${stageSince}`);
    const again = all.some((each) => !isKept(each)) ? ' Hand it over again first.' : '';
    return objected(context, `nothing waits for an answer: ${listed(said)}.${again}`, { figures });
  }
  const about = event.type === 'decline-hand-over' ? sentFaults(waiting, units) : [];
  const errors = faults.length > 0 ? faults : about;
  if (errors.length === 0) return undefined;
  return objected(context, errors.map(({ detail }) => detail).join(' '), { figures, errors });
}

/** The hand-overs of exactly the units that an answer is about. */
function answered(draft: Draft, event: Answer): HandOver[] {
  const { waiting, units } = unitsOf(draft.context, event);
  const left = new Map(units.map(({ id, quantity }) => [id, quantity]));
  return waiting.flatMap((handOver) => {
    const taken = unsentUnits(handOver).flatMap(({ id, quantity }) => {
      const count = Math.min(quantity, left.get(id) ?? 0);
      left.set(id, (left.get(id) ?? 0) - count);
      return count > 0 ? [{ id, quantity: count }] : [];
    });
    return taken.length > 0 ? [splitOff(draft, handOver, taken)] : [];
  });
}

export function acceptHandOver(draft: Draft, event: EventOf<'accept-hand-over'>): void {
  const { reference } = event;
  for (const handOver of answered(draft, event)) {
    moveTo(draft, handOver, 'accepted', { reference });
  }
}

export function declineHandOver(
  draft: Draft,
  event: EventOf<'decline-hand-over'>,
  status: string,
): void {
  const { reason } = event;
  const all = answered(draft, event).map((each) => moveTo(draft, each, 'declined', { reason }));
  for (const declined of all) followDeclined(draft, declined, reason, status);
}
