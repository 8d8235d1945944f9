import type { Fact } from '../facts';
import { saysUnits } from '../fulfilment/units';
import type { OrderContext } from '../state';
import type { Shop } from '../table';
import { after, patienceFor } from './due';
import type { PartnerFact } from './facts';
import { isOpen } from './lines';
import type { HandOver } from './state';

/** A hand-over as it is shown: with what is waited for. */
export interface HandOverView extends HandOver {
  readonly waitsFor?: 'answer' | 'parcels';
  /** Until when that is expected, by the shop's table; a partner's own terms may say otherwise. */
  readonly until?: string;
}

export function viewHandOver({ partners }: Shop, handOver: HandOver): HandOverView {
  if (!isOpen(handOver)) return handOver;
  const waitsFor = handOver.stage === 'asked' ? 'answer' : 'parcels';
  if (!partners) return { ...handOver, waitsFor };
  const { escalate } = patienceFor(partners, handOver);
  return { ...handOver, waitsFor, until: after(handOver.stageSince, escalate) };
}

/** Each open hand-over in a sentence: who has what in hand, and what is waited for. */
export function saysHandOvers(shop: Shop, { handOvers }: OrderContext): string[] {
  return handOvers.filter(isOpen).map((each) => {
    const { waitsFor, until } = viewHandOver(shop, each);
    const { id, partner, stage, stageSince, lines, slow } = each;
    const expected = until === undefined ? '' : `, ${waitsFor} expected until ${until}`;
    return `${partner} (${id}): ${saysUnits(lines)}, ${stage} since ${stageSince}${expected}${slow ? `, ${slow}` : ''}`;
  });
}

/** What a partner is told by a fact, for whoever previews it. */
export interface ToldPartner {
  readonly partner: string;
  readonly told: 'order' | 'cancellation' | 'reminder';
  readonly lines: PartnerFact['lines'];
}

export function toldPartners(facts: readonly Fact[]): ToldPartner[] {
  return facts.flatMap((fact): ToldPartner[] => {
    if (fact.type !== 'handed-over' && fact.type !== 'partner-told') return [];
    const { partner, lines } = fact;
    return [{ partner, told: fact.type === 'handed-over' ? 'order' : fact.kind, lines }];
  });
}

type FactOf<T extends PartnerFact['type']> = Extract<PartnerFact, { type: T }>;

const moved = {
  accepted: 'sends',
  declined: 'does not send',
  withdrawn: 'need not send',
  fulfilled: 'is done with',
} as const satisfies Record<FactOf<'hand-over-moved'>['stage'], string>;

/** What became of hand-overs, in sentences. */
export const partnerSentences: {
  readonly [T in PartnerFact['type']]: (fact: FactOf<T>) => string;
} = {
  'handed-over': ({ partner, lines, instead, handOver }) =>
    `${partner} is asked to send ${saysUnits(lines)} (${handOver}${instead === undefined ? '' : `, instead of ${instead}`}).`,
  'partner-told': ({ partner, kind, lines, reason, handOver, waitsFor }) =>
    kind === 'cancellation'
      ? `${partner} is told not to send ${saysUnits(lines)} (${handOver}): ${reason ?? ''}`
      : `${partner} is reminded of ${saysUnits(lines)} (${handOver}), of which ${waitsFor === 'answer' ? 'its answer' : 'a parcel'} is awaited.`,
  'hand-over-moved': ({ partner, stage, lines, reason, handOver }) =>
    `${partner} ${moved[stage]} ${saysUnits(lines)} (${handOver})${reason === undefined ? '.' : `: ${reason}`}`,
};
