import type { Finding } from './evidence';
import type { Report } from './run';

const signs: Readonly<Record<Finding['verdict'], string>> = {
  kept: '✓',
  broken: '✗',
  'not tried': '-',
};

/** How many sentences of one rule are worth reading. */
const ENOUGH = 5;

function linesOf({ rule, verdict, saw, advice }: Finding): string[] {
  const head = `  ${signs[verdict]} ${rule}`;
  if (verdict !== 'broken') return [head];
  const more = saw.length > ENOUGH ? [`… and ${saw.length - ENOUGH} more like it.`] : [];
  return [head, ...[...saw.slice(0, ENOUGH), ...more, advice].map((each) => `      ${each}`)];
}

/** A report as people read it: a line per rule, and under a broken one what was seen and what to do. */
export function written({ letters, messages }: Report): string {
  const all = [...letters, ...messages];
  const count = (verdict: Finding['verdict']) =>
    all.filter((finding) => finding.verdict === verdict).length;
  const untried = messages.every(({ verdict }) => verdict === 'not tried')
    ? ['  To have these tried, say where to listen with --callbacks-to.']
    : [];
  return [
    'Letters',
    ...letters.flatMap(linesOf),
    'What you say',
    ...messages.flatMap(linesOf),
    ...untried,
    `${count('kept')} kept, ${count('broken')} broken, ${count('not tried')} not tried.`,
  ].join('\n');
}
