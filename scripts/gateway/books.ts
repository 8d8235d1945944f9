import type { Entry, Movement, Outcome } from './entries';
import { ledgerEntry, type LedgerEntry } from './views';

/** What is held on a card, as its movements left it; amounts in minor units. */
export interface Authorisation {
  readonly movement: Movement;
  readonly token: string;
  readonly expiresAt: string;
  captured: number;
  refunded: number;
  /** Captured and refunded by the reference of the capture. */
  readonly captures: Map<string, { amount: number; refunded: number }>;
  /** Nothing more can be captured: a final capture, or a void. */
  closed?: 'captured' | 'voided';
}

/** What became of a key so far. */
export interface KeyUse {
  readonly fingerprint: string;
  readonly since: string;
  attempts: number;
  outcome?: Outcome;
}

/** The state of the gateway: nothing but the fold of its journal. */
export class Books {
  private readonly movements: Movement[] = [];
  private readonly outcomesByName = new Map<string, Outcome[]>();
  private readonly authorisations = new Map<string, Authorisation>();
  private readonly authorisationsByCapture = new Map<string, Authorisation>();
  private readonly keys = new Map<string, KeyUse>();

  constructor(private readonly keysLiveMs: number) {}

  /** Adds what happened; entries come in the order of the journal. */
  enter(entry: Entry): void {
    this.enterKey(entry);
    if (entry.entry === 'attempt') return;
    this.index(entry);
    if (entry.entry === 'declined') return;
    this.movements.push(entry);
    this.enterMovement(entry);
  }

  authorisation(reference: string): Authorisation | undefined {
    return this.authorisations.get(reference);
  }

  authorisationOfCapture(reference: string): Authorisation | undefined {
    return this.authorisationsByCapture.get(reference);
  }

  /** What the key was used for; undefined when it was not, or so long ago that it is forgotten. */
  keyUse(key: string, at: string): KeyUse | undefined {
    const use = this.keys.get(key);
    if (!use || Date.parse(at) - Date.parse(use.since) >= this.keysLiveMs) return undefined;
    return use;
  }

  /** Everything decided under a key, reference, authorisation or order of that name, oldest first. */
  outcomes(name: string): readonly Outcome[] {
    return [...(this.outcomesByName.get(name) ?? [])];
  }

  /** Every movement that took place, oldest first. */
  ledger(): LedgerEntry[] {
    return this.movements.map(ledgerEntry);
  }

  private enterKey(entry: Entry): void {
    const { key, fingerprint, at } = entry;
    const use = this.keyUse(key, at) ?? { fingerprint, since: at, attempts: 0 };
    if (entry.entry === 'attempt') use.attempts += 1;
    else use.outcome = entry;
    this.keys.set(key, use);
  }

  private index(outcome: Outcome): void {
    const reference = outcome.entry === 'moved' ? outcome.reference : undefined;
    const { key, authorisation, capture, order } = outcome;
    for (const name of new Set([key, reference, authorisation, capture, order])) {
      if (name === undefined) continue;
      const known = this.outcomesByName.get(name);
      if (known) known.push(outcome);
      else this.outcomesByName.set(name, [outcome]);
    }
  }

  private enterMovement(movement: Movement): void {
    if (movement.kind === 'authorisation') return this.open(movement);
    const authorisation = this.authorisations.get(movement.authorisation);
    if (!authorisation) throw new Error(`${movement.reference} moved on no known authorisation.`);
    if (movement.kind === 'capture') this.capture(authorisation, movement);
    if (movement.kind === 'refund') this.refund(authorisation, movement);
    if (movement.kind === 'void') authorisation.closed = 'voided';
  }

  private open(movement: Movement): void {
    const { reference, token, expiresAt } = movement;
    if (token === undefined || expiresAt === undefined)
      throw new Error(`Authorisation ${reference} has no token or no end.`);
    this.authorisations.set(reference, {
      movement,
      token,
      expiresAt,
      captured: 0,
      refunded: 0,
      captures: new Map(),
    });
  }

  private capture(authorisation: Authorisation, { reference, amount, final }: Movement): void {
    authorisation.captured += amount;
    authorisation.captures.set(reference, { amount, refunded: 0 });
    if (final) authorisation.closed = 'captured';
    this.authorisationsByCapture.set(reference, authorisation);
  }

  private refund(authorisation: Authorisation, { amount, capture }: Movement): void {
    authorisation.refunded += amount;
    const refunded = capture === undefined ? undefined : authorisation.captures.get(capture);
    if (refunded) refunded.refunded += amount;
  }
}
