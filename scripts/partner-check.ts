import { parseArgs } from 'node:util';
import { listen } from './partner-check/listening';
import { written } from './partner-check/report';
import { checkPartner, isKept } from './partner-check/run';

const USAGE = `npm run partner:check -- URL --secret whsec_… [--callbacks-to URL] [--code CODE] [--sku SKU]… [--patience SECONDS]
  URL             where your service takes letters
  --secret        what signs both ways
  --callbacks-to  listens at this address of this computer, which your service is set to call
  --code          your code, as the letters say it; check unless said
  --sku           what is ordered; CHECK-1 and CHECK-2 unless said
  --patience      how long you are listened to; 60 unless said
It orders things: point it at a system for tests.`;

const options = {
  secret: { type: 'string' },
  'callbacks-to': { type: 'string' },
  code: { type: 'string', default: 'check' },
  sku: { type: 'string', multiple: true },
  patience: { type: 'string', default: '60' },
} as const;

/** As long as Conveyor waits. */
const ANSWER_MS = 15_000;

class BadUse extends Error {}

function readUse(args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const [url, ...others] = positionals;
    const { secret, patience, sku: skus = ['CHECK-1', 'CHECK-2'] } = values;
    const isMeant = url !== undefined && URL.canParse(url) && others.length === 0;
    if (!isMeant || !secret?.startsWith('whsec_') || !(Number(patience) > 0)) {
      throw new BadUse(USAGE);
    }
    return { ...values, url, secret, skus, patienceMs: Number(patience) * 1000 };
  } catch (error) {
    throw error instanceof TypeError ? new BadUse(`${error.message}\n${USAGE}`) : error;
  }
}

/** Checks a partner's service; ends with 0 when no rule is broken, with 1 when one is, with 2 when it could not look. */
async function main(args: readonly string[]): Promise<number> {
  const { url, secret, code, skus, patienceMs, 'callbacks-to': address } = readUse(args);
  const ear = address === undefined ? undefined : await listen(address, secret);
  const whom = { url, secret, answerMs: ANSWER_MS, partner: code, skus };
  const report = await checkPartner({ ...whom, patienceMs }, ear);
  await ear?.close();
  process.stdout.write(`${written(report)}\n`);
  return isKept(report) ? 0 : 1;
}

void main(process.argv.slice(2))
  .catch((error: unknown) => {
    process.stderr.write(`${error instanceof BadUse ? error.message : String(error)}\n`);
    return 2;
  })
  .then((code) => process.exit(code));
