import type { Commit } from '../../machines/history';
import { jsonText } from '../commits/json';
import { insertPart, names, typed, type Part } from '../commits/statement';
import { billingOf, firstBill, type Billing } from './billing';
import { broughtAlong, ledgerRows } from './rows';

const movement = {
  event_seq: 'integer',
  event: 'text',
  kind: 'text',
  payment: 'text',
  gateway: 'text',
  amount: 'bigint',
  currency: 'text',
  key: 'text',
  reference: 'text',
  at: 'timestamptz',
  lines: 'jsonb',
  charges: 'jsonb',
  reason: 'text',
};
const brought = {
  event_seq: 'integer',
  event: 'text',
  payment: 'text',
  gateway: 'text',
  currency: 'text',
  at: 'timestamptz',
};
const billed = { event_seq: 'integer', event: 'text', currency: 'text', at: 'timestamptz' };

/** The rows of an order's ledger that a commit adds: money that moved, and what the order costs now. */
export function moneyParts(commit: Commit, of: string): Part[] {
  const moved = ledgerRows(commit);
  const along = broughtAlong(commit, moved);
  const billing = billingOf(commit);
  const isFirst = commit.after === 0;
  const bill = isFirst ? firstBill(commit) : undefined;
  return [
    ...insertPart('payment_ledger', movement, [...bills(bill), ...moved], of),
    ...(along.length > 0 ? [alongPart(along, of)] : []),
    ...(billing ? [billingPart(billing, bill?.amount ?? 0, of)] : []),
  ];
}

function bills(bill: ReturnType<typeof firstBill> | undefined): object[] {
  return bill && bill.amount > 0 ? [bill.row] : [];
}

function alongPart(along: readonly object[], of: string): Part {
  const sql = `insert into payment_ledger (order_number, kind, amount, ${names(brought)})
    select * from (
      select ${of}.number, 'authorise', r.wanted - coalesce((
        select sum(amount)::bigint from payment_ledger
        where order_number = ${of}.number and payment = r.payment and kind = 'authorise'
      ), 0) as missing, ${names(brought)}
      from ${of}, jsonb_to_recordset(?::jsonb) as r(wanted bigint, ${typed(brought)})
    ) as owing where missing > 0`;
  return { name: 'authorisation_rows', sql, bindings: [jsonText(along)] };
}

/** What is missing of a bill, or was billed too much, by what the ledger has and what this commit bills. */
function billingPart(billing: Billing, billedNow: number, of: string): Part {
  const sql = `insert into payment_ledger (order_number, kind, amount, ${names(billed)})
    select ${of}.number, d.kind, d.amount, ${names(billed)}
    from ${of}, jsonb_to_record(?::jsonb) as r(owed bigint, allowed bigint, ${typed(billed)}),
      lateral (
        select
          r.owed - ?::bigint - coalesce(sum(case l.kind
            when 'bill' then l.amount when 'unbill' then - l.amount end), 0)::bigint as owing,
          r.allowed - coalesce(sum(case l.kind
            when 'allow' then l.amount when 'disallow' then - l.amount end), 0)::bigint as allowing
        from payment_ledger as l where l.order_number = ${of}.number
      ) as due,
      lateral (values
        (case when owing > 0 then 'bill' else 'unbill' end, abs(owing)),
        (case when allowing > 0 then 'allow' else 'disallow' end, abs(allowing))
      ) as d (kind, amount)
    where d.amount > 0`;
  return { name: 'billing_rows', sql, bindings: [jsonText(billing), billedNow] };
}
