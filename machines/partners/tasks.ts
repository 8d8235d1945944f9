import { saysUnits } from '../fulfilment/units';
import type { OrderContext } from '../state';
import type { Shop } from '../table';
import { isOpen, linesWithNobody } from './lines';
import { unsentUnits } from './moving';
import type { HandOver } from './state';

interface Situation {
  readonly shop: Shop;
  readonly context: OrderContext;
}

function isLate({ slow, ...handOver }: HandOver): boolean {
  return isOpen(handOver) && (slow === 'escalated' || slow === 'given up');
}

/** What makes a task about a partner untrue. */
export const partnerEndings = {
  'partner-declined': ({ shop, context }: Situation) => linesWithNobody(shop, context).length === 0,
  'partner-late': ({ context }: Situation) => !context.handOvers.some(isLate),
} as const;

/** Whoever a partner's routes name, each once. */
function others({ shop, context }: Situation, partners: readonly string[]): string[] {
  const { routes = {} } = shop.partners ?? {};
  const placed = context.placement?.lines.flatMap(({ partner }) => partner ?? []) ?? [];
  const known = [...placed, ...partners].flatMap((each) => routes[each] ?? []);
  return [...new Set(known)].filter((each) => !partners.includes(each));
}

/** Commands that help with units which a partner does not send, or not in time. */
export function partnerWays(situation: Situation, about: 'declined' | 'late') {
  const late = situation.context.handOvers.filter(isLate);
  const given = situation.context.handOvers.filter(({ stage }) => stage === 'declined');
  const partners = (about === 'late' ? late : given).map(({ partner }) => partner);
  const lines =
    about === 'late'
      ? late.flatMap(unsentUnits)
      : linesWithNobody(situation.shop, situation.context);
  if (lines.length === 0) return [];
  const handing = { type: 'hand-over', lines } as const;
  return [
    ...others(situation, partners).map((partner) => {
      return {
        says: `Have ${partner} send ${saysUnits(lines)}.`,
        command: { ...handing, partner },
      };
    }),
    { says: 'Have another partner send it: say which.', command: handing },
    { says: 'Cancel what nobody sends.', command: { type: 'cancel', lines } },
    { says: 'Hold the order meanwhile.', command: { type: 'hold' } },
    { says: 'Let the held order go on.', command: { type: 'release-hold' } },
  ];
}
