import { pause } from '../stack/pause';
import type { Kill } from './kills';
import { partNames, type Everything, type PartName } from './running';

export type Kills = Readonly<Record<PartName, number>>;

/** Kills by the schedule until the signal aborts, but at the least `least` times; gives what was killed how often. */
export async function storm(
  everything: Everything,
  schedule: readonly Kill[],
  { least, calm }: { readonly least: number; readonly calm: AbortSignal },
): Promise<Kills> {
  const kills = Object.fromEntries(partNames.map((part) => [part, 0])) as Record<PartName, number>;
  for (const [index, { part, afterMs }] of schedule.entries()) {
    const isOwed = index < least;
    if (calm.aborted && !isOwed) break;
    await pause(afterMs, isOwed ? undefined : calm);
    if (calm.aborted && !isOwed) break;
    if (everything.signal(part, 'SIGKILL')) kills[part] += 1;
  }
  return kills;
}
