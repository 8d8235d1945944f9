import type { Knex } from 'knex';
import type { CountedUnits } from '../../machines/events';

/** A row of an order's ledger: an amount that left one account and came to another. */
export interface LedgerEntry {
  /** Place in the order's history of the event that booked it. */
  readonly seq: number;
  /** The shop's own word for what moved; of a bill, what led to it. */
  readonly event: string;
  readonly kind: string;
  readonly payment: string | null;
  readonly gateway: string | null;
  readonly debit: string;
  readonly credit: string;
  /** Minor units. */
  readonly amount: number;
  readonly at: string;
  readonly key: string | null;
  readonly reference: string | null;
  readonly lines: readonly CountedUnits[] | null;
  readonly charges: readonly string[] | null;
  readonly reason: string | null;
  readonly actor: { readonly role: string; readonly name: string } | null;
}

/** An order's money in minor units, worked out from its ledger alone. */
export interface LedgerFigures {
  readonly owed: number;
  readonly authorised: number;
  readonly captured: number;
  readonly refunded: number;
  readonly voided: number;
  /** Authorised and neither captured nor voided. */
  readonly held: number;
  readonly balance: number;
}

export interface Ledger {
  /** Oldest first. */
  readonly entries: readonly LedgerEntry[];
  /** What is in each account; together nothing. */
  readonly accounts: readonly { readonly account: string; readonly balance: number }[];
  readonly figures: LedgerFigures;
}

/** Every account of an order, those of money first. */
const accounts = ['payer', 'held', 'taken', 'owed', 'allowances', 'sales'] as const;

/** In the order in which one event moves money: a capture follows its authorisation. */
const kinds = [
  ...['bill', 'authorise', 'capture', 'void', 'refund', 'unbill', 'allow', 'disallow'],
];

/** An order's ledger; empty for an order that is not there. */
export async function ledgerOf(knex: Knex, number: string): Promise<Ledger> {
  const { rows } = await knex.raw<{ rows: LedgerEntry[] }>(
    `select l.event_seq as seq, l.event, l.kind, l.payment, l.gateway, l.debit, l.credit, l.amount,
       l.at, l.key, l.reference, l.lines, l.charges, l.reason,
       case when e.seq is null then null
         else jsonb_build_object('role', e.actor_role, 'name', e.actor_name) end as actor
     from payment_ledger as l
     left join events as e on e.order_number = l.order_number and e.seq = l.event_seq
     where l.order_number = ?
     order by l.event_seq, array_position(?::text[], l.kind), l.id`,
    [number, kinds],
  );
  return {
    entries: rows,
    accounts: accounts.map(inAccount(rows)),
    figures: await figuresOf(knex, number),
  };
}

function inAccount(entries: readonly LedgerEntry[]) {
  return (account: string) => ({
    account,
    balance: entries.reduce((sum, { debit, credit, amount }) => {
      return sum + (debit === account ? amount : 0) - (credit === account ? amount : 0);
    }, 0),
  });
}

/** The one place where an order's figures are read from its ledger. */
async function figuresOf(knex: Knex, number: string): Promise<LedgerFigures> {
  const { rows } = await knex.raw<{ rows: [LedgerFigures] }>('select * from order_figures(?)', [
    number,
  ]);
  return rows[0];
}
