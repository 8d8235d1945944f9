import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from '@jest/globals';
import { root } from '../docs/markdown';
import { startFlawedPartner, type Flaw, type FlawedPartner } from './partner-of-flaws';

const secret = `whsec_${Buffer.from('a secret of both, of some length').toString('base64')}`;
let partner: FlawedPartner | undefined;
afterEach(() => partner?.stop());

async function startedWith(...flaws: readonly Flaw[]): Promise<string> {
  partner = await startFlawedPartner(secret, flaws);
  return partner.url;
}

/** Runs it as `npm run partner:check` does. */
async function run(...args: readonly string[]) {
  const script = join(root, 'scripts/partner-check.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', script, ...args], { cwd: root });
  const [out, complaint] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    child.exitCode === null ? once(child, 'exit') : undefined,
  ]);
  return { code: child.exitCode, out, complaint };
}

describe('npm run partner:check', () => {
  it('ends with 0 where no rule is broken', async () => {
    const { code, out } = await run(await startedWith(), '--secret', secret);
    expect(out).toMatch(/\b15 kept, 0 broken, 9 not tried\.\n$/);
    expect(code).toBe(0);
  });

  it('ends with 1 where one is', async () => {
    const { code, out } = await run(await startedWith('verifies nothing'), '--secret', secret);
    expect(out).toContain('✗ A letter without a signature is refused');
    expect(code).toBe(1);
  });

  it('ends with 2, and says how it is used, where it is not told whom to check or what signs', async () => {
    const { code, complaint } = await run('https://test.acme.example/letters');
    expect(complaint).toContain('npm run partner:check -- URL --secret whsec_');
    expect(code).toBe(2);
  });
});
