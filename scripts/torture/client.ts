import { setTimeout as pause } from 'node:timers/promises';
import type { Everything } from './running';

export interface Final {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

/** No final answer in time; the message has the last one, and where to look. */
export class Hangs extends Error {
  override readonly name = 'Hangs';
}

interface Asked extends Final {
  readonly location: string;
}

const ANSWER_WITHIN_MS = 15_000;
const AGAIN_AFTER_MS = 200;

async function ask(
  { system }: Everything,
  path: string,
  key?: string,
  body?: unknown,
): Promise<Asked> {
  const response = await fetch(`${system.api}${path}`, {
    method: key === undefined ? 'GET' : 'POST',
    headers: {
      authorization: `Bearer ${system.key}`,
      'content-type': 'application/json',
      ...(key !== undefined && { 'idempotency-key': key }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
  });
  return {
    status: response.status,
    location: response.headers.get('location') ?? path,
    body: (await response.json()) as Record<string, unknown>,
  };
}

/** Whether nothing is decided yet, or nothing but the road to it failed. */
function isToBeAskedAgain(answer: Final): boolean {
  const isRefused = outcomeOf(answer) === 'refused';
  return (
    isUnderWay(answer) ||
    (answer.status >= 500 && !isRefused) ||
    answer.body.code === 'request-in-progress'
  );
}

function outcomeOf({ body }: Final): unknown {
  return ((body.command ?? body) as { outcome?: unknown }).outcome;
}

function isUnderWay(answer: Final): boolean {
  return answer.status === 202 || (answer.status === 200 && outcomeOf(answer) === 'pending');
}

/**
 * A patient client: asks again under the same idempotency key, and follows a command that takes its time.
 * `repeated` is told of each request after the first. Throws Hangs.
 */
export async function persist(
  everything: Everything,
  path: string,
  body: unknown,
  key: string,
  { withinMs = 60_000, repeated = () => undefined as void } = {},
): Promise<Final> {
  const end = Date.now() + withinMs;
  let last = 'nothing';
  while (Date.now() < end) {
    try {
      let answer = await ask(everything, path, key, body);
      const { location } = answer;
      while (isUnderWay(answer) && Date.now() < end) {
        await pause(AGAIN_AFTER_MS);
        answer = await ask(everything, location);
      }
      const isLost = answer.status === 404 && location !== path;
      if (!isToBeAskedAgain(answer) && !isLost) return answer;
      last = `${answer.status} ${JSON.stringify(answer.body).slice(0, 300)}`;
    } catch (error) {
      last = String(error);
    }
    repeated();
    await pause(AGAIN_AFTER_MS);
  }
  throw new Hangs(
    `${path} (${key}) has no final answer after ${withinMs} ms; the last was ${last}`,
  );
}
