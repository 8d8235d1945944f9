import type { Knex } from 'knex';
import { openOrders, tablesInUse } from '../../db/renewals/open-orders';
import type { StoredOrder } from '../../machines/history';
import { tableName } from '../../machines/renewing/words';
import { upToDate } from '../../machines/state';
import { ordersOf, step, type Orders } from '../../machines/step';
import type { Shop } from '../../machines/table';

/** Orders that cannot move to a table, by what is said of them. */
interface Stranded {
  readonly why: string;
  readonly numbers: string[];
}

const SHOWN = 10;

/** Why an order cannot be renewed to this table, without its number; undefined when it can be. */
function objection(orders: Orders, { state }: StoredOrder, shop: Shop, at: string) {
  const actor = { role: 'admin', name: 'shop:check' } as const;
  const renewal = { type: 'renew', shop, id: 'shop:check', at, actor } as const;
  const decided = step(orders, upToDate(state), renewal);
  if (decided.outcome !== 'refused') return undefined;
  const { errors = [], detail } = decided.refusal;
  return errors.map((each) => each.detail).join(' ') || detail;
}

/** What becomes of open orders when the shop's table is this one, in lines of text. */
export async function strandedBy(knex: Knex, shop: Shop, at: string): Promise<string[]> {
  const text = JSON.stringify(shop);
  const inUse = await tablesInUse(knex);
  if (inUse.length === 0) return ['No order is open.'];
  const said: string[] = [];
  for (const used of inUse) {
    const follows = `${used.open} open ${used.open === 1 ? 'order follows' : 'orders follow'} ${tableName(used.table)}`;
    if (JSON.stringify(used.table) === text) {
      said.push(`${follows}, which is this table.`);
      continue;
    }
    const orders = ordersOf(used.table);
    const stranded = new Map<string, Stranded>();
    let can = 0;
    for await (const order of openOrders(knex, used)) {
      const why = objection(orders, order, shop, at);
      if (why === undefined) can += 1;
      else {
        const known = stranded.get(why) ?? { why, numbers: [] };
        known.numbers.push(order.number);
        stranded.set(why, known);
      }
    }
    said.push(...verdict(follows, can, [...stranded.values()]));
  }
  return said;
}

function verdict(follows: string, can: number, stranded: readonly Stranded[]): string[] {
  const cannot = stranded.reduce((total, { numbers }) => total + numbers.length, 0);
  const most = [...stranded].sort((a, b) => b.numbers.length - a.numbers.length);
  const left = most.slice(SHOWN);
  return [
    `${follows} and will finish on it. Renewed to this table, ${can} can move, ${cannot} cannot${cannot > 0 ? ', because:' : '.'}`,
    ...most.slice(0, SHOWN).map(({ why, numbers }) => {
      const more = numbers.length > 3 ? ', …' : '';
      return `  ${numbers.length}: ${why} (${numbers.slice(0, 3).join(', ')}${more})`;
    }),
    ...(left.length > 0 ? [`  and ${left.length} more reasons.`] : []),
  ];
}
