import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Folders } from './folders';
import { startPartner } from './partner';

const USAGE = `node --import tsx examples/partner/main.ts --code lumen --secret-file FILE [--shop http://127.0.0.1:3000]
  --code         the code that the shop knows this partner by
  --secret-file  what the shop showed when the partner was registered: one secret a line, the newest first
  --shop         where the shop's API answers; without it everything is said in GET /feed alone
  --folder       letters are taken from its letters/ as well, and messages left in its messages/
  --port         where letters are taken: /letters; 4010 unless said`;

const options = {
  code: { type: 'string' },
  'secret-file': { type: 'string' },
  shop: { type: 'string' },
  folder: { type: 'string' },
  port: { type: 'string', default: '4010' },
} as const;

function secretsIn(file: string): [string, ...string[]] {
  const [newest, ...others] = readFileSync(file, 'utf8').split(/\s+/).filter(Boolean);
  if (newest === undefined) throw new Error(`${file} has no secret in it.`);
  return [newest, ...others];
}

function foldersIn(folder: string): Folders {
  return { letters: join(folder, 'letters'), messages: join(folder, 'messages') };
}

/** A fulfilment partner as a process of its own, until Ctrl-C. */
async function main(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options });
  const { code, shop, folder, 'secret-file': file } = values;
  if (code === undefined || file === undefined) throw new Error(USAGE);
  const partner = await startPartner({
    ...{ code, secrets: secretsIn(file), port: Number(values.port) },
    folders: folder === undefined ? undefined : foldersIn(folder),
    callbacksTo: shop && new URL(`/v1/partners/${code}/callbacks`, shop).href,
  });
  process.stdout.write(`${code} takes letters at ${partner.url}/letters; its book: /book\n`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void partner.stop().then(() => process.exit(0)));
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
