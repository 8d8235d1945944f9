import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { SingleBar } from 'cli-progress';
import { defaults, readSettings } from '../../config';
import { systemIn, type System } from '../demo/system';
import { ordersOf } from './orders';
import { hasOtherOrders, makeSample, type Made } from './run';

const USAGE =
  'npm run sample -- [--orders 200] [--seed 1] [--anyway] [--url http://localhost:3000 --key KEY]';
const [ORDERS, MOST_ORDERS, SEED] = ['200', 10_000, '1'];
const MOST_REFUSALS_SHOWN = 10;

/** It cannot be done so; the message says what to do. */
class NotSo extends Error {
  override readonly name = 'NotSo';
}

interface Use {
  readonly system: System;
  readonly orders: number;
  readonly seed: number;
  readonly anyway: boolean;
}

function readUse(args: readonly string[]): Use {
  const { values } = parseArgs({
    args: [...args],
    options: {
      orders: { type: 'string', default: ORDERS },
      seed: { type: 'string', default: SEED },
      anyway: { type: 'boolean', default: false },
      url: { type: 'string' },
      key: { type: 'string' },
    },
  });
  const [orders, seed] = [Number(values.orders), Number(values.seed)];
  const isSound = Number.isInteger(orders) && orders > 0 && orders <= MOST_ORDERS;
  if (!isSound || !Number.isInteger(seed)) throw new NotSo(USAGE);
  const { dataDir, adminKey } = readSettings();
  const { url, key = adminKey } = values;
  if (url !== undefined && key === undefined) throw new NotSo(`--url needs --key.\n${USAGE}`);
  const system =
    url !== undefined && key !== undefined
      ? { api: url.replace(/\/$/, ''), key }
      : systemIn(dataDir ?? resolve(defaults.dataDir), key);
  return { system, orders, seed, anyway: values.anyway };
}

function summary({ placed, there, fates, refused }: Made, { system, seed }: Use): string {
  const shown = refused.slice(0, MOST_REFUSALS_SHOWN);
  return [
    `${placed} orders made, ${there} were there already (seed ${seed}):`,
    ...[...fates]
      .sort(([, one], [, other]) => other - one)
      .map(([fate, count]) => `  ${String(count).padStart(4)}  ${fate}`),
    ...(refused.length > 0 ? [`The shop said no ${refused.length} times:`] : []),
    ...shown.map((sentence) => `  ${sentence}`),
    `Look at them: ${system.api}/orders`,
  ].join('\n');
}

/** `npm run sample`: makes believable orders in all states on a running system, so that there is something to look at. */
async function main(args: readonly string[]): Promise<void> {
  const use = readUse(args);
  if (!use.anyway && (await hasOtherOrders(use.system))) {
    throw new NotSo(
      'This shop has orders of its own. Nothing was made; with --anyway the sample is added to them.',
    );
  }
  const bar = new SingleBar({
    format: '{bar} {value} of {total} orders | {eta_formatted} left',
    stream: process.stderr,
    hideCursor: true,
  });
  const orders = ordersOf(use.seed, use.orders, Date.now());
  if (process.stderr.isTTY) bar.start(orders.length, 0);
  const made = await makeSample(use.system, orders, () => bar.increment()).finally(() =>
    bar.stop(),
  );
  process.stdout.write(`${summary(made, use)}\n`);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
