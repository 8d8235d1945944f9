import type { Knex } from 'knex';
import type { Commit } from '../../machines/history';
import type { Refusal } from '../../machines/refusals';
import { jsonText } from '../commits/json';
import { factsOf, storedTime } from '../commits/rows';
import { voucherRefusal } from './refusal';

/** What one commit does to one voucher. */
export interface VoucherMove {
  readonly move: 'use' | 'give-back';
  readonly code: string;
  readonly written: string;
  readonly single: boolean;
  readonly at: string;
}

/** A voucher as the commit found it, locked. */
export interface FoundVoucher {
  readonly code: string;
  readonly written: string;
  readonly uses: number | null;
  readonly per_customer: number | null;
  readonly valid_from: string | null;
  readonly valid_until: string | null;
  readonly used: number;
  readonly used_by_customer: number;
}

/** Vouchers that the commit uses and gives back, in the order in which every commit takes them. */
export function voucherMovesOf(commit: Commit): VoucherMove[] {
  const moves = factsOf(commit, 'voucher').flatMap(({ fact, event }) =>
    fact.vouchers.map(({ key, code, singleUse = false }): VoucherMove => {
      const { move } = fact;
      return { move, code: key, written: code, single: singleUse, at: storedTime(event.at) };
    }),
  );
  return moves.sort((a, b) => Number(a.code > b.code) - Number(a.code < b.code));
}

/** Who placed the order, as far as vouchers tell customers apart: by e-mail, whatever its case. */
function customerOf({ state }: Commit): string | null {
  const email = state.context.placement?.customer.email?.trim().toLowerCase();
  return email === undefined || email === '' ? null : email;
}

const wanted =
  'jsonb_to_recordset(?::jsonb) as w(code text, written text, single boolean, at timestamptz)';

/**
 * Uses vouchers and gives them back, inside the transaction of the commit; a refusal means that it is to be
 * rolled back.
 */
export async function moveVouchers(
  trx: Knex,
  commit: Commit,
  moves: readonly VoucherMove[],
): Promise<Refusal | undefined> {
  const returned = moves.filter(({ move }) => move === 'give-back').map(({ code }) => code);
  const used = moves.filter(({ move }) => move === 'use');
  if (returned.length > 0) await giveBack(trx, commit, returned);
  return used.length > 0 ? use(trx, commit, used) : undefined;
}

async function use(
  trx: Knex,
  commit: Commit,
  moves: readonly VoucherMove[],
): Promise<Refusal | undefined> {
  const rows = jsonText(moves);
  const customer = customerOf(commit);
  // A code that the shop does not know comes to be known when somebody says that it is good for one order.
  if (moves.some(({ single }) => single)) {
    await trx.raw(
      `insert into vouchers (code, written, registered, uses)
       select code, written, false, 1 from ${wanted} where single order by code
       on conflict (code) do nothing`,
      [rows],
    );
  }
  // Whoever uses one of them waits here, and counts what all before have used.
  await lock(
    trx,
    moves.map(({ code }) => code),
  );
  const { rows: taken } = await trx.raw<{ rows: { code: string }[] }>(
    `with used as (
       update vouchers as v set used = v.used + 1, updated_at = now()
       from ${wanted}
       where v.code = w.code
         and coalesce(v.used < least(v.uses, case when w.single then 1 end), true)
         and coalesce(v.valid_from <= w.at, true) and coalesce(w.at < v.valid_until, true)
         and (v.per_customer is null or v.per_customer > (
           select case when ?::text is null then v.per_customer else count(*) end
           from voucher_uses as u
           where u.code = v.code and u.customer = ? and u.given_back_at is null
         ))
       returning v.code, w.at
     )
     insert into voucher_uses (code, order_number, customer, at)
     select code, ?, ?, at from used returning code`,
    [rows, customer, customer, commit.number, customer],
  );
  const found = await foundFor(trx, moves, customer);
  const known = new Set(found.map(({ code }) => code));
  const gone = moves.filter(
    ({ code }) => known.has(code) && !taken.some((row) => row.code === code),
  );
  return gone.length === 0 ? undefined : voucherRefusal(commit, gone, found);
}

async function giveBack(trx: Knex, { number, events }: Commit, codes: string[]): Promise<void> {
  await lock(trx, codes);
  const at = storedTime(events.at(-1)?.event.at ?? new Date().toISOString());
  await trx.raw(
    `with returned as (
       update voucher_uses set given_back_at = ?
       where order_number = ? and code = any(?::text[]) and given_back_at is null
       returning code
     )
     update vouchers as v set used = v.used - 1, updated_at = now()
     from returned where v.code = returned.code`,
    [at, number, codes],
  );
}

async function lock(trx: Knex, codes: string[]): Promise<void> {
  await trx('vouchers').whereIn('code', codes).orderBy('code').forUpdate().select('code');
}

async function foundFor(
  trx: Knex,
  moves: readonly VoucherMove[],
  customer: string | null,
): Promise<FoundVoucher[]> {
  const { rows } = await trx.raw<{ rows: FoundVoucher[] }>(
    `select v.*, (
       select count(*) from voucher_uses as u
       where u.code = v.code and u.customer = ? and u.given_back_at is null
     ) as used_by_customer
     from vouchers as v where v.code = any(?::text[])`,
    [customer, moves.map(({ code }) => code)],
  );
  return rows;
}
