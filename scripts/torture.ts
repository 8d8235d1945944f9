import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { defaults } from '../config';
import { inMarkdown, type Report } from './torture/report';
import { torture } from './torture/run';
import { dataFolder } from './torture/running';

const USAGE = `npm run torture -- --orders 100 --seed 1
  --orders N     how many orders are lived; 100 unless said
  --seed N       decides each life and each kill; 1 unless said
  --at-once N    orders lived at once; 20 unless said
  --pause MS     between two kills, on the average; 4000 unless said
  --keep         keeps the folder of the data, with all logs`;

const options = {
  orders: { type: 'string', default: '100' },
  seed: { type: 'string', default: '1' },
  'at-once': { type: 'string', default: '20' },
  pause: { type: 'string', default: '4000' },
  keep: { type: 'boolean', default: false },
} as const;

function wholeNumber(name: string, value: string, least: number): number {
  const number = /^\d+$/.test(value) ? Number(value) : NaN;
  if (number >= least) return number;
  throw new Error(`--${name} ${value}: write a whole number from ${least}.\n${USAGE}`);
}

/** Beside the data of `npm start`, which is no part of it: `torture/seed-1.md` and `.json`. */
function keepReport(report: Report): string {
  const folder = resolve(defaults.dataDir, 'torture');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `seed-${report.seed}`);
  writeFileSync(`${file}.json`, `${JSON.stringify(report, null, 2)}\n`);
  writeFileSync(`${file}.md`, inMarkdown(report));
  return `${file}.md`;
}

/** Lives so many orders while every part is killed again and again; ends with 1 when anything differs. */
async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options });
  const { dataDir, remove } = dataFolder();
  const startedAt = Date.now();
  const report = await torture({
    seed: wholeNumber('seed', values.seed, 0),
    orders: wholeNumber('orders', values.orders, 1),
    atOnce: wholeNumber('at-once', values['at-once'], 1),
    pauseMs: wholeNumber('pause', values.pause, 1),
    dataDir,
    say: (line) => {
      const seconds = Math.round((Date.now() - startedAt) / 1_000);
      process.stdout.write(`${String(seconds).padStart(5)} s  ${line}\n`);
    },
  });
  const isRight = report.differences.length === 0;
  process.stdout.write(`\n${inMarkdown(report)}\nKept as ${keepReport(report)}.\n`);
  if (isRight && !values.keep) remove();
  else process.stdout.write(`Data and logs are in ${dataDir}.\n`);
  return isRight ? 0 : 1;
}

// What it started is ended with it.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  },
);
