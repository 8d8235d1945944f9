import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Movement } from './entries';
import { charge } from './views';

const ATTEMPTS = 3;
const TIMEOUT_MS = 5000;

export interface CallbackParts {
  log: Pick<Logger, 'warn'>;
  /** Pause before the second attempt, doubled before the third; 250 ms unless said. */
  pauseMs?: number;
}

/** Tells a URL of a movement `times` times at once; each telling is tried three times, then given up and logged. */
export function createAnnouncer({ log, pauseMs = 250 }: CallbackParts) {
  async function tell(url: string, body: string): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      const fault = await post(url, body);
      if (fault === undefined) return;
      if (attempt === ATTEMPTS) return log.warn({ url, fault }, 'callback given up');
      await sleep(pauseMs * 2 ** (attempt - 1));
    }
  }

  return (movement: Movement, url: string, times: number): void => {
    // Both tellings carry one id, by which the receiver knows the second for a repetition.
    const event = {
      id: `evt_${movement.reference}`,
      type: movement.kind,
      charge: charge(movement),
    };
    const body = JSON.stringify(event);
    for (let time = 0; time < times; time++) void tell(url, body);
  };
}

async function post(url: string, body: string): Promise<string | undefined> {
  try {
    const headers = { 'content-type': 'application/json' };
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const answer = await fetch(url, { method: 'POST', headers, body, signal });
    await answer.body?.cancel();
    return answer.ok ? undefined : `answered ${answer.status}`;
  } catch (error) {
    return String(error);
  }
}
