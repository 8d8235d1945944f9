import { Client, Connection } from '@temporalio/client';
import { benchCallbacks } from './callbacks';
import { benchDashboard } from './dashboard';
import { benchLists } from './lists';
import { readOptions, type Options } from './options';
import { benchOutbox } from './outbox';
import { usage } from './processes';
import { report } from './report';
import { runBlock, type Block } from './rounds';
import { startSystem, type System } from './system';
import { variantOf, type Variant } from './variants';

/** The first orders find cold caches and nothing compiled; they are not counted. */
const WARM_UP_ORDERS = 40;

/** `npm run bench -- lists [--api … --key …]`, `npm run bench -- outbox`, `npm run bench -- callbacks`, `npm run bench -- dashboard`, or `npm run bench [-- --rounds 5 --orders 200 --only a,b,c,hot --at-once 1,20]`. */
async function main(): Promise<void> {
  const [what, ...args] = process.argv.slice(2);
  if (what === 'lists') return benchLists(args);
  if (what === 'outbox') return benchOutbox(args, note);
  if (what === 'dashboard') return benchDashboard(args, note);
  if (what === 'callbacks') return benchCallbacks(args, note);
  const options = readOptions(process.argv.slice(2));
  const system = await startSystem(options.only.includes('b'), note);
  const stopEarly = () => void system.stop().finally(() => process.exit(1));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, stopEarly);
  try {
    const connection = await Connection.connect({ address: system.temporalAddress });
    const blocks = await measure(system, new Client({ connection }), options);
    process.stdout.write(`\n${report(blocks, usage(system.dataDir))}`);
    await connection.close();
  } finally {
    await system.stop();
  }
}

/** Rounds in which the variants take turns, so that noise hits all alike. */
async function measure(system: System, client: Client, options: Options): Promise<Block[]> {
  const variants = options.only.map((name) => variantOf(name, system, client));
  const blocks: Block[] = [];
  for (const variant of variants) {
    await runBlock(system, client, { variant, atOnce: 20, round: 0, orders: WARM_UP_ORDERS });
  }
  for (const [round, atOnce, variant] of turns(options, variants)) {
    const orders = atOnce === 1 ? Math.ceil(options.orders / 5) : options.orders;
    const block = await runBlock(system, client, { variant, atOnce, round, orders });
    blocks.push(block);
    const rate = (orders / block.seconds).toFixed(1);
    note(`round ${round}, ${atOnce} at once, ${variant.name}: ${rate} orders/s`);
  }
  return blocks;
}

function turns(options: Options, variants: readonly Variant[]): [number, number, Variant][] {
  const rounds = Array.from({ length: options.rounds }, (_, index) => index + 1);
  return rounds.flatMap((round) =>
    options.atOnce.flatMap((atOnce) =>
      variants
        // One order at a time waits for no other one's stock.
        .filter(({ name }) => name !== 'hot' || atOnce > 1)
        .map((variant): [number, number, Variant] => [round, atOnce, variant]),
    ),
  );
}

function note(line: string): void {
  process.stderr.write(`${line}\n`);
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(
      `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
    process.exit(1);
  },
);
