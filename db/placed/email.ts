import type { Knex } from 'knex';

/** The e-mail that a placed order has; undefined without such an order and where it has none. */
export async function emailOf(knex: Knex, number: string): Promise<string | undefined> {
  const row = await knex('orders')
    .where({ number, visible: true })
    .first<{ customer_email: string | null } | undefined>('customer_email');
  return row?.customer_email ?? undefined;
}
