import { callEffect } from '../calls/calling';
import { change, tell, type Draft } from './draft';
import type { CountedUnits } from '../events';
import type { CallCause } from '../facts';
import { cancelOpenUnits } from '../fulfilment/cancelling';
import { moveHeldStock } from '../fulfilment/stock';
import { everythingCancelled } from '../fulfilment/units';
import { captureOwed, captureShipment, owedRefunds, owedVoids } from '../payment/owed';
import type { Obligation } from '../table';

/** Meets what entering a status, or an answer, obliges to; `about` goes along with calls. */
export function meet(draft: Draft, obligation: Obligation, reason: string, about: CallCause): void {
  if (typeof obligation === 'object') {
    return 'send' in obligation
      ? tell(draft, obligation.send)
      : callEffect(draft, obligation, about);
  }
  switch (obligation) {
    case 'hand-over':
      return change(draft, { owesHandOver: true });
    case 'cancel-units':
      return cancelOpenUnits(draft);
    case 'capture':
      return captureOwed(draft);
    case 'void':
      return owedVoids(draft);
    case 'refund':
      return owedRefunds(draft, reason);
    case 'release':
    case 'consume':
      return moveHeldStock(draft, obligation);
  }
}

export interface Recorded {
  readonly type: string;
  readonly units: readonly CountedUnits[];
  readonly shipment: string;
  readonly reason: string;
  /** Whether the customer is told. */
  readonly notify: boolean;
}

/**
 * Meets what a recorded shipping event obliges to: its own units are captured, its messages name it.
 * Of the last units cancelled, the status that the order then enters tells the customer.
 */
export function meetForShipment(draft: Draft, recorded: Recorded): void {
  const { type, units, shipment, reason, notify } = recorded;
  const rule = draft.shop.shippingEvents[type];
  const about = { type: 'shipping-event', id: shipment, event: type, lines: units } as const;
  const speaks =
    notify && !(rule?.means === 'cancelled' && everythingCancelled(draft.shop, draft.context));
  for (const obligation of rule?.obliges ?? []) {
    if (obligation === 'capture') captureShipment(draft, units, shipment);
    else if (typeof obligation !== 'object' || 'call' in obligation) {
      meet(draft, obligation, reason, about);
    } else if (speaks) tell(draft, obligation.send, shipment);
  }
}
