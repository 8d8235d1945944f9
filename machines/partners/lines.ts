import { countUnits } from '../fulfilment/units';
import { sum } from '../money';
import { agreed, lineIndexes, type OrderContext } from '../state';
import type { Shop } from '../table';
import type { HandedUnits, HandOver } from './state';

/** True while its partner is waited for. */
export function isOpen({ stage }: HandOver): boolean {
  return stage === 'asked' || stage === 'accepted';
}

/** True unless its partner said no, or it was taken from the partner. */
export function isKept({ stage }: HandOver): boolean {
  return stage !== 'declined' && stage !== 'withdrawn';
}

export function ofLine({ lines }: HandOver, line: string): HandedUnits | undefined {
  return lines.find(({ id }) => id === line);
}

/** Units of a line that an open hand-over still waits for. */
export function unsent(handOver: HandOver, line: string): number {
  const units = isOpen(handOver) ? ofLine(handOver, line) : undefined;
  return units ? units.quantity - units.sent : 0;
}

/** Whoever units of a line are with, or were sent by, newest last; where all gave them up, the last of those. */
function handedTo({ handOvers }: OrderContext, line: string): readonly string[] {
  const all = handOvers.filter((each) => ofLine(each, line));
  const kept = all.filter(isKept);
  return (kept.length > 0 ? kept : all.slice(-1)).map(({ partner }) => partner);
}

function indexOf(context: OrderContext, line: string): number {
  return lineIndexes(context).get(line) ?? -1;
}

/** The partner that a line was placed for. */
function agreedPartner(context: OrderContext, line: string): string | undefined {
  return agreed(context).lines[indexOf(context, line)]?.partner;
}

/** The line's partner: the newest that has it in hand or sent it, else the last that had, else the one it was placed for. */
export function partnerOf(context: OrderContext, line: string): string | undefined {
  return handedTo(context, line).at(-1) ?? agreedPartner(context, line);
}

/** Whether the line is this partner's, alone or beside others. */
export function isLineOf(context: OrderContext, line: string, partner: string): boolean {
  const partners = handedTo(context, line);
  if (partners.length > 0) return partners.includes(partner);
  return agreedPartner(context, line) === partner;
}

/** Whether the line is this partner's or ever was. */
export function wasLineOf(context: OrderContext, line: string, partner: string): boolean {
  if (agreedPartner(context, line) === partner) return true;
  return context.handOvers.some((each) => each.partner === partner && ofLine(each, line));
}

/** Whether units of the line were ever handed over. */
export function wasHandedOver({ handOvers }: OrderContext, line: string): boolean {
  return handOvers.some((each) => ofLine(each, line) !== undefined);
}

/** Units of a line that open hand-overs wait for; of one partner only, when it is given. */
export function unitsWith({ handOvers }: OrderContext, line: string, partner?: string): number {
  const counted = handOvers.filter((each) => (partner ?? each.partner) === each.partner);
  return sum(counted.map((each) => unsent(each, line)));
}

/** Units of a line that have neither left nor been cancelled. */
export function openUnits(shop: Shop, context: OrderContext, line: string): number {
  const index = indexOf(context, line);
  const [placed, state] = [agreed(context).lines[index], context.lines[index]];
  if (!placed || !state) return 0;
  const { dispatched, cancelled } = countUnits(shop, state);
  return placed.quantity - dispatched - cancelled;
}

/** Lines whose partner said no, or lost them, with the units that nobody has been asked for since. */
export function linesWithNobody(shop: Shop, context: OrderContext) {
  const given = context.handOvers.filter((each) => !isKept(each));
  const lines = new Set(given.flatMap((each) => each.lines.map(({ id }) => id)));
  return [...lines].flatMap((id) => {
    const quantity = openUnits(shop, context, id) - unitsWith(context, id);
    return quantity > 0 ? [{ id, quantity }] : [];
  });
}

/** True when something was handed over, and everybody who still has to send some of it has accepted. */
export function everythingAccepted(shop: Shop, context: OrderContext): boolean {
  const { handOvers } = context;
  if (!handOvers.some(({ stage }) => stage === 'accepted' || stage === 'fulfilled')) return false;
  if (handOvers.some(({ stage }) => stage === 'asked')) return false;
  return linesWithNobody(shop, context).length === 0;
}
