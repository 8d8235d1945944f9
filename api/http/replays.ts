import type { Knex } from 'knex';
import { assignNumber, claim, finish, release, type IdempotencyKey } from '../../db/idempotency';
import { fingerprintOf } from '../../db/placed/fingerprint';
import { actorOf } from '../auth';
import { problem } from '../problems';
import type { Answer } from './answers';
import type { Caller, Incoming, NumberKeeper } from './call';

/** A little longer than any request is worked on; after that its process is taken for dead. */
const LOCK_SECONDS = 20;

interface Work {
  readonly handle: (numbers: NumberKeeper) => Promise<Answer>;
  /** What of the answer's body is kept. */
  readonly keptBody: (body: unknown) => unknown;
}

export interface Replays {
  /** Does a request to an address once per Idempotency-Key of its caller, and gives its first answer ever after. */
  once(request: Incoming<unknown, unknown, unknown>, address: string, work: Work): Promise<Answer>;
}

/** Whether an answer is given again: not where nothing was done and the same may go better later. */
function isKept({ status, stream }: Answer): boolean {
  return stream === undefined && status < 500 && ![403, 404, 412, 429].includes(status);
}

/** A key that replaces another one is of the same actor, and repeats what the other one began. */
function scopeOf(caller: Caller): string {
  if (caller.user) return JSON.stringify(['user', caller.id]);
  const { role, name } = actorOf(caller);
  return JSON.stringify([role, name]);
}

export function createReplays(knex: Knex): Replays {
  return {
    async once({ caller, id, sent }, address, work) {
      const key: IdempotencyKey = { scope: scopeOf(caller), key: id };
      const bodyHash = fingerprintOf([address, sent ?? null]);
      const claimed = await claim(knex, key, { bodyHash, lockSeconds: LOCK_SECONDS });
      switch (claimed.outcome) {
        case 'replay': {
          const { status, headers, body } = claimed.response;
          return { status, headers: { ...headers, 'Idempotent-Replayed': 'true' }, body };
        }
        case 'mismatch': {
          const detail = 'The key came with another request before; nothing was done.';
          return problem('idempotency-key-reused', { detail });
        }
        case 'running': {
          const headers = { 'Retry-After': String(claimed.retryAfterSeconds) };
          const detail = 'The first request with this key still runs; ask again for its answer.';
          return problem('request-in-progress', { detail, headers });
        }
        case 'new': {
          const numbers = numberKeeper(knex, key, claimed.orderNumber);
          return keep(knex, key, numbers, work);
        }
      }
    },
  };
}

function numberKeeper(knex: Knex, key: IdempotencyKey, given?: string): NumberKeeper {
  return { given, keep: (number, taken) => assignNumber(knex, key, number, taken) };
}

async function keep(
  knex: Knex,
  key: IdempotencyKey,
  numbers: NumberKeeper,
  { handle, keptBody }: Work,
): Promise<Answer> {
  let answer: Answer;
  try {
    answer = await handle(numbers);
  } catch (error) {
    await letGo(knex, key);
    throw error;
  }
  if (!isKept(answer)) {
    await letGo(knex, key);
    return answer;
  }
  // The command has taken effect: an answer that cannot be kept is still the answer.
  const { status, headers, body } = answer;
  await finish(knex, key, { status, headers, body: keptBody(body) }).catch(() => undefined);
  return answer;
}

async function letGo(knex: Knex, key: IdempotencyKey): Promise<void> {
  // Without the database the key frees itself when its lock ends.
  await release(knex, key).catch(() => undefined);
}
