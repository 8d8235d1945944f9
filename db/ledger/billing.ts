import type { Commit } from '../../machines/history';
import { storedTime } from '../commits/rows';

/** What an order costs, and what of it was given back though it is owed; on no payment. */
export interface Billing {
  readonly event_seq: number;
  readonly event: string;
  readonly currency: string | undefined;
  readonly at: string;
  readonly owed: number;
  readonly allowed: number;
}

/** Facts by which an order may cost again what it once did. */
const anew: readonly string[] = ['table-renewed', 'reconciled'];

/**
 * True while an order owes its whole price and nothing came back, went back or came in beyond it: then its ledger has
 * its first bill and needs no more, whatever else happens.
 */
function isPlain({ events, summary, state }: Commit): boolean {
  const { owed, captured, refunded } = summary.balance;
  if (events.some(({ facts }) => facts.some(({ type }) => anew.includes(type)))) return false;
  const { placement, returns } = state.context;
  if (returns.length > 0) return false;
  return owed === placement?.total.inclTax && refunded === 0 && captured <= owed;
}

/** What the order's ledger is to say of its bill once the commit is written; undefined where it says so already. */
export function billingOf(commit: Commit): Billing | undefined {
  const { events, after, summary, state } = commit;
  if (isPlain(commit)) return undefined;
  const { owed, captured, refunded, balance } = summary.balance;
  const last = events.at(-1)?.event;
  return {
    event_seq: after + events.length,
    event: last?.type ?? '',
    currency: state.context.placement?.currency,
    at: storedTime(last?.at ?? state.context.statusSince),
    owed,
    // What went back, or is captured, beyond what the balance says was to be paid back.
    allowed: owed - captured + refunded - balance,
  };
}

/** The bill of an order that is written for the first time: its whole price, whatever was cancelled since. */
export function firstBill(commit: Commit): { readonly row: object; readonly amount: number } {
  const { total, currency } = commit.state.context.placement ?? {};
  const { type: event = 'place', at = '' } = commit.events[0]?.event ?? {};
  const amount = Math.max(total?.inclTax ?? 0, commit.summary.balance.owed);
  const row = { event_seq: 1, event, kind: 'bill', amount, currency, at: storedTime(at) };
  return { row, amount };
}
