import type { Knex } from 'knex';
import { limitOf, paged, positionIn, type Page, type Paged } from '../cursor';

/** An account of store credit with its figures, which are sums of its ledger. */
export interface CreditAccount {
  readonly code: string;
  readonly currency: string;
  readonly holder: string;
  /** Minor units, as the next ones: all that was ever put in; it is available, held or spent. */
  readonly granted: number;
  readonly available: number;
  readonly held: number;
  readonly spent: number;
  readonly createdAt: string;
}

export interface CreditEntry {
  readonly id: number;
  readonly kind: 'grant' | 'authorise' | 'capture' | 'refund' | 'void' | 'rest';
  readonly from: 'shop' | 'available' | 'held' | 'spent';
  readonly to: 'available' | 'held' | 'spent';
  readonly amount: number;
  readonly reference: string;
  readonly order: string | null;
  readonly payment: string | null;
  readonly reason: string | null;
  readonly actor: string | null;
  readonly at: string;
}

/** Opens an account, or renames its holder; undefined when it is there in another currency. */
export async function openAccount(
  knex: Knex,
  { code, currency, holder }: Pick<CreditAccount, 'code' | 'currency' | 'holder'>,
): Promise<CreditAccount | undefined> {
  await knex('credit_accounts')
    .insert({ code, currency, holder })
    .onConflict('code')
    .merge({ holder })
    .where('credit_accounts.currency', currency);
  const account = await getAccount(knex, code);
  return account?.currency === currency ? account : undefined;
}

export async function getAccount(knex: Knex, code: string): Promise<CreditAccount | undefined> {
  const { rows } = await knex.raw<{ rows: CreditAccount[] }>(
    `select code, currency, holder, granted, available, held, spent, created_at as "createdAt"
     from credit_accounts cross join credit_balance(code) where code = ?`,
    [code],
  );
  return rows[0];
}

/** One page of an account's ledger, newest first. */
export async function creditLedger(
  knex: Knex,
  account: string,
  page: Page = {},
): Promise<Paged<CreditEntry>> {
  const limit = limitOf(page);
  const query = knex('credit_ledger')
    .where({ account })
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .select<CreditEntry[]>({
      ...{ id: 'id', kind: 'kind', from: 'taken_from', to: 'given_to', amount: 'amount' },
      ...{ reference: 'reference', order: 'order_number', payment: 'payment' },
      ...{ reason: 'reason', actor: 'actor', at: 'at' },
    });
  if (page.after !== undefined) query.where('id', '<', idIn(page.after));
  return paged((await query) as CreditEntry[], limit, ({ id }) => [String(id)]);
}

function idIn(cursor: string): number {
  const id = Number(positionIn(cursor, 1)[0]);
  return Number.isSafeInteger(id) ? id : 0;
}
