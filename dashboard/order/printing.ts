import { openPickingSlips } from '../bulk/picking';
import { api } from '../client/client';
import { isProblem } from '../client/problem';
import { newIntent } from '../client/intent';

/** Opens a packing slip to be printed, and writes down on the order that it was. */
export async function printPackingSlip(number: string, shipment: string): Promise<void> {
  const order = encodeURIComponent(number);
  const slip = encodeURIComponent(shipment);
  window.open(`/v1/orders/${order}/packing-slips/${slip}?format=html`, '_blank', 'noopener');
  await writeDown(number, {
    type: 'record-print',
    document: 'packing-slip',
    shippingEvent: shipment,
  });
}

/** Opens the picking slip of one order, and writes down on the order that it was. */
export async function printPickingSlip(number: string): Promise<void> {
  openPickingSlips([number]);
  await writeDown(number, { type: 'record-print', document: 'picking-slip' });
}

interface Printed {
  readonly type: 'record-print';
  readonly document: string;
  readonly shippingEvent?: string;
}

async function writeDown(number: string, body: Printed): Promise<void> {
  try {
    await api.POST('/v1/orders/{number}/commands', {
      params: { path: { number }, header: newIntent() },
      body,
    });
  } catch (error) {
    // Who may only look prints all the same.
    if (!isProblem(error, 403)) throw error;
  }
}
