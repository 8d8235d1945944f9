import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { faults } from './machines/faults';
import defaultShop from './machines/shop';
import type { EffectCodes } from './machines/calls/code';
import { allocationRules, type AllocationRules } from './machines/stock';
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

/** The module with code of a shop's own: beside the table, and named for it. */
function beside(file: string, what: 'effects' | 'allocation'): string | undefined {
  const { dir, name } = path.parse(file);
  const files = ['.ts', '.js', '.mjs', '.cjs'].map((ext) =>
    path.join(dir, `${name}.${what}${ext}`),
  );
  return files.find((each) => existsSync(each));
}

/**
 * Loads the code of a shop's own effects, `<shop>.effects.ts` beside its table; throws FaultyShop where
 * the table declares an effect that has no code, or the code has one that the table does not declare.
 */
export async function loadEffects(file: string | undefined): Promise<EffectCodes> {
  const shop = await loadShop(file);
  const place = beside(file ?? path.join(__dirname, 'machines/shop.ts'), 'effects');
  const code = place === undefined ? {} : ((await read(place)) as unknown as EffectCodes);
  const declared = Object.keys(shop.effects ?? {});
  const named = file ?? 'machines/shop.ts';
  const found = [
    ...declared
      .filter((name) => typeof code[name] !== 'function')
      .map(
        (name) =>
          `The effect ${name} is declared and has no code in ${place ?? effectsName(named)}.`,
      ),
    ...Object.keys(code)
      .filter((name) => !declared.includes(name))
      .map((name) => `The effect ${name} has code in ${place ?? ''} and is not declared.`),
  ];
  if (found.length === 0) return code;
  throw new FaultyShop(
    `The effects of the shop in ${named} are not complete:\n${found.join('\n')}`,
  );
}

/**
 * Loads a shop's own rules for where stock is held, `<shop>.allocation.ts` beside its table, with those that
 * every shop may name; throws FaultyShop where the table names one that is not there.
 */
export async function loadAllocation(file: string | undefined): Promise<AllocationRules> {
  const { stock } = await loadShop(file);
  const place = beside(file ?? path.join(__dirname, 'machines/shop.ts'), 'allocation');
  const own = place === undefined ? {} : ((await read(place)) as unknown as AllocationRules);
  const rules = { ...allocationRules, ...own };
  const name = stock?.allocation;
  if (name === undefined || Object.hasOwn(rules, name)) return rules;
  throw new FaultyShop(
    `The rule ${name} allocates the shop's stock, but there is only ${Object.keys(rules).join(', ')}.`,
  );
}

function effectsName(file: string): string {
  const { dir, name } = path.parse(file);
  return path.join(dir, `${name}.effects.ts`);
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
