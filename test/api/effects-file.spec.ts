import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import defaultShop from '../../machines/shop';
import { loadEffects } from '../../shop-file';

describe("the code of a shop's own effects", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'conveyor-effects-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const shop = async (name: string, code?: string): Promise<string> => {
    const file = join(folder, `${name}.json`);
    const effects = { greet: { says: 'greets' } };
    await writeFile(file, JSON.stringify({ ...defaultShop, effects }));
    if (code !== undefined) await writeFile(join(folder, `${name}.effects.js`), code);
    return file;
  };

  it('is beside the table, named for it', async () => {
    const code = await loadEffects(await shop('good', 'exports.default = { greet: () => 1 };'));
    expect(Object.keys(code)).toEqual(['greet']);
  });

  it('is missed in a sentence', async () => {
    await expect(loadEffects(await shop('none'))).rejects.toThrow(
      `The effect greet is declared and has no code in ${join(folder, 'none.effects.ts')}.`,
    );
  });

  it('has none that the table does not declare', async () => {
    const more = 'exports.default = { greet: () => 1, wave: () => 2 };';
    await expect(loadEffects(await shop('more', more))).rejects.toThrow(
      `The effect wave has code in ${join(folder, 'more.effects.js')} and is not declared.`,
    );
  });

  it('is none for a shop that declares none', async () => {
    expect(await loadEffects(undefined)).toEqual({});
  });
});
