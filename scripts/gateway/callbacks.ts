import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { Webhook } from 'standardwebhooks';
import type { Movement } from './entries';
import { news } from './views';

const ATTEMPTS = 3;
const TIMEOUT_MS = 5000;

export interface CallbackParts {
  /** What tellings are signed with, as Standard Webhooks has it. */
  secret: string;
  log: Pick<Logger, 'warn'>;
  /** Pause before the second attempt, doubled before the third; 250 ms unless said. */
  pauseMs?: number;
}

/** Tells a URL of a movement `times` times at once; each telling is tried three times, then given up and logged. */
export function createAnnouncer({ log, secret, pauseMs = 250 }: CallbackParts) {
  const webhook = new Webhook(secret);

  /** Signed at each attempt, because what was signed long ago is refused. */
  function signed(id: string, body: string): Record<string, string> {
    const now = new Date();
    return {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
      'webhook-signature': webhook.sign(id, now, body),
    };
  }

  async function tell(url: string, id: string, body: string): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      const fault = await post(url, signed(id, body), body);
      if (fault === undefined) return;
      if (attempt === ATTEMPTS) return log.warn({ url, fault }, 'callback given up');
      await sleep(pauseMs * 2 ** (attempt - 1));
    }
  }

  return (movement: Movement, url: string, times: number): void => {
    // Both tellings carry one id, by which the receiver knows the second for a repetition.
    const id = `evt_${movement.reference}`;
    const body = JSON.stringify({ id, ...news(movement) });
    for (let time = 0; time < times; time++) void tell(url, id, body);
  };
}

async function post(
  url: string,
  headers: Record<string, string>,
  body: string,
): Promise<string | undefined> {
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const answer = await fetch(url, { method: 'POST', headers, body, signal });
    await answer.body?.cancel();
    return answer.ok ? undefined : `answered ${answer.status}`;
  } catch (error) {
    return String(error);
  }
}
