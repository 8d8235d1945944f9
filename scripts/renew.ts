import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { defaults, readSettings } from '../config';
import { systemIn } from './demo/system';
import { renewAll, type Chosen, type NewWords } from './renew/renewing';

const USAGE = `npm run renew -- --numbers 100001,100002 | --status Pending | --all
  --preview       says which could move, and moves none
  --words JSON    words that are called otherwise now:
                  {"statuses":{"old":"new"},"lineStatuses":{},"shippingEvents":{},"paymentEvents":{}}`;

const options = {
  numbers: { type: 'string' },
  status: { type: 'string' },
  all: { type: 'boolean' },
  preview: { type: 'boolean' },
  words: { type: 'string' },
} as const;

function chosenBy(values: { numbers?: string; status?: string; all?: boolean }): Chosen {
  if (values.numbers) return { numbers: values.numbers.split(',') };
  if (values.status) return { status: values.status };
  if (values.all) return { all: true };
  throw new Error(`Say which orders:\n${USAGE}`);
}

/** Moves open orders to the present table of the shop that `npm start` runs; ends with 1 when one cannot. */
async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options });
  const chosen = chosenBy(values);
  const { dataDir, adminKey } = readSettings();
  const system = systemIn(dataDir ?? resolve(defaults.dataDir), adminKey);
  const words = JSON.parse(values.words ?? '{}') as NewWords;
  const isPreview = values.preview ?? false;
  const { moved, there, refused } = await renewAll(system, chosen, words, isPreview);
  const verbs = isPreview ? ['can', 'cannot'] : ['moved', 'could not'];
  const counted = `${moved.length} ${verbs[0]}, ${refused.length} ${verbs[1]}`;
  const why = refused.map((each) => `  ${each.number}: ${each.why}`);
  const rest = there.length > 0 ? `${there.length} follow the present table already.` : '';
  const lines = [`${counted}${refused.length > 0 ? ', because:' : '.'}`, ...why, rest];
  process.stdout.write(`${lines.filter((line) => line !== '').join('\n')}\n`);
  return refused.length > 0 ? 1 : 0;
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  },
);
