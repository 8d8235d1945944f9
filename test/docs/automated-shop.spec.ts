import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startSystem, type System } from '../support/system';
import { blocksOf, root, type Block } from './markdown';
import { openShell, type Shell } from './shell';

const PATH = 'docs/automated-shop.md';
const SHOP = join(root, 'examples/shops/dropship/shop.ts');
const SOON_MS = 40_000;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** A command of the document, and what it says that the answer has. */
interface Step {
  readonly at: string;
  readonly command: string;
  readonly has?: Block;
}

function stepsIn(blocks: readonly Block[]): Step[] {
  return blocks.flatMap(({ language, text, at }, index) => {
    if (language !== 'sh') return [];
    const next = blocks[index + 1];
    return [{ at, command: text, ...(next?.words[0] === 'has' && { has: next }) }];
  });
}

/** What only looks can be done again until it shows what it is to show. */
const isLooking = (command: string) => !/-X|\bsay\b/.test(command);

describe('docs/automated-shop.md', () => {
  let data: string;
  let system: System;
  let shell: Shell;
  beforeAll(async () => {
    data = mkdtempSync(join(tmpdir(), 'conveyor-tutorial-'));
    const exchangeDir = join(data, 'exchange');
    system = await startSystem({ shop: SHOP, letters: { exchangeDir }, inboxes: 1 });
    writeFileSync(join(data, 'admin-key'), system.adminKey);
    shell = openShell(root);
  });
  afterAll(async () => {
    await shell.end();
    await system.stop();
    rmSync(data, { recursive: true });
  });

  it('shows the table as it is', () => {
    const flat = (text: string) => text.replaceAll(/\s+/g, ' ').trim();
    const table = flat(readFileSync(SHOP, 'utf8'));
    const shown = blocksOf(PATH).filter(({ words }) => words[0] === 'shown');
    expect(shown.length).toBeGreaterThan(1);
    for (const { text } of shown) expect(table).toContain(flat(text));
  });

  it('leads where it says', async () => {
    const port = String(await freePort());
    // The tests of a run share one Temporal, and an order's number names its workflow.
    const prefix = `AUTO${randomInt(1e9)}-`;
    const here = (text: string) =>
      text
        .replaceAll('http://localhost:3000', system.url)
        .replaceAll('4010', port)
        .replaceAll('.data/', `${data}/`)
        .replaceAll('AUTO-', prefix);

    const answered = async (command: string) =>
      (await shell.run(here(command))).replaceAll(prefix, 'AUTO-').trim();
    const expectOf = ({ language, text }: Block, answer: string) =>
      language === 'json'
        ? expect(JSON.parse(answer)).toMatchObject(JSON.parse(text) as object)
        : expect(answer).toBe(text);

    for (const { at, command, has } of stepsIn(blocksOf(PATH))) {
      const end = Date.now() + SOON_MS;
      for (let isRight = false; !isRight;) {
        try {
          const answer = await answered(command);
          if (has) expectOf(has, answer);
          isRight = true;
        } catch (error) {
          const cause = error as Error;
          if (isLooking(command) && Date.now() < end) continue;
          throw new Error(`${at}: ${command}\n${cause.message}`, { cause });
        }
      }
    }
  }, 180_000);
});
