import type { Usage } from './processes';
import { steps, type Block } from './rounds';
import { median, percentile, ratios, spreadOf } from './statistics';
import { titles, type VariantName } from './variants';

/** Everything that was measured, as tables in Markdown. */
export function report(blocks: readonly Block[], peak: Usage): string {
  const concurrencies = [...new Set(blocks.map(({ atOnce }) => atOnce))];
  return [
    ...concurrencies.flatMap((atOnce) => section(blocks, atOnce)),
    '## Peak memory, MB',
    '',
    table([Object.keys(peak), Object.values(peak).map(({ memory }) => memory.toFixed(0))]),
    '',
  ].join('\n');
}

function section(all: readonly Block[], atOnce: number): string[] {
  const blocks = all.filter((block) => block.atOnce === atOnce);
  const names = [...new Set(blocks.map(({ variant }) => variant))];
  const of = (name: VariantName) => blocks.filter(({ variant }) => variant === name);
  return [
    `## ${atOnce === 1 ? 'One at a time' : `${atOnce} at once`}`,
    '',
    table([
      ['', 'orders/s', 'history events', 'history bytes'],
      ...names.map((name) => rates(name, of(name))),
    ]),
    '',
    table([
      ['ms: p50 / p95 / p99', ...steps],
      ...names.map((name) => [named(name), ...latencies(of(name))]),
    ]),
    '',
    table(cpuRows(names, of)),
    '',
    ...ratioLines(names, of),
    '',
  ];
}

const named = (name: VariantName) => `${name}: ${titles[name]}`;
/** All processes together; busy neighbours change it less than they change the rate. */
const cpuOf = ({ cpu, orders }: Block) =>
  Object.values(cpu).reduce((total, each) => total + each, 0) / orders;
const rateOf = ({ orders, seconds }: Block) => orders / seconds;

function rates(name: VariantName, blocks: readonly Block[]): string[] {
  const { events, bytes } = {
    events: blocks.map(({ history }) => history.events),
    bytes: blocks.map(({ history }) => history.bytes),
  };
  return [
    named(name),
    spread(blocks.map(rateOf), 1),
    String(Math.max(...events)),
    median(bytes).toFixed(0),
  ];
}

function latencies(blocks: readonly Block[]): string[] {
  return steps.map((step) => {
    const values = blocks.flatMap((block) => block.latencies[step]);
    return [0.5, 0.95, 0.99].map((share) => percentile(values, share).toFixed(0)).join(' / ');
  });
}

function cpuRows(names: readonly VariantName[], of: (name: VariantName) => readonly Block[]) {
  const processes = Object.keys(of(names[0] as VariantName)[0]?.cpu ?? {});
  const cost = (name: VariantName, process: string) =>
    median(of(name).map(({ cpu, orders }) => ((cpu[process] ?? 0) / orders) * 1000));
  return [
    ['CPU ms an order', ...processes, 'all'],
    ...names.map((name) => {
      const costs = processes.map((process) => cost(name, process));
      const all = costs.reduce((total, each) => total + each, 0);
      return [named(name), ...[...costs, all].map((each) => each.toFixed(1))];
    }),
  ];
}

function ratioLines(names: readonly VariantName[], of: (name: VariantName) => readonly Block[]) {
  const compared = [
    ...names.filter((name) => name !== 'a' && name !== 'hot').map((name) => [name, 'a'] as const),
    ['hot', 'c'] as const,
  ];
  return compared
    .filter(([name, base]) => names.includes(name) && names.includes(base))
    .map(([name, base]) => {
      const rounds = ratios(of(name).map(rateOf), of(base).map(rateOf));
      const effort = ratios(of(base).map(cpuOf), of(name).map(cpuOf));
      return `- ${name}/${base}: orders/s **${spread(rounds, 2)}**, orders per CPU second ${spread(effort, 2)}`;
    });
}

/** Median, and in brackets the least and the most of all rounds. */
function spread(values: readonly number[], digits: number): string {
  const { median: middle, least, most } = spreadOf(values);
  return `${middle.toFixed(digits)} (${least.toFixed(digits)}–${most.toFixed(digits)})`;
}

function table([head = [], ...rows]: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
