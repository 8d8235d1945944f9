import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { faults } from './machines/faults';
import defaultShop from './machines/shop';
import type { Shop } from './machines/table';

/** A shop that cannot be used; its message says why, a sentence each. */
export class FaultyShop extends Error {
  override readonly name = 'FaultyShop';
}

/** Loads a shop's table, TypeScript or JSON, or the default one; throws FaultyShop on one that is not sound. */
export async function loadShop(file: string | undefined): Promise<Shop> {
  const shop = file === undefined ? defaultShop : await read(file);
  const found = soundness(shop);
  if (found.length === 0) return shop;
  throw new FaultyShop(
    `The shop in ${file ?? 'machines/shop.ts'} is not sound:\n${found.join('\n')}`,
  );
}

function soundness(shop: Shop): readonly string[] {
  try {
    return faults(shop);
  } catch (error) {
    return [`It is no table of a shop: ${String(error)}`];
  }
}

async function read(file: string): Promise<Shop> {
  try {
    if (path.extname(file) === '.json') return JSON.parse(await readFile(file, 'utf8')) as Shop;
    const loaded = (await import(file)) as { default?: unknown };
    return unwrapped(loaded.default) as Shop;
  } catch (error) {
    throw new FaultyShop(`The shop in ${file} cannot be read: ${String(error)}`, { cause: error });
  }
}

/** A CommonJS file that is imported has its exports as default, and its default inside. */
function unwrapped(loaded: unknown): unknown {
  const isWrapped = typeof loaded === 'object' && loaded !== null && 'default' in loaded;
  return isWrapped ? loaded.default : loaded;
}
