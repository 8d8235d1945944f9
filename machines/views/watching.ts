import { steps, type Next } from '../partners/due';
import { isOpen } from '../partners/lines';
import type { HandOver } from '../partners/state';

/** A hand-over after its order was told what follows; the order may not have written it yet. */
export function told(
  handOvers: readonly HandOver[],
  reported: readonly Next[],
): readonly HandOver[] {
  return handOvers.map((handOver) => {
    const { does } =
      reported.findLast(
        ({ handOver: id, stage }) => id === handOver.id && stage === handOver.stage,
      ) ?? {};
    return does ? { ...handOver, slow: steps[does] } : handOver;
  });
}

const follows: Readonly<Record<Next['does'], string>> = {
  'partner.reminded': 'it is reminded',
  'partner.escalated': 'people are asked to look',
  'partner.given-up': 'it is waited for no longer',
};

function waiting(partner: string, handOver: HandOver): string {
  const { id, stage, stageSince, slow, lines } = handOver;
  const units = lines.reduce((sum, { quantity }) => sum + quantity, 0);
  const what = stage === 'asked' ? 'accept' : 'send';
  return `- **${partner}** is to ${what} \`${id}\`, ${units} unit${units === 1 ? '' : 's'}, since ${stageSince}${slow ? `; ${slow}` : ''}.`;
}

/** What is waited for, for whoever opens the workflow in the Temporal Web UI, in Markdown. */
export function watchingDetails(
  partner: string,
  handOvers: readonly HandOver[],
  next: Next | undefined,
): string {
  const open = handOvers.filter(isOpen);
  if (open.length === 0) return `Nothing is waited for from **${partner}**.`;
  const then = next
    ? `At ${next.at}, unless \`${next.handOver}\` moves on before, ${follows[next.does]}.`
    : 'There is no time at which anything else follows.';
  return [...open.map((handOver) => waiting(partner, handOver)), '', then].join('\n');
}

/** What the clock of a hand-over is set to, in few words. */
export function watchingSummary({ handOver, does }: Next): string {
  return `${handOver}: ${follows[does]}`;
}
