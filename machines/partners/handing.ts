import { change, type Draft } from '../deciding/draft';
import { limits } from '../deciding/limits';
import type { CountedUnits, EventOf } from '../events';
import { resolveUnits, type Reach, type ResolvedUnits } from '../fulfilment/units';
import { nextStatuses } from '../pipeline';
import type { Objection } from '../refusals';
import { agreed, type OrderContext } from '../state';
import type { Shop } from '../table';
import { isKept, ofLine, openUnits, partnerOf, unitsWith, unsent, wasHandedOver } from './lines';
import { moveTo, splitOff, tellOff } from './moving';
import type { HandOver } from './state';

/** Whether a hold keeps goods in: nobody is asked to send any. */
export function isKeptIn(shop: Shop, { hold }: OrderContext): boolean {
  return hold !== null && shop.holdBlocks.includes('record-shipping-event');
}

/** Asks a partner to send units that nobody has in hand. */
function ask(
  draft: Draft,
  partner: string,
  units: readonly CountedUnits[],
  instead?: string,
): void {
  const { context, event } = draft;
  const id = `p${context.handOvers.length + 1}`;
  const handOver: HandOver = {
    ...{ id, partner, since: event.at, stage: 'asked', stageSince: event.at },
    lines: units.map((unit) => ({ ...unit, sent: 0 })),
    ...(instead !== undefined && { instead }),
  };
  change(draft, { handOvers: [...context.handOvers, handOver] });
  const about = { handOver: id, partner, lines: units };
  draft.facts.push({
    ...{ type: 'handed-over', ...about },
    ...(instead !== undefined && { instead }),
  });
}

/** Whether partners are to be asked, and may be. */
export function isHandOverDue(shop: Shop, context: OrderContext): boolean {
  return context.owesHandOver && !isKeptIn(shop, context);
}

/** Asks each line's partner for what nobody was ever asked for; a line that was handed over before is people's to hand over again. */
export function handOverOwed(draft: Draft): void {
  const { shop, context } = draft;
  change(draft, { owesHandOver: false });
  const asked = new Map<string, CountedUnits[]>();
  for (const { id, partner, kind } of agreed(context).lines) {
    if (partner === undefined || kind !== 'physical' || wasHandedOver(context, id)) continue;
    const quantity = openUnits(shop, context, id);
    if (quantity > 0) asked.set(partner, [...(asked.get(partner) ?? []), { id, quantity }]);
  }
  for (const [partner, units] of asked) ask(draft, partner, units);
}

type Wanted = Pick<EventOf<'hand-over'>, 'partner' | 'lines'>;

/** Units of a line that may be handed over to whoever is meant. */
function reachFor(
  shop: Shop,
  context: OrderContext,
  { partner, lines }: Wanted,
): (index: number) => Reach {
  return (index) => {
    const line = agreed(context).lines[index];
    const id = line?.id ?? '';
    const to = partner ?? line?.partner;
    const open = openUnits(shop, context, id);
    const [held, own] = [unitsWith(context, id), to === undefined ? 0 : unitsWith(context, id, to)];
    const says = (): string => {
      if (line?.kind !== 'physical') return 'it is digital, and no partner sends it';
      if (to === undefined) return 'it was placed for no partner: say which';
      return `${open} neither left nor cancelled, ${own} with ${to} already`;
    };
    const isFor = line?.kind === 'physical' && to !== undefined;
    if (!isFor) return { units: 0, why: says };
    const isPartners = partnerOf(context, id) !== undefined;
    // Without lines named, nothing is taken from anybody.
    const units = lines ? open - own : isPartners ? open - held : 0;
    return { units, why: says };
  };
}

function unitsToHand(shop: Shop, context: OrderContext, wanted: Wanted): ResolvedUnits {
  return resolveUnits(context, wanted.lines, reachFor(shop, context, wanted));
}

