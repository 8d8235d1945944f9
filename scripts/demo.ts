import { join, resolve } from 'node:path';
import { defaults, readSettings } from '../config';
import { readStory, tell } from './demo/story';
import { systemIn } from './demo/system';

const FOLDER = join(__dirname, '..', 'examples', 'orders');
/** The easiest first. */
const EXAMPLES = ['two-parcels.json', 'cancelled.json', 'declined.json'];

/** `npm run demo [-- FILE …]`: tells the stories of `examples/orders/` on the system that `npm start` runs. */
async function main(files: readonly string[]): Promise<void> {
  const { dataDir, adminKey } = readSettings();
  const system = systemIn(dataDir ?? resolve(defaults.dataDir), adminKey);
  const all = EXAMPLES.map((file) => join(FOLDER, file));
  for (const file of files.length > 0 ? files : all) {
    await tell(system, readStory(file), (text) => process.stdout.write(`${text}\n`));
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
