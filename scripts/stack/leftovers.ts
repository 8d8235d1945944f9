import { birthOf } from './birth';
import { pause } from './pause';
import type { Leftover } from './processes-file';
import type { Say } from './say';
import { signalGroup, signalProcess } from './signals';

const ORDERLY_MS = 5_000;
const LOOK_EVERY_MS = 50;

/** Ends what a killed supervisor left running, one after another: asked first, killed after five seconds. */
export async function endLeftovers(leftovers: readonly Leftover[], say: Say): Promise<void> {
  for (const leftover of leftovers) {
    say(
      leftover.name,
      `was left running as process ${leftover.pid} by an earlier start; ending it.`,
    );
    signalProcess(leftover.pid, leftover.stopSignal);
    if (!(await gone(leftover, ORDERLY_MS))) {
      signalProcess(leftover.pid, 'SIGKILL');
      await gone(leftover, ORDERLY_MS);
    }
    signalGroup(leftover.pid, 'SIGKILL');
  }
}

async function gone({ pid, birth }: Leftover, withinMs: number): Promise<boolean> {
  const deadline = Date.now() + withinMs;
  while (birthOf(pid) === birth) {
    if (Date.now() > deadline) return false;
    await pause(LOOK_EVERY_MS);
  }
  return true;
}
