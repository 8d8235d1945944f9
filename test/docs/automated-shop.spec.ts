import { randomInt } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createPoster } from '../../activities/sending/post';
import { createWebhookDeliverer } from '../../activities/webhooks/deliverer';
import { freePort } from '../support/free-port';
import { startSystem, type System } from '../support/system';
import { testVault } from '../support/vault';
import { blocksOf, root, type Block } from './markdown';
import { openShell, type Shell } from './shell';

const PATH = 'docs/automated-shop.md';
const SHOP = join(root, 'examples/shops/dropship/shop.ts');
const SOON_MS = 40_000;
const LOOK_MS = 200;

/** A command of the document, and what it says that the answer has. */
interface Step {
  readonly at: string;
  readonly command: string;
  readonly has?: unknown;
}

function stepsIn(blocks: readonly Block[]): Step[] {
  return blocks.flatMap(({ language, text, at }, index) => {
    if (language !== 'sh') return [];
    const next = blocks[index + 1];
    if (next?.words[0] !== 'has') return [{ at, command: text }];
    return [{ at, command: text, has: next.language === 'json' ? readJson(next.text) : next.text }];
  });
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Whether it is there in whole, as `toMatchObject` has it. */
function isIn(part: unknown, whole: unknown): boolean {
  if (typeof part !== 'object' || part === null) return part === undefined || part === whole;
  if (typeof whole !== 'object' || whole === null) return false;
  if (Array.isArray(part) && part.length !== (whole as unknown[]).length) return false;
  return Object.entries(part).every(([key, each]) =>
    isIn(each, (whole as Record<string, unknown>)[key]),
  );
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
    const post = createPoster({ allowed: ['127.0.0.1', 'localhost'], timeoutMs: 2_000 });
    system = await startSystem({
      ...{ shop: SHOP, letters: { exchangeDir }, inboxes: 1 },
      deliverers: (knex) => ({ webhook: createWebhookDeliverer({ knex, vault: testVault, post }) }),
    });
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
    const [partner, listener] = [String(await freePort()), String(await freePort())];
    // The tests of a run share one Temporal, and an order's number names its workflow.
    const prefix = `AUTO${randomInt(1e9)}-`;
    const here = (text: string) =>
      text
        .replaceAll('http://localhost:3000', system.url)
        .replaceAll('4010', partner)
        .replaceAll('4020', listener)
        .replaceAll('.data/', `${data}/`)
        .replaceAll('AUTO-', prefix);

    async function answerTo({ command, has }: Step) {
      const end = Date.now() + SOON_MS;
      for (;;) {
        const { status, output } = await shell.run(here(command));
        const answer = readJson(output.replaceAll(prefix, 'AUTO-').trim());
        const isRight = status === 0 && isIn(has, answer);
        if (isRight || !isLooking(command) || Date.now() > end) return { status, answer };
        await sleep(LOOK_MS);
      }
    }

    for (const step of stepsIn(blocksOf(PATH))) {
      const { at, has } = step;
      const expected = { at, status: 0, ...(has !== undefined && { answer: has }) };
      expect({ at, ...(await answerTo(step)) }).toMatchObject(expected);
    }
  }, 180_000);
});
