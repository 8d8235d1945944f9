import type { Knex } from 'knex';
import type { MovementKind } from '../../machines/table';

/** A movement of store credit for an order, as the ledger has it. */
export interface CreditMovement {
  readonly kind: MovementKind;
  readonly key: string;
  readonly reference: string;
  readonly authorisation: string;
  readonly amount: number;
  readonly currency: string;
  readonly at: string;
}

/** What moved for an order, oldest first; not what a final capture let go besides. */
export async function creditMovements(knex: Knex, order: string): Promise<CreditMovement[]> {
  return knex('credit_ledger as l')
    .join('credit_accounts as a', 'a.code', 'l.account')
    .where('l.order_number', order)
    .whereNot('l.kind', 'rest')
    .orderBy('l.id')
    .select<CreditMovement[]>(
      ...['l.kind', 'l.key', 'l.reference', 'l.authorisation', 'l.amount', 'a.currency', 'l.at'],
    );
}
