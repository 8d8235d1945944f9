import { parseArgs } from 'node:util';
import { findSystem, NotRunning } from './import/system';
import { createWriter } from './reconcile/report';
import { BadUse, reconcileAll } from './reconcile/run';

const USAGE = `npm run reconcile -- [--order NUMBER] [--since TIME] [--json] [--repair [ID…]]
  --order   looks at this order only
  --since   looks at orders that changed since; ISO 8601
  --repair  mends what it can of what it finds: the differences of these ids, or all
  --reason  why, for the history of the orders that are mended
  --json    a line of JSON for each difference`;

const options = {
  order: { type: 'string' },
  since: { type: 'string' },
  repair: { type: 'boolean', default: false },
  reason: { type: 'string', default: 'Found by npm run reconcile.' },
  json: { type: 'boolean', default: false },
  /** For tests: how young what is under way may be. */
  'grace-ms': { type: 'string' },
} as const;

/** A day, with or without a time; what else JavaScript takes for one, such as "1", is a slip. */
const TIME = /^\d{4}-\d\d-\d\d/;

function timeOf(since: string): string {
  if (TIME.test(since) && !Number.isNaN(Date.parse(since))) return new Date(since).toISOString();
  throw new BadUse(`--since ${since} is no time: write one as 2026-11-23T10:00:00Z.`);
}

function millisecondsOf(grace: string): number {
  if (/^\d+$/.test(grace)) return Number(grace);
  throw new BadUse(`--grace-ms ${grace} is no number of milliseconds.`);
}

function readUse(args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    if (positionals.length > 0 && !values.repair) throw new BadUse(USAGE);
    const { since, 'grace-ms': grace } = values;
    return {
      ...{ ...values, ids: positionals },
      since: since === undefined ? undefined : timeOf(since),
      graceMs: grace === undefined ? undefined : millisecondsOf(grace),
    };
  } catch (error) {
    throw error instanceof TypeError ? new BadUse(`${error.message}\n${USAGE}`) : error;
  }
}

/**
 * Compares what is kept in two places. Ends with 0 when nothing differs (any more), with 1 when something
 * does or a gateway was not reached, with 2 when it could not look.
 */
async function main(args: readonly string[]): Promise<number> {
  const use = readUse(args);
  const system = findSystem();
  const { order, since, repair, reason, ids, graceMs } = use;
  const writer = createWriter(use.json);
  const chosen = { ...(order !== undefined && { order }), ...(since !== undefined && { since }) };
  const { left, unreached } = await reconcileAll(system, {
    ...{ chosen, writer, repair, reason, ids },
    ...(graceMs !== undefined && { graceMs }),
  });
  return left + unreached > 0 ? 1 : 0;
}

void main(process.argv.slice(2))
  .catch((error: unknown) => {
    const isOurs = error instanceof BadUse || error instanceof NotRunning;
    process.stderr.write(`${isOurs ? error.message : String(error)}\n`);
    return 2;
  })
  .then((code) => process.exit(code));
