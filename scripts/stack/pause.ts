import { setTimeout } from 'node:timers/promises';

/** Resolves after the time, or at once when the signal aborts; never rejects. */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  try {
    await setTimeout(ms, undefined, { signal });
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
