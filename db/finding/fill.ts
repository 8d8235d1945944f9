import type { Knex } from 'knex';
import { jsonText } from '../commits/json';
import { searchRow, writeSearchRows } from './search-row';
import type { Searched } from './words';

const AT_A_TIME = 1000;

interface Row {
  readonly number: string;
  readonly placement: Searched;
  readonly identifiers: readonly string[] | null;
}

/** Writes anew what orders are found by, of all orders; in one transaction with its caller. */
export async function fillSearch(knex: Knex): Promise<void> {
  for (let after = ''; ;) {
    const { rows } = await knex.raw<{ rows: Row[] }>(
      `select number, state -> 'context' -> 'placement' as placement, (
          select array_agg(identifier) from (
            select reference from payment_ledger where order_number = number
            union select reference from shipping_events where order_number = number
            union select tracking_number from shipping_events where order_number = number
          ) as found(identifier) where identifier is not null
        ) as identifiers
      from orders where number > ? order by number limit ?`,
      [after, AT_A_TIME],
    );
    const found = rows.map(({ number, placement, identifiers }) => ({
      number,
      ...searchRow(placement, identifiers ?? []),
    }));
    if (found.length > 0) await knex.raw(writeSearchRows, [jsonText(found)]);
    const last = rows.at(-1);
    if (!last || rows.length < AT_A_TIME) return;
    after = last.number;
  }
}
