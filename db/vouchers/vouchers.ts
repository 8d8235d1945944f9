import type { Knex } from 'knex';
import { limitOf, paged, positionIn, type Page, type Paged } from '../cursor';

export interface Voucher {
  /** As it was written when the shop came to know it. */
  readonly code: string;
  /** False when it is known only because an order had the single use of it. */
  readonly registered: boolean;
  /** Null for any number. */
  readonly uses: number | null;
  readonly perCustomer: number | null;
  readonly from: string | null;
  readonly until: string | null;
  readonly used: number;
  /** Null for any number. */
  readonly left: number | null;
  readonly updatedAt: string;
}

/** What a voucher is good for; what is left out sets no limit. */
export interface VoucherTerms {
  readonly code: string;
  readonly uses?: number | null;
  readonly perCustomer?: number | null;
  readonly from?: string | null;
  readonly until?: string | null;
}

const columns = {
  key: 'code',
  code: 'written',
  registered: 'registered',
  uses: 'uses',
  perCustomer: 'per_customer',
  from: 'valid_from',
  until: 'valid_until',
  used: 'used',
  updatedAt: 'updated_at',
};
const returned = Object.entries(columns).map(([name, column]) => `${column} as ${name}`);

type Row = Omit<Voucher, 'left'> & { readonly key: string };

function shown({ key: _, ...row }: Row): Voucher {
  const { uses, used } = row;
  return { ...row, left: uses === null ? null : Math.max(0, uses - used) };
}

/** Lets the shop know a voucher, or sets its terms anew; what was used of it stays used. */
export async function setVoucher(knex: Knex, key: string, terms: VoucherTerms): Promise<Voucher> {
  const { code, uses = null, perCustomer = null, from = null, until = null } = terms;
  const row = {
    ...{ written: code, registered: true, uses, per_customer: perCustomer },
    ...{ valid_from: from, valid_until: until },
  };
  const [stored] = await knex('vouchers')
    .insert({ code: key, ...row })
    .onConflict('code')
    .merge({ ...row, updated_at: knex.fn.now() })
    .returning<Row[]>(returned);
  return shown(stored as Row);
}

export async function getVoucher(knex: Knex, key: string): Promise<Voucher | undefined> {
  const row = await knex('vouchers').where('code', key).first<Row | undefined>(columns);
  return row && shown(row);
}

/** All vouchers, by code. */
export async function listVouchers(knex: Knex, page: Page): Promise<Paged<Voucher>> {
  const limit = limitOf(page);
  const query = knex('vouchers')
    .orderBy('vouchers.code')
    .limit(limit + 1);
  if (page.after !== undefined)
    void query.where('vouchers.code', '>', positionIn(page.after, 1)[0] ?? '');
  const rows = await query.select<Row[]>(columns);
  const { rows: some, next } = paged(rows, limit, ({ key }) => [key]);
  return { rows: some.map(shown), next };
}
