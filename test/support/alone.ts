import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** Jest's own process is the parent of every worker of one run. */
const LOCK = join(tmpdir(), `conveyor-alone-${process.ppid}`);

/** How long a test file may have to wait for its turn, in ms. */
export const TURN_WITHIN_MS = 400_000;

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function take(): boolean {
  try {
    writeFileSync(LOCK, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    return false;
  }
}

/**
 * Waits until no other test file runs a whole system, and gives what ends the turn. Each system looks
 * for free ports, and a part that is killed gives its port up for a moment: two at once would take
 * them from each other.
 */
export async function alone(): Promise<() => void> {
  while (!take()) {
    try {
      if (!isAlive(Number(readFileSync(LOCK, 'utf8')))) rmSync(LOCK, { force: true });
    } catch {
      // Its holder has just let go of it.
    }
    await pause(200);
  }
  return () => rmSync(LOCK, { force: true });
}
