import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { FaultyShop, loadAllocation, loadShop } from '../shop-file';
import { ordersOf } from '../machines/step';
import { createProgress } from './import/progress';
import { createReport } from './import/report';
import { importAll, type Tally } from './import/run';
import { findSystem, NotRunning } from './import/system';

const USAGE =
  'npm run import -- [--dry-run] [--stock leave|take] [--refused FILE] FILE… (- reads standard input)';

class BadUse extends Error {}

interface Use {
  readonly files: readonly string[];
  readonly dryRun: boolean;
  readonly stock: 'leave' | 'take';
  readonly refused: string;
}

function readUse(args: readonly string[]): Use {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: {
      'dry-run': { type: 'boolean', default: false },
      stock: { type: 'string', default: 'leave' },
      refused: { type: 'string' },
    },
    allowPositionals: true,
  });
  const { stock, refused } = values;
  if (positionals.length === 0) throw new BadUse(USAGE);
  if (stock !== 'leave' && stock !== 'take')
    throw new BadUse(`--stock is leave or take.\n${USAGE}`);
  const [first = '-'] = positionals;
  const beside = `${first === '-' ? 'import' : first}.refused.ndjson`;
  return {
    files: positionals,
    dryRun: values['dry-run'],
    stock,
    refused: resolve(refused ?? beside),
  };
}

function summary(tally: Tally, { dryRun, refused }: Use): string {
  const { imported, same, woken } = tally;
  const done = dryRun ? 'would be imported' : 'imported';
  const lines = [
    `${imported} ${done}, ${same} were there already, ${tally.refused} refused.`,
    ...(woken > 0 ? [`${woken} wait for something to come, and their clocks run.`] : []),
    ...(tally.refused > 0 ? [`Why each was refused is in ${refused}.`] : []),
  ];
  return lines.join('\n');
}

/**
 * Imports orders with their past from files of one JSON object a line. Ends with 0 when every row is in,
 * with 1 when some were refused, with 2 when it could not be done. Run it again to go on.
 */
async function main(args: readonly string[]): Promise<number> {
  const use = readUse(args);
  const { settings, databaseUrl } = findSystem();
  const orders = ordersOf(await loadShop(settings.shop));
  const rules = await loadAllocation(settings.shop);
  const report = createReport(use.refused);
  const progress = createProgress(use.files);
  try {
    const work = { orders, rules, report, progress };
    const tally = await importAll({ ...use, ...settings, databaseUrl, ...work });
    progress.end();
    process.stdout.write(`${summary(tally, use)}\n`);
    return tally.refused > 0 ? 1 : 0;
  } finally {
    progress.end();
    await report.close();
  }
}

void main(process.argv.slice(2))
  .catch((error: unknown) => {
    const isOurs = error instanceof BadUse || error instanceof NotRunning;
    const said = isOurs || error instanceof FaultyShop ? error.message : String(error);
    process.stderr.write(`${said}\n`);
    return 2;
  })
  .then((code) => process.exit(code));
