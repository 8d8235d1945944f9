import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { defaults, readSettings } from '../config';
import { connect } from '../db/connection';
import { drawnAsText } from '../machines/drawing/text';
import { FaultyShop, loadShop } from '../shop-file';
import { strandedBy } from './shop-check/stranded';
import { drawnAsSvg } from './shop-check/svg';

const say = (text: string) => process.stdout.write(`${text}\n`);

/**
 * `npm run shop:check [-- FILE] [--svg FILE]`: says what is unsound about a shop's table, draws it, and
 * says which open orders could not follow it. Ends with 1 when the table is not sound.
 */
async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { svg: { type: 'string' } },
    allowPositionals: true,
  });
  const settings = readSettings();
  const file = positionals[0] === undefined ? settings.shop : resolve(positionals[0]);
  const shop = await loadShop(file);
  drawnAsText(shop).forEach(say);
  const dataDir = settings.dataDir ?? resolve(defaults.dataDir);
  const picture = resolve(values.svg ?? join(dataDir, 'shop.svg'));
  mkdirSync(dirname(picture), { recursive: true });
  writeFileSync(picture, await drawnAsSvg(shop));
  say(`\nThe picture is in ${picture}.`);
  say('The table is sound.\n');
  if (settings.databaseUrl === undefined) {
    say('DATABASE_URL is not set, so nobody looked whether an open order could not follow it.');
    return 0;
  }
  const knex = connect(settings.databaseUrl, { min: 0, max: 1, applicationName: 'shop:check' });
  try {
    (await strandedBy(knex, shop, new Date().toISOString())).forEach(say);
  } finally {
    await knex.destroy();
  }
  return 0;
}

void main(process.argv.slice(2))
  .catch((error: unknown) => {
    const said = error instanceof FaultyShop ? error.message : String(error);
    process.stderr.write(`${said}\n`);
    return 1;
  })
  .then((code) => {
    process.exitCode = code;
  });
