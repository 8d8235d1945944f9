import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import dropship from '../../examples/shops/dropship/shop';

const FOLDER = join(__dirname, '../../examples/shops/dropship');

/** In its table, partners may take seconds for what takes them hours. */
const partners = {
  ...dropship.partners,
  accept: { remind: { seconds: 8 }, escalate: { seconds: 14 }, giveUp: { seconds: 20 } },
  ship: { remind: { seconds: 20 }, escalate: { seconds: 40 } },
  park: { minutes: 2 },
};

/** Writes the drop-shipping shop, in a hurry, into a folder, with its messages; gives its file. */
export function writeHastyShop(folder: string): string {
  const file = join(folder, 'shop.json');
  writeFileSync(file, JSON.stringify({ ...dropship, partners }));
  cpSync(join(FOLDER, 'messages'), join(folder, 'messages'), { recursive: true });
  return file;
}
