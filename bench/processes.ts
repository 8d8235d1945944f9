import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Clock ticks per second of Linux's process statistics. */
const TICKS = 100;

/** CPU seconds used so far and peak memory in MB, by the name of a process and all it started. */
export type Usage = Readonly<Record<string, { readonly cpu: number; readonly memory: number }>>;

interface Process {
  readonly parent: number;
  readonly ticks: number;
  /** Of children that have ended. */
  readonly ticksOfEnded: number;
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function processes(): Map<number, Process> {
  const found = new Map<number, Process>();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    const stat = read(`/proc/${name}/stat`);
    if (stat === undefined) continue;
    // The program's name is in brackets and may hold blanks.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const at = (index: number) => Number(fields[index]);
    found.set(Number(name), {
      parent: at(1),
      ticks: at(11) + at(12),
      ticksOfEnded: at(13) + at(14),
    });
  }
  return found;
}

function peakMemory(pid: number): number {
  const peak = /^VmHWM:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/status`) ?? '');
  return Number(peak?.[1] ?? 0) / 1024;
}

/** What each process of the system, and this one, has used since it started. */
export function usage(dataDir: string): Usage {
  const listed = JSON.parse(readFileSync(join(dataDir, 'processes.json'), 'utf8')) as Readonly<
    Record<string, { readonly pid: number }>
  >;
  const all = processes();
  const childrenOf = (pid: number) => [...all].filter(([, { parent }]) => parent === pid);
  const rows = Object.entries(listed)
    // The supervisor is this process, which is asked for by itself.
    .filter(([, { pid }]) => pid !== process.pid)
    .map(([name, { pid }]) => {
      const own = all.get(pid);
      // PostgreSQL serves each connection in a child; no other part starts any.
      const children = childrenOf(pid);
      const ticks = [own, ...children.map(([, child]) => child)].map((each) => each?.ticks ?? 0);
      const memory = [pid, ...children.map(([child]) => child)].map(peakMemory);
      const cpu = (sum(ticks) + (own?.ticksOfEnded ?? 0)) / TICKS;
      return [name, { cpu, memory: sum(memory) }] as const;
    });
  const { user, system } = process.cpuUsage();
  const own = { cpu: (user + system) / 1e6, memory: peakMemory(process.pid) };
  return { ...Object.fromEntries(rows), 'bench client': own };
}

/** CPU seconds that each process used between two looks. */
export function cpuBetween(before: Usage, after: Usage): Record<string, number> {
  return Object.fromEntries(
    Object.entries(after).map(([name, { cpu }]) => [name, cpu - (before[name]?.cpu ?? 0)]),
  );
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
