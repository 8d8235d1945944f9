import { setTimeout as sleep } from 'node:timers/promises';
import { Books } from './books';
import { caseOf, outcomeOf, type Case, type Sent } from './cases';
import type { Decline, Entry, Movement, Outcome } from './entries';
import type { Journal } from './journal';
import { fingerprint, type Request } from './requests';
import { characterOf } from './tokens';
import type { LedgerEntry } from './views';

const DAY_MS = 24 * 60 * 60 * 1000;

/** What the sender of a request gets to know. */
export type Result =
  | { result: 'moved'; outcome: Movement; replayed: boolean }
  | { result: 'declined'; outcome: Decline; replayed: boolean }
  | { result: 'silence' }
  | { result: 'error' }
  | { result: 'running' }
  | { result: 'key-reused' }
  | { result: 'unknown-authorisation' };

export interface Gateway {
  /** Decides on a request once per key; resolves after what it moved is on disk. */
  submit(request: Request, key: string): Promise<Result>;
  /**
   * All that was decided under a key, reference, authorisation or order of that name, oldest first; kept for
   * good. Undefined while one of them is a secret.
   */
  outcomes(name: string): Promise<readonly Outcome[] | undefined>;
  /** Every movement that took place, oldest first. */
  ledger(): Promise<LedgerEntry[]>;
}

export interface GatewayParts {
  journal: Journal<Entry>;
  /** Told of each movement that has a callback URL, after it is on disk. */
  announce?: (movement: Movement, url: string, times: number) => void;
  /** Milliseconds since the epoch. */
  now?: () => number;
  /** How long a slow card's answer is held back; 2 s unless said. */
  slowMs?: number;
  /** How long a key is remembered; a day unless said. */
  keysLiveMs?: number;
}

/** A gateway that goes on where its journal ends. */
export function createGateway(parts: GatewayParts): Gateway {
  const { journal, announce, now = Date.now, slowMs = 2000, keysLiveMs = DAY_MS } = parts;
  const books = new Books(keysLiveMs);
  for (const entry of journal.lines) books.enter(entry);
  for (const entry of journal.lines) if (entry.entry === 'moved') tellInTime(entry);
  /** Fingerprints of the requests under way, by key. */
  const running = new Map<string, string>();

  // Entered before it is on disk, so that whatever is decided meanwhile counts it already.
  const record = (entry: Entry): Promise<void> => {
    books.enter(entry);
    return journal.append(entry);
  };

  async function submit(request: Request, key: string): Promise<Result> {
    const sent = { key, fingerprint: fingerprint(request), at: new Date(now()).toISOString() };
    const use = books.keyUse(key, sent.at);
    const taken = running.get(key) ?? use?.fingerprint;
    if (taken !== undefined && taken !== sent.fingerprint) return { result: 'key-reused' };
    if (running.has(key)) return { result: 'running' };
    if (use?.outcome) {
      await journal.settled();
      return isSecret(use.outcome) ? { result: 'silence' } : told(use.outcome, true);
    }

    const matter = caseOf(request, books);
    if (!matter) return { result: 'unknown-authorisation' };
    running.set(key, sent.fingerprint);
    try {
      return await settle(matter, sent, use?.attempts ?? 0);
    } finally {
      running.delete(key);
    }
  }

  async function settle(matter: Case, sent: Sent, attempts: number): Promise<Result> {
    const { stumbles, slow, silentAfterMoving } = matter.character;
    if (stumbles && attempts < stumbles.attempts) {
      const { kind, order } = matter.request;
      await record({ entry: 'attempt', ...sent, kind, order });
      return { result: stumbles.manner };
    }

    const outcome = outcomeOf(matter, sent);
    await record(outcome);
    if (outcome.entry === 'moved') tell(outcome);
    if (slow) await sleep(slowMs);
    const isSilent = silentAfterMoving || matter.character.secretFor !== undefined;
    if (outcome.entry === 'moved' && isSilent) return { result: 'silence' };
    return told(outcome, false);
  }

  /** Until when a movement is a secret, in milliseconds since the epoch; undefined where it never was. */
  function secretUntil({ authorisation, at }: Movement): number | undefined {
    const token = books.authorisation(authorisation)?.token ?? '';
    const { secretFor } = characterOf(token);
    return secretFor === undefined ? undefined : Date.parse(at) + secretFor * 1000;
  }

  function isSecret(outcome: Outcome): boolean {
    return outcome.entry === 'moved' && now() < (secretUntil(outcome) ?? 0);
  }

  function tell(movement: Movement): void {
    if (secretUntil(movement) !== undefined) return tellInTime(movement);
    announceNow(movement);
  }

  /** Tells of a secret when it ceases to be one; one that has ceased while no gateway ran is not told. */
  function tellInTime(movement: Movement): void {
    const until = secretUntil(movement);
    if (until === undefined || until === Infinity || until < now()) return;
    setTimeout(() => announceNow(movement), until - now()).unref();
  }

  function announceNow(movement: Movement): void {
    const opening = books.authorisation(movement.authorisation);
    const url = opening?.movement.callbackUrl;
    if (opening === undefined || url === undefined) return;
    announce?.(movement, url, characterOf(opening.token).callbacks ?? 1);
  }

  return {
    submit,
    async outcomes(name) {
      const found = books.outcomes(name);
      await journal.settled();
      return found.some(isSecret) ? undefined : found;
    },
    async ledger() {
      const movements = books.ledger();
      await journal.settled();
      return movements;
    },
  };
}

function told(outcome: Outcome, replayed: boolean): Result {
  return outcome.entry === 'moved'
    ? { result: 'moved', outcome, replayed }
    : { result: 'declined', outcome, replayed };
}
