import { alert, change, type Draft } from '../deciding/draft';
import type { OrderContext } from '../state';
import { milliseconds, type Shop } from '../table';
import { writtenDuration } from '../time';

/**
 * When an order has been in its status beyond its usual time; said once for each stay. An order on hold
 * waits for people who know.
 */
export function stuckAt(shop: Shop, status: string, context: OrderContext): string | undefined {
  const usually = shop.orders.statuses[status]?.usually;
  if (!usually || context.hold || context.stuckSince === context.statusSince) return undefined;
  return new Date(Date.parse(context.statusSince) + milliseconds(usually)).toISOString();
}

export function alertStuck(draft: Draft, status: string): void {
  const { statusSince } = draft.context;
  const usually = draft.shop.orders.statuses[status]?.usually ?? {};
  change(draft, { stuckSince: statusSince });
  const text = `The order has been ${status} since ${statusSince}; usually that takes at most ${writtenDuration(usually)}.`;
  alert(draft, 'stuck', text);
}
