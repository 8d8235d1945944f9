import type { Obligation } from '../table';
import { returnType } from '../returns/requesting';
import type { Question } from './question';

export const movesMoney = (obligation: Obligation) =>
  obligation === 'capture' || obligation === 'void' || obligation === 'refund';

/** What an event would oblige the shop to, as far as it can be told before. */
export function obligationsOf({ shop, event }: Question): readonly Obligation[] {
  if (event.type === 'set-status') return shop.orders.statuses[event.status]?.enter ?? [];
  if (event.type === 'record-shipping-event') {
    const { means, obliges = [] } = shop.shippingEvents[event.event] ?? {};
    // Cancelled units change what is owed, whatever the table obliges to.
    return means === 'cancelled' ? ['refund'] : obliges;
  }
  if (event.type === 'decline-hand-over') {
    return shop.partners?.whenDeclined === 'cancel' ? ['refund'] : [];
  }
  if (event.type === 'receive-return') {
    return shop.shippingEvents[returnType(shop) ?? '']?.obliges ?? [];
  }
  return ['void'];
}
