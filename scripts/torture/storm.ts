import { pause } from '../stack/pause';
import type { Kill } from './kills';
import { partNames, type Everything, type PartName } from './running';

export type Kills = Readonly<Record<PartName, number>>;

/** A part that does not come back is no reason to wait for ever, and how often it is looked for. */
const [BACK_WITHIN_MS, LOOK_MS] = [90_000, 100];

async function untilBack(
  everything: Everything,
  parts: readonly PartName[],
  calm: AbortSignal,
): Promise<void> {
  const end = Date.now() + BACK_WITHIN_MS;
  while (!parts.every(everything.isBack) && Date.now() < end && !calm.aborted) {
    await pause(LOOK_MS, calm);
  }
}

/** Kills by the schedule until the signal aborts, but each part once at the least; gives what was killed how often. */
export async function storm(
  everything: Everything,
  schedule: readonly Kill[],
  calm: AbortSignal,
): Promise<Kills> {
  const kills = Object.fromEntries(partNames.map((part) => [part, 0])) as Record<PartName, number>;
  const isOver = () => calm.aborted && Object.values(kills).every((count) => count > 0);
  const killed = () => partNames.filter((part) => kills[part] > 0);
  for (const { parts, afterMs, waits } of schedule) {
    if (waits) await untilBack(everything, killed(), calm);
    await pause(afterMs, calm);
    if (isOver()) break;
    for (const part of parts) {
      if (everything.signal(part, 'SIGKILL')) kills[part] += 1;
    }
  }
  return kills;
}
