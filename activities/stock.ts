import type { CountedUnits } from '../machines/events';
import type { Deliverer, Ended, OutboxRow } from './delivery';

/** Tells an order that goods came in for units of its that waited; the stock is theirs already. */
function told({ payload }: OutboxRow): Promise<Ended> {
  const { queuedBy, lines } = payload as { queuedBy: string; lines: readonly CountedUnits[] };
  const says = lines.map(({ id, quantity }) => `${quantity} of line ${id}`).join(', ');
  const report = { type: 'stock.allocated', queuedBy, lines } as const;
  return Promise.resolve({ outcome: 'done', says, report });
}

/** The topic `stock`: it leaves for nowhere but the order itself. */
export const stockDeliverer: Deliverer = { deliver: told, giveUp: told };
