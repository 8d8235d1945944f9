import type { Commit } from '../../machines/history';
import type { Shop } from '../../machines/table';
import { factsOf, storedTime } from '../commits/rows';

interface LedgerRow {
  readonly event_seq: number;
  readonly event: string;
  readonly kind: 'authorise' | 'capture' | 'refund' | 'void';
  readonly payment: string;
  readonly gateway: string;
  readonly amount: number;
  readonly currency: string | undefined;
  readonly at: string;
}

/** Money that moved, and authorisations that were there when the order was placed. */
export function ledgerRows(commit: Commit): LedgerRow[] {
  const currency = commit.state.context.placement?.currency;
  const moved = factsOf(commit, 'payment-event').map(({ fact, event, seq }) => {
    const { payment, gateway, kind, amount, key, reference, lines, charges, reason } = fact;
    const shared = { event_seq: seq, event: fact.event, currency, at: storedTime(event.at) };
    const about = { payment, gateway, kind, amount, key, reference, lines, charges, reason };
    return { ...shared, ...about };
  });
  return [...authorisedElsewhere(commit), ...moved];
}

/** Authorisations that the storefront brought along: no gateway of ours was asked for them. */
function authorisedElsewhere(commit: Commit): LedgerRow[] {
  const { placement, payments } = commit.state.context;
  const [first] = commit.events;
  if (commit.after !== 0 || !placement || !first) return [];
  return placement.payments.flatMap(({ gateway, reference, authorised = 0 }, index) => {
    const payment = payments[index]?.id;
    if (authorised === 0 || payment === undefined) return [];
    return {
      event_seq: 1,
      event: wordForAuthorising(commit.shop),
      kind: 'authorise' as const,
      payment,
      gateway,
      amount: authorised,
      currency: placement.currency,
      reference,
      at: storedTime(first.event.at),
    };
  });
}

/** The shop's own word for an authorisation. */
function wordForAuthorising(shop: Shop | undefined): string {
  const types = Object.entries(shop?.paymentEvents ?? {});
  return types.find(([, { means }]) => means === 'authorise')?.[0] ?? 'authorise';
}

/**
 * Rows of authorisations that came with money from outside, one for each payment; how much each is, the
 * database works out of what the payment has authorised and what the ledger has of it so far.
 */
export function broughtAlong(commit: Commit, rows: readonly LedgerRow[]): object[] {
  const recorded = factsOf(commit, 'payment-event').filter(
    ({ fact }) => fact.kind === 'capture' && fact.key === undefined,
  );
  const last = new Map(recorded.map((found) => [found.fact.payment, found]));
  return [...last.values()].map(({ fact, event, seq }) => {
    const { payments, placement } = commit.state.context;
    const { authorised = 0 } = payments.find(({ id }) => id === fact.payment) ?? {};
    const inThisCommit = rows
      .filter(({ kind, payment }) => kind === 'authorise' && payment === fact.payment)
      .reduce((total, { amount }) => total + amount, 0);
    return {
      event_seq: seq,
      event: fact.event,
      payment: fact.payment,
      gateway: fact.gateway,
      at: storedTime(event.at),
      currency: placement?.currency,
      wanted: authorised - inThisCommit,
    };
  });
}
