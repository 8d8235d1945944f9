import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/**
 * When the process came into being, as the machine counts it; undefined when there is none.
 * A pid that went to another program has another birth.
 */
export function birthOf(pid: number): string | undefined {
  return existsSync('/proc/self/stat') ? birthInProc(pid) : birthFromPs(pid);
}

function birthInProc(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may itself hold blanks and parentheses; what counts follows the last one.
    const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const ticksSinceBoot = fields[18];
    if (isDead(state) || ticksSinceBoot === undefined) return undefined;
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot} ${ticksSinceBoot}`;
  } catch {
    return undefined;
  }
}

function birthFromPs(pid: number): string | undefined {
  try {
    const line = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [state, ...started] = line.trim().split(/\s+/);
    return isDead(state) || started.length === 0 ? undefined : started.join(' ');
  } catch {
    return undefined;
  }
}

/** A killed process stays listed as a zombie until its parent asks for it, which some never do. */
function isDead(state: string | undefined): boolean {
  return state === undefined || state.startsWith('Z') || state.startsWith('X');
}
