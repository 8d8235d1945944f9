import { commit } from '../../db/commit';
import type { Command } from '../../machines/events';
import { summaryOf } from '../../machines/history';
import { ordersOf, step } from '../../machines/step';
import type { RunningOrders } from './orders';

/** What a turn leaves whose worker and Temporal die between its commit and its end. */
export async function loseTurn(
  orders: RunningOrders,
  number: string,
  command: Command,
): Promise<void> {
  const stored = await orders.stored(number);
  if (!stored) throw new Error('The order is not there.');
  const { shop, state, seq, version } = stored;
  const at = new Date().toISOString();
  const event = { ...command, id: 'lost', at, actor: { role: 'clerk', name: 'Carol' } } as const;
  const decided = step(ordersOf(shop), state, event);
  if (decided.outcome !== 'accepted') throw new Error('The command was to be accepted.');
  await commit(orders.database.knex, {
    ...{ number, after: seq, version: version + 1, state: decided.state },
    events: [{ event, outcome: 'accepted', facts: decided.facts }],
    summary: summaryOf(shop, decided.state),
  });
}
