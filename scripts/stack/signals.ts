/** Sends the signal to the process; nothing happens when it is gone. */
export function signalProcess(pid: number, signal: NodeJS.Signals): void {
  send(pid, signal);
}

/** Sends the signal to what is left of the process group that the process leads or led. */
export function signalGroup(leader: number, signal: NodeJS.Signals): void {
  send(-leader, signal);
}

function send(target: number, signal: NodeJS.Signals): void {
  try {
    process.kill(target, signal);
  } catch (error) {
    // macOS says EPERM of a group in which only zombies are left.
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ESRCH' && code !== 'EPERM') throw error;
  }
}
