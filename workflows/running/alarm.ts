import { CancellationScope, isCancellation, sleep } from '@temporalio/workflow';

/**
 * One timer for everything an order waits for. A later deadline leaves the running timer alone and
 * an earlier one replaces it, because each start and each cancellation is an event of the history.
 */
export class Alarm {
  private running: { readonly at: number; readonly scope: CancellationScope } | undefined;

  /** True from the moment the timer fired until it is set again. */
  rang = false;

  /** Wakes the order at `at` (ms since 1970) at the latest. */
  set(at: number, now: number, summary: string): void {
    if (this.running && this.running.at <= at) return;
    this.running?.scope.cancel();
    const scope = new CancellationScope();
    const running = { at, scope };
    this.running = running;
    this.rang = false;
    scope
      .run(() => sleep(Math.max(1, at - now), { summary }))
      .then(() => {
        if (this.running === running) this.running = undefined;
        this.rang = true;
      })
      .catch((error: unknown) => {
        if (!isCancellation(error)) throw error;
      });
  }
}
