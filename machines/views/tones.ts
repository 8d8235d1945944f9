import type { PaymentStatus } from '../payment/balance';
import type { Shop, Tone } from '../table';

/** How a status of the pipeline is to be taken; a status that the table no longer has is neutral. */
export function statusTone(shop: Shop, status: string): Tone {
  return shop.orders.statuses[status]?.tone ?? 'neutral';
}

/** How the state of an order's money is to be taken. */
export function paymentTone(status: PaymentStatus): Tone {
  const tones: Readonly<Record<PaymentStatus, Tone>> = {
    unpaid: 'warning',
    authorised: 'info',
    'partly paid': 'warning',
    paid: 'success',
    'partly refunded': 'info',
    refunded: 'neutral',
    'outcome unknown': 'danger',
  };
  return tones[status];
}

/** How a summary of an order's parcels is to be taken: `3 of 5 Shipped` is not done yet. */
export function shippingTone(summary: string): Tone {
  if (['none', 'cancelled'].includes(summary)) return 'neutral';
  if (summary === 'in progress') return 'info';
  return /\d of \d/.test(summary) ? 'warning' : 'success';
}
