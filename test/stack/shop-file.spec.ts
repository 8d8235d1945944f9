import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FaultyShop, loadShop } from '../../shop-file';
import defaultShop from '../../machines/shop';

describe("a shop's table", () => {
  let folder: string;
  beforeAll(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'conveyor-shop-'));
  });
  afterAll(() => fs.rmSync(folder, { recursive: true }));
  const file = (name: string, text: string) => {
    fs.writeFileSync(path.join(folder, name), text);
    return path.join(folder, name);
  };

  it('is the default one when none is named', async () => {
    expect(await loadShop(undefined)).toBe(defaultShop);
  });

  it('is read from JSON and from TypeScript', async () => {
    const json = file('shop.json', JSON.stringify({ ...defaultShop, name: 'Other' }));
    expect((await loadShop(json)).name).toBe('Other');
    const typed = path.resolve(__dirname, '../../machines/shop.ts');
    expect((await loadShop(typed)).name).toBe(defaultShop.name);
  });

  it('is refused with what is wrong with it, in sentences', async () => {
    const { orders } = defaultShop;
    const unsound = { ...defaultShop, orders: { ...orders, initial: 'Gone' } };
    await expect(loadShop(file('bad.json', JSON.stringify(unsound)))).rejects.toThrow(
      /bad\.json is not sound:\nThe initial order status Gone is not among Pending/,
    );
    await expect(loadShop(file('none.json', '{}'))).rejects.toThrow(/It is no table of a shop/);
    await expect(loadShop(file('broken.json', '{'))).rejects.toThrow(FaultyShop);
    await expect(loadShop(path.join(folder, 'missing.json'))).rejects.toThrow(/cannot be read/);
  });
});
