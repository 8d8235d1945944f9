import { alert, change, type Draft } from '../deciding/draft';
import { limits } from '../deciding/limits';
import { meetForShipment } from '../deciding/obligations';
import type { CountedUnits, EventOf, OrderEvent } from '../events';
import { objectToShippingEvent, recordUnits } from '../fulfilment/shipping';
import { saysUnits, typesMeaning } from '../fulfilment/units';
import { agreed, type OrderContext } from '../state';
import type { Shop } from '../table';
import { isAhead, isStep, type Step } from './due';
import { handTo, isKeptIn } from './handing';
import { isOpen, wasLineOf } from './lines';
import { put, unsentUnits } from './moving';
import type { HandOver } from './state';

/** Whoever may send a line that a partner does not, and was never asked for it: its first partner's routes, then this one's. */
function nextPartner(
  shop: Shop,
  context: OrderContext,
  { partner }: HandOver,
  line: string,
): string | undefined {
  const { routes = {} } = shop.partners ?? {};
  const first = agreed(context).lines.find(({ id }) => id === line)?.partner ?? partner;
  const known = [...(routes[first] ?? []), ...(routes[partner] ?? [])];
  return known.find((other) => !wasLineOf(context, line, other));
}

type Takers = ReadonlyMap<string | undefined, readonly CountedUnits[]>;

/** Whether each taker may be asked: for a part of a hand-over that is two more, the part and what is asked instead. */
function hasRoom({ handOvers }: OrderContext, takers: Takers): boolean {
  return handOvers.length + 2 * takers.size <= limits.handOvers;
}

/** Units by the partner that takes them over now; those that nobody does under no name. */
function takersOf(shop: Shop, context: OrderContext, handOver: HandOver): Takers {
  const found = new Map<string | undefined, CountedUnits[]>();
  const lines = isOpen(handOver)
    ? unsentUnits(handOver)
    : handOver.lines.map(({ id, quantity }) => ({ id, quantity }));
  for (const unit of lines) {
    const next = nextPartner(shop, context, handOver, unit.id);
    found.set(next, [...(found.get(next) ?? []), unit]);
  }
  const mayBeAsked = hasRoom(context, found) && !isKeptIn(shop, context);
  return mayBeAsked ? found : new Map([[undefined, lines]]);
}

/** Hands on what others may send, and gives what nobody may. */
function reroute(draft: Draft, handOver: HandOver, reason: string): readonly CountedUnits[] {
  const takers = takersOf(draft.shop, draft.context, handOver);
  for (const [next, units] of takers) {
    if (next !== undefined) handTo(draft, next, units, handOver, reason);
  }
  return takers.get(undefined) ?? [];
}

/** Cancels what a partner does not send; what may not be cancelled now stays for people. */
function cancelDeclined(
  draft: Draft,
  status: string,
  units: readonly CountedUnits[],
  reason: string,
): readonly CountedUnits[] {
  const { shop, context } = draft;
  const [type] = typesMeaning(shop, 'cancelled');
  const mayBe = type !== undefined && shop.orders.statuses[status]?.whenCancelled !== undefined;
  if (!mayBe || context.hold) return units;
  const asked = { event: type, lines: units };
  if (objectToShippingEvent(shop, context, status, asked)) return units;
  const shipment = recordUnits(draft, type, units, { reference: reason });
  meetForShipment(draft, { type, units, shipment, reason, notify: true });
  return [];
}

/** What the table says follows a partner's no; people decide about the rest. */
export function followDeclined(
  draft: Draft,
  declined: HandOver,
  reason: string,
  status: string,
): void {
  const { whenDeclined = 'people' } = draft.shop.partners ?? {};
  const all = declined.lines.map(({ id, quantity }) => ({ id, quantity }));
  let left: readonly CountedUnits[] = all;
  if (whenDeclined === 'reroute') left = reroute(draft, declined, reason);
  if (whenDeclined === 'cancel') left = cancelDeclined(draft, status, all, reason);
  if (left.length === 0) return;
  const text = `${declined.partner} does not send ${saysUnits(left)} (${declined.id}): ${reason}`;
  alert(draft, 'partner-declined', text);
}

type Slow = EventOf<Step>;

function spokenOf({ handOvers }: OrderContext, { handOver, stage }: Slow): HandOver | undefined {
  return handOvers.find((each) => each.id === handOver && each.stage === stage && isOpen(each));
}

/** True unless the hand-over is still in that stage, and the step goes beyond what was done about it. */
export function isNoStep(context: OrderContext, event: Slow): boolean {
  const handOver = spokenOf(context, event);
  return !handOver || !isAhead(event.type, handOver);
}

/** Whether giving up on a partner leaves units that nobody else may send: the order is held for people then. */
export function endsInHold(shop: Shop, context: OrderContext, event: OrderEvent): boolean {
  if (!isStep(event)) return false;
  const handOver = spokenOf(context, event);
  if (!handOver) return false;
  if (handOver.stage !== 'asked' || shop.partners?.whenSilent !== 'reroute') return true;
  return takersOf(shop, context, handOver).has(undefined);
}

const waited = { answer: 'answered', parcels: 'sent everything' };

function waitsFor({ stage }: HandOver): 'answer' | 'parcels' {
  return stage === 'asked' ? 'answer' : 'parcels';
}

function lateText(handOver: HandOver, units: readonly CountedUnits[]): string {
  const { id, partner, stageSince } = handOver;
  return `${partner} was asked for ${saysUnits(units)} (${id}), and has not ${waited[waitsFor(handOver)]} since ${stageSince}.`;
}

function slowed(draft: Draft, handOver: HandOver, slow: HandOver['slow']): HandOver {
  return put(draft, { ...handOver, slow, slowSince: draft.event.at });
}

/** The partner is written to once more. */
export function remind(draft: Draft, event: Slow): void {
  const handOver = spokenOf(draft.context, event);
  if (!handOver) return;
  const { id, partner, stageSince: since } = slowed(draft, handOver, 'reminded');
  const about = { waitsFor: waitsFor(handOver), since, lines: unsentUnits(handOver) };
  draft.facts.push({ type: 'partner-told', kind: 'reminder', handOver: id, partner, ...about });
}

/** People are asked to look. */
export function escalate(draft: Draft, event: Slow): void {
  const handOver = spokenOf(draft.context, event);
  if (!handOver) return;
  slowed(draft, handOver, 'escalated');
  alert(draft, 'partner-late', lateText(handOver, unsentUnits(handOver)));
}

/** The partner is waited for no longer: others are asked as the table says, and else the order is held for people. */
export function giveUp(draft: Draft, event: Slow): void {
  const found = spokenOf(draft.context, event);
  if (!found) return;
  const { shop } = draft;
  const handOver = slowed(draft, found, 'given up');
  const isHandedOn = handOver.stage === 'asked' && shop.partners?.whenSilent === 'reroute';
  const left = isHandedOn
    ? reroute(draft, handOver, 'There was no answer in time.')
    : unsentUnits(handOver);
  if (left.length === 0) return;
  const text = `${lateText(handOver, left)} It is waited for no longer.`;
  alert(draft, 'partner-late', text);
  if (draft.context.hold) return;
  const { at, actor } = draft.event;
  change(draft, { hold: { reason: text, owner: actor.name, since: at } });
  draft.facts.push({ type: 'held', reason: text });
}
