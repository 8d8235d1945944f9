import type { Knex } from 'knex';
import type { Actor } from '../../machines/events';
import { getAccount, type CreditAccount } from './accounts';
import { moveCredit } from './moving';

export interface Grant {
  /** Minor units of the account's currency. */
  readonly amount: number;
  readonly reason: string;
}

/** `other`: this actor granted something else under the id. */
export type Granted =
  | { readonly outcome: 'granted'; readonly account: CreditAccount }
  | { readonly outcome: 'unknown' }
  | { readonly outcome: 'other' };

/** Puts credit into an account, once for each id of an actor. */
export async function grantCredit(
  knex: Knex,
  code: string,
  { amount, reason }: Grant,
  { id, actor: { role, name } }: { readonly id: string; readonly actor: Actor },
): Promise<Granted> {
  if (!(await getAccount(knex, code))) return { outcome: 'unknown' };
  const key = JSON.stringify(['grant', role, name, id]);
  const asked = JSON.stringify(['grant', { code, amount, reason }]);
  const request = {
    key,
    asked,
    kind: 'grant',
    on: { account: code },
    reason,
    actor: name,
  } as const;
  const { outcome } = await moveCredit(knex, request, () => ({ moves: amount }));
  const account = await getAccount(knex, code);
  return outcome === 'other' || !account ? { outcome: 'other' } : { outcome: 'granted', account };
}
