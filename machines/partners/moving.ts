import { change, type Draft } from '../deciding/draft';
import type { CountedUnits } from '../events';
import { cascade } from '../fulfilment/lines';
import { isOpen, ofLine, openUnits, unitsWith, unsent } from './lines';
import type { HandedUnits, HandOver, Stage } from './state';

/** Puts a hand-over in the place of the one of its id. */
export function put(draft: Draft, handOver: HandOver): HandOver {
  const { handOvers } = draft.context;
  change(draft, {
    handOvers: handOvers.map((each) => (each.id === handOver.id ? handOver : each)),
  });
  return handOver;
}

/** Begins a hand-over's next stage; its partner's slowness counts anew. */
export function moveTo(
  draft: Draft,
  { slow: _, ...handOver }: HandOver,
  stage: Exclude<Stage, 'asked'>,
  details: { readonly reason?: string; readonly reference?: string } = {},
): HandOver {
  const { reason, reference = handOver.reference } = details;
  const { id, partner, lines } = handOver;
  const moved = put(draft, {
    ...{ ...handOver, stage, stageSince: draft.event.at },
    ...(reference !== undefined && { reference }),
  });
  draft.facts.push({
    ...{ type: 'hand-over-moved', handOver: id, partner, stage },
    lines: lines.map(({ id: line, quantity }) => ({ id: line, quantity })),
    ...(reason !== undefined && { reason }),
  });
  const accepted = draft.shop.partners?.lines?.accepted;
  if (stage === 'accepted' && accepted !== undefined) {
    const ids = lines.map((line) => line.id);
    cascade(draft, accepted, ids);
  }
  return moved;
}

function lessened(lines: readonly HandedUnits[], units: readonly CountedUnits[]): HandedUnits[] {
  return lines.flatMap((line) => {
    const taken = units.find(({ id }) => id === line.id)?.quantity ?? 0;
    const quantity = line.quantity - taken;
    return quantity > 0 ? [{ ...line, quantity }] : [];
  });
}

/** What nothing is left to send of is over. */
function settle(draft: Draft, handOver: HandOver): void {
  if (handOver.lines.some(({ id }) => unsent(handOver, id) > 0)) return;
  moveTo(draft, handOver, 'fulfilled');
}

/**
 * The hand-over of exactly these units of a hand-over, none of which has left: itself where they are all
 * of it, else one of its own, which the rest goes on without.
 */
export function splitOff(
  draft: Draft,
  handOver: HandOver,
  units: readonly CountedUnits[],
): HandOver {
  const rest = lessened(handOver.lines, units);
  if (rest.length === 0) return handOver;
  const { handOvers } = draft.context;
  const id = `p${handOvers.length + 1}`;
  const lines = units.map((unit) => ({ ...unit, sent: 0 }));
  const part: HandOver = { ...handOver, id, lines };
  change(draft, { handOvers: [...handOvers, part] });
  settle(draft, put(draft, { ...handOver, lines: rest }));
  return part;
}

/** Tells a partner not to send these units. */
export function tellOff(
  draft: Draft,
  { id, partner }: HandOver,
  lines: readonly CountedUnits[],
  reason: string,
): void {
  const about = { handOver: id, partner, lines, reason };
  draft.facts.push({ type: 'partner-told', kind: 'cancellation', ...about });
}

/** Whether the event is this partner's own word for what it has in hand. */
function isSaidBy({ event: { type, actor } }: Draft, { partner }: HandOver): boolean {
  const isSaid = type === 'cancel' || type === 'record-shipping-event';
  return isSaid && actor.role === 'partner' && actor.name === partner;
}

/**
 * Which open hand-overs units of a line were of, once they have passed an event: whoever speaks means its
 * own, anybody else first those that are with nobody.
 */
function takenFrom(draft: Draft, { id, quantity }: CountedUnits): [HandOver, number][] {
  const { shop, context } = draft;
  const open = context.handOvers.filter((each) => unsent(each, id) > 0);
  const withNobody = openUnits(shop, context, id) + quantity - unitsWith(context, id);
  let left = quantity;
  const take = (handOvers: readonly HandOver[]) =>
    handOvers.flatMap((each): [HandOver, number][] => {
      const units = Math.min(left, unsent(each, id));
      left -= units;
      return units > 0 ? [[each, units]] : [];
    });
  const own = take(open.filter((each) => isSaidBy(draft, each)));
  left = Math.max(0, left - Math.max(0, withNobody));
  return [...own, ...take(open.filter((each) => !isSaidBy(draft, each)))];
}

/** Units that have passed an event, by the id of the hand-over that they were of. */
function byHandOver(draft: Draft, units: readonly CountedUnits[]): Map<string, CountedUnits[]> {
  const found = new Map<string, CountedUnits[]>();
  for (const unit of units) {
    for (const [{ id }, quantity] of takenFrom(draft, unit)) {
      found.set(id, [...(found.get(id) ?? []), { id: unit.id, quantity }]);
    }
  }
  return found;
}

function sendOff(draft: Draft, handOver: HandOver, units: readonly CountedUnits[]): void {
  const lines = handOver.lines.map((line) => {
    const gone = units.find(({ id }) => id === line.id)?.quantity ?? 0;
    return gone > 0 ? { ...line, sent: line.sent + gone } : line;
  });
  const sent = put(draft, { ...handOver, lines });
  settle(draft, sent);
  const now = draft.context.handOvers.find(({ id }) => id === handOver.id);
  // Whoever sends some of it has accepted it.
  if (now?.stage === 'asked') moveTo(draft, now, 'accepted');
}

function callOff(
  draft: Draft,
  handOver: HandOver,
  units: readonly CountedUnits[],
  reason: string,
): void {
  if (!isSaidBy(draft, handOver)) tellOff(draft, handOver, units, reason);
  const lines = lessened(handOver.lines, units);
  if (lines.length === 0) moveTo(draft, handOver, 'withdrawn', { reason });
  else settle(draft, put(draft, { ...handOver, lines }));
}

/** Units have left, or never will: the hand-overs that they are of follow, and their partners are told. */
export function followUnits(
  draft: Draft,
  type: string,
  units: readonly CountedUnits[],
  reason = `${type} was recorded.`,
): void {
  const means = draft.shop.shippingEvents[type]?.means;
  if (!draft.context.handOvers.some(isOpen) || (means !== 'dispatched' && means !== 'cancelled')) {
    return;
  }
  for (const [id, gone] of byHandOver(draft, units)) {
    const handOver = draft.context.handOvers.find((each) => each.id === id);
    if (!handOver) continue;
    if (means === 'dispatched') sendOff(draft, handOver, gone);
    else callOff(draft, handOver, gone, reason);
  }
}

/** Units of an open hand-over that have not left, line by line. */
export function unsentUnits(handOver: HandOver): CountedUnits[] {
  return handOver.lines
    .map(({ id }) => ({ id, quantity: unsent(handOver, id) }))
    .filter(({ quantity }) => quantity > 0);
}

/** Units of a line that have left with a hand-over. */
export function sentUnits(handOver: HandOver, line: string): number {
  return ofLine(handOver, line)?.sent ?? 0;
}
