import type { Difference, Evidence } from '../judge/evidence';
import type { Life } from '../lives/life';
import type { Sent } from './living';
import type { Kills } from './storm';

/** What a torture run was, and what came of it. */
export interface Report {
  readonly seed: number;
  readonly orders: number;
  readonly digests: { readonly lives: string; readonly kills: string };
  readonly seconds: number;
  readonly kills: Kills;
  readonly sent: Sent;
  /** Movements in the gateway's ledger, by kind. */
  readonly moved: Readonly<Record<string, number>>;
  /** Orders by currency, and cards by token. */
  readonly currencies: Readonly<Record<string, number>>;
  readonly tokens: Readonly<Record<string, number>>;
  readonly differences: readonly Difference[];
}

function counted(words: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const word of words.toSorted()) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}

/** What the lives and the gateway's ledger add to a report. */
export function countsOf(lives: readonly Life[], { gateway }: Evidence) {
  return {
    moved: counted(gateway.map(({ kind }) => kind)),
    currencies: counted(lives.map(({ request }) => request.currency)),
    tokens: counted(lives.flatMap(({ tokens }) => tokens)),
  };
}

const listed = (counts: Readonly<Record<string, number>>) =>
  Object.entries(counts)
    .map(([word, count]) => `${count} ${word}`)
    .join(', ');

/** The report as a page for people. */
export function inMarkdown(report: Report): string {
  const { seed, orders, digests, kills, sent, differences } = report;
  const killed = Object.values(kills).reduce((total, count) => total + count, 0);
  const rows = {
    seed: String(seed),
    orders: `${orders}: ${listed(report.currencies)}`,
    'digest of the lives': digests.lives,
    'digest of the schedule of kills': digests.kills,
    'how long': `${Math.round(report.seconds)} s`,
    'kills with `kill -9`': `${killed}: ${listed(kills)}`,
    'commands sent': `${sent.commands}, and ${sent.repeated} requests repeated`,
    cards: listed(report.tokens),
    'movements in the gateway’s ledger': listed(report.moved),
    differences: String(differences.length),
  };
  return [
    '| torture run | |',
    '| --- | --- |',
    ...Object.entries(rows).map(([name, value]) => `| ${name} | ${value} |`),
    ...differences.map(({ of, what }, index) => `${index === 0 ? '\n' : ''}- ${of}: ${what}`),
    '',
  ].join('\n');
}
