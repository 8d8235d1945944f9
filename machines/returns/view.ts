import { sum } from '../money';
import type { OrderContext } from '../state';
import type { Shop } from '../table';
import { awaited, arrived, granted } from './counts';
import type { ReturnLine, ReturnState } from './state';
import { planGrant } from './worth';

/** Where a return's money is. */
export type ReturnRefundStatus = 'none' | 'pending' | 'failed' | 'partly refunded' | 'refunded';

export interface ReturnView extends Omit<ReturnState, 'lines'> {
  readonly lines: readonly (ReturnLine & {
    /** Units that have not come yet. */
    readonly awaited: number;
    /** Units whose money was granted. */
    readonly granted: number;
  })[];
  readonly refund: {
    readonly status: ReturnRefundStatus;
    /** Minor units that went back for it. */
    readonly refunded: number;
    /** Minor units that refunding all of it that came would give back now. */
    readonly refundable: number;
  };
}

function statusOf({ refunds, status }: ReturnState): ReturnRefundStatus {
  if (refunds.some(({ outcome }) => outcome === 'pending')) return 'pending';
  if (refunds.at(-1)?.outcome === 'failed') return 'failed';
  if (status === 'refunded') return 'refunded';
  return refunds.some(({ outcome }) => outcome === 'done') ? 'partly refunded' : 'none';
}

/** A return as everyone outside sees it. */
export function viewReturn(shop: Shop, context: OrderContext, returned: ReturnState): ReturnView {
  const lines = returned.lines.map((line) => ({
    ...line,
    awaited: awaited(returned, line),
    granted: granted(returned, line.id),
  }));
  const came = returned.lines.some((line) => arrived(line) > granted(returned, line.id));
  const planned = came ? planGrant(shop, context, { return: returned.id }) : undefined;
  return {
    ...returned,
    lines,
    refund: {
      status: statusOf(returned),
      refunded: sum(returned.refunds.map(({ moved }) => moved)),
      refundable: planned && 'grant' in planned ? planned.grant.amount : 0,
    },
  };
}
