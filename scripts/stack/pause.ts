import { setTimeout as sleep } from 'node:timers/promises';

/** Resolves after the time, or at once when the signal aborts; never rejects. */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  try {
    await sleep(ms, undefined, { signal });
  } catch {
    // Aborted: whoever waits looks at the signal.
  }
}

/** Waits that double from 250 ms to 5 s, and begin again after `reset`. */
export class Backoff {
  static readonly first = 250;
  static readonly longest = 5_000;
  private wait = Backoff.first;

  next(): number {
    const wait = this.wait;
    this.wait = Math.min(wait * 2, Backoff.longest);
    return wait;
  }

  reset(): void {
    this.wait = Backoff.first;
  }
}

/** Tries again and again until the attempt succeeds; throws its last error when the signal aborts. */
export async function untilItWorks<Result>(
  attempt: () => Promise<Result>,
  options: { readonly signal: AbortSignal; readonly everyMs: number },
): Promise<Result> {
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (options.signal.aborted) throw error;
      await pause(options.everyMs, options.signal);
    }
  }
}

/** Lends the work a signal that aborts with the given one, and also when the time is up. */
export async function within<Result>(
  ms: number,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  // Not AbortSignal.any with AbortSignal.timeout: Node 20 may collect that timer before it fires.
  const limited = new AbortController();
  const abort = () => limited.abort(signal.reason);
  const timer = setTimeout(() => limited.abort(new Error('too late')), ms);
  signal.addEventListener('abort', abort);
  if (signal.aborted) abort();
  try {
    return await work(limited.signal);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
  }
}
