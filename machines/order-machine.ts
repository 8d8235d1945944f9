import { holdRegion } from './regions/hold';
import { kitOf } from './regions/kit';
import { paymentRegion } from './regions/payment';
import { statusRegion } from './regions/status';
import { emptyContext } from './state';
import type { Shop } from './table';

/**
 * Compiles a shop's table to the machine of its orders: three regions side by side, the status
 * pipeline, the money in flight, and the hold. Pure: events go in, `facts` and `effect` actions come out.
 */
export function createOrderMachine(shop: Shop) {
  const kit = kitOf(shop);
  return kit.build.createMachine({
    id: 'order',
    type: 'parallel',
    context: emptyContext,
    states: { status: statusRegion(kit), payment: paymentRegion(kit), hold: holdRegion(kit) },
  });
}

export type OrderMachine = ReturnType<typeof createOrderMachine>;