/** An objection to what is done about hand-overs. */
export function objected(
  context: OrderContext,
  detail: string,
  more: Partial<Objection> = {},
): Objection {
  const order = agreed(context).number;
  return { code: 'invalid-hand-over', detail: `Order ${order}: ${detail}`, ...more };
}

export function objectToHandingOver(
  shop: Shop,
  status: string,
  context: OrderContext,
  event: EventOf<'hand-over'>,
): Objection | undefined {
  const figures = { order: agreed(context).number, status };
  if (!shop.partners) {
    return objected(context, 'this shop works with no partners: its table has no rule for them.', {
      figures,
    });
  }
  if (nextStatuses(shop.orders.statuses, status).length === 0) {
    return objected(context, `it is ${status}, and nothing follows.`, { figures });
  }
  if (event.partner?.trim() === '') {
    const detail = 'Write the code of a partner, or leave it out.';
    return objected(context, detail, { errors: [{ pointer: '/partner', detail }], figures });
  }
  const { faults } = unitsToHand(shop, context, event);
  if (faults.length === 0) return undefined;
  const said = faults.map(({ detail }) => detail).join(' ');
  return objected(context, said, { errors: faults, figures });
}

/** Whether there is room for more of them. */
export function objectToManyHandOvers({ handOvers }: OrderContext): Objection | undefined {
  if (handOvers.length < limits.handOvers) return undefined;
  const detail = `An order keeps at most ${limits.handOvers} hand-overs; it has ${handOvers.length}.`;
  const figures = { handOvers: handOvers.length };
  return { code: 'validation', detail, figures, errors: [{ pointer: '', detail }] };
}

/** Units of one line that go to a partner, by the hand-over that they are taken from, or that had them last. */
function sourcesOf(
  { shop, context }: Draft,
  { id, quantity }: CountedUnits,
  to: string,
): [HandOver | undefined, number][] {
  const withNobody = openUnits(shop, context, id) - unitsWith(context, id);
  const free = Math.min(quantity, withNobody);
  const last = context.handOvers.findLast((each) => !isKept(each) && ofLine(each, id));
  let left = quantity - free;
  const taken = context.handOvers.flatMap((each): [HandOver, number][] => {
    const units = each.partner === to ? 0 : Math.min(left, unsent(each, id));
    left -= units;
    return units > 0 ? [[each, units]] : [];
  });
  return [...(free > 0 ? [[last, free] as [HandOver | undefined, number]] : []), ...taken];
}

/** Takes units from whoever has them in hand, who is told, and asks another partner to send them. */
export function handOver(draft: Draft, event: EventOf<'hand-over'>): void {
  const { shop, context } = draft;
  const placed = agreed(context).lines;
  const { units } = unitsToHand(shop, context, event);
  const moves = new Map<string, { to: string; from?: HandOver; units: CountedUnits[] }>();
  for (const unit of units) {
    const to = event.partner ?? placed.find(({ id }) => id === unit.id)?.partner ?? '';
    for (const [from, quantity] of sourcesOf(draft, unit, to)) {
      const key = `${from?.id ?? ''}/${to}`;
      const move = moves.get(key) ?? { to, from, units: [] };
      moves.set(key, { ...move, units: [...move.units, { id: unit.id, quantity }] });
    }
  }
  for (const move of moves.values()) handTo(draft, move.to, move.units, move.from);
}

/** Another partner is asked for units; the one that has them in hand is told that it need not send them. */
export function handTo(
  draft: Draft,
  to: string,
  units: readonly CountedUnits[],
  from: HandOver | undefined,
  reason = 'Somebody else sends it.',
): void {
  const now = draft.context.handOvers.find(({ id }) => id === from?.id);
  if (now && isKept(now)) {
    const part = splitOff(draft, now, units);
    tellOff(draft, part, units, reason);
    moveTo(draft, part, 'withdrawn', { reason });
    return ask(draft, to, units, part.id);
  }
  ask(draft, to, units, from?.id);
}
