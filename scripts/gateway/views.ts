import type { Kind, Movement, Outcome } from './entries';
import { characterOf } from './tokens';

const STATUS = {
  authorisation: 'authorised',
  capture: 'captured',
  refund: 'refunded',
  void: 'voided',
} as const satisfies Record<Kind, string>;

/** A movement as the ledger lists it. */
export type LedgerEntry = Pick<
  Movement,
  'kind' | 'order' | 'amount' | 'currency' | 'reference' | 'key' | 'at'
>;

/** The ledger's view of a movement: what moved, nothing about how it was asked for. */
export function ledgerEntry(movement: Movement): LedgerEntry {
  const { kind, order, amount, currency, reference, key, at } = movement;
  return { kind, order, amount, currency, reference, key, at };
}

/** What a caller is shown of a request that was decided, without its card; the same at any later time. */
export function charge(outcome: Outcome) {
  const { entry, kind, order, amount, currency, fingerprint, token, ...rest } = outcome;
  const status = entry === 'declined' ? entry : STATUS[kind];
  return { kind, status, order, amount, currency, ...rest, ...abilities(outcome) };
}

/** What is told of a movement at its callback URL. */
export function news(movement: Movement) {
  const { kind, key, order, reference, authorisation, amount, currency, at, expiresAt } = movement;
  const what = { kind, outcome: movement.entry, key, order, reference, authorisation };
  return { ...what, amount, currency, at, expiresAt, ...abilities(movement) };
}

/** What may be done with an authorisation; of its card and not written down with it. */
function abilities({ entry, kind, token }: Outcome) {
  const isHeld = entry === 'moved' && kind === 'authorisation' && token !== undefined;
  return isHeld ? { can: characterOf(token).can } : {};
}
