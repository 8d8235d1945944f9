import { parseArgs } from 'node:util';
import { drawnAudit, drawnInTheEnd } from './automated/drawing';
import { runAutomated } from './automated/run';
import { createScreen } from './automated/screen';
import { dataFolder } from './torture/running';

const USAGE = `npm run demo:automated -- --orders 50 --seed 1
  --orders N  how many orders are placed; 50 unless said
  --seed N    decides each order and how it is treated; 1 unless said
  --kill      kills each process of ours once, with kill -9
  --keep      keeps the folder of the data, with all logs`;

const options = {
  orders: { type: 'string', default: '50' },
  seed: { type: 'string', default: '1' },
  kill: { type: 'boolean', default: false },
  keep: { type: 'boolean', default: false },
} as const;

function wholeNumber(name: string, value: string, least: number): number {
  const number = /^\d+$/.test(value) ? Number(value) : NaN;
  if (number >= least) return number;
  throw new Error(`--${name} ${value}: write a whole number from ${least}.\n${USAGE}`);
}

/** Runs a shop that nobody watches, with partners that misbehave; ends with 1 when anything does not add up. */
async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options });
  const { dataDir, remove } = dataFolder();
  const screen = createScreen(process.stdout);
  const { rows, findings } = await runAutomated({
    orders: wholeNumber('orders', values.orders, 1),
    seed: wholeNumber('seed', values.seed, 0),
    ...{ kill: values.kill, dataDir, screen },
  });
  screen.say(`\n${drawnInTheEnd(rows)}\n\n${drawnAudit(findings)}`);
  const isRight = findings.every(({ faults }) => faults.length === 0);
  if (isRight && !values.keep) remove();
  else screen.say(`Data and logs are in ${dataDir}.`);
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
