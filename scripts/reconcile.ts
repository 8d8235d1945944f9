import { parseArgs } from 'node:util';
import { findSystem, NotRunning } from './import/system';
import { createWriter } from './reconcile/report';
import { NoSuchOrder, reconcileAll } from './reconcile/run';

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

class BadUse extends Error {}

function readUse(args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    if (positionals.length > 0 && !values.repair) throw new BadUse(USAGE);
    if (values.since !== undefined && Number.isNaN(Date.parse(values.since))) {
      throw new BadUse(`--since ${values.since} is no time: write one as 2026-11-23T10:00:00Z.`);
    }
    return { ...values, ids: positionals };
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
  const { order, since, repair, reason, ids } = use;
  const grace = use['grace-ms'];
  const writer = createWriter(use.json);
  const chosen = { ...(order !== undefined && { order }), ...(since !== undefined && { since }) };
  const { left, unreached } = await reconcileAll(system, {
    ...{ chosen, writer, repair, reason, ids },
    ...(grace !== undefined && { graceMs: Number(grace) }),
  });
  return left + unreached > 0 ? 1 : 0;
}

void main(process.argv.slice(2))
  .catch((error: unknown) => {
    const isOurs =
      error instanceof BadUse || error instanceof NotRunning || error instanceof NoSuchOrder;
    process.stderr.write(`${isOurs ? error.message : String(error)}\n`);
    return 2;
  })
  .then((code) => process.exit(code));
