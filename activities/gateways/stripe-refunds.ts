import type Stripe from 'stripe';
import type { Declined, Moved } from './port';
import { fromStripe } from './stripe-amounts';

/** What became of a refund; one that the bank has not booked yet is on its way for good, unless it fails. */
export function refundOutcome(refund: Stripe.Refund): Moved | Declined {
  const { id, status, amount, currency, failure_reason: why } = refund;
  if (status === 'failed' || status === 'canceled') {
    const message = `The bank did not take the refund: ${why ?? status}.`;
    return { outcome: 'declined', code: why ?? status, message };
  }
  return { outcome: 'moved', reference: id, amount: fromStripe(amount, currency) };
}

/** Every refund of an intent, newest first. */
export async function refundsOf(stripe: Stripe, intent: string): Promise<readonly Stripe.Refund[]> {
  const refunds: Stripe.Refund[] = [];
  for await (const refund of stripe.refunds.list({ payment_intent: intent, limit: 100 })) {
    refunds.push(refund);
  }
  return refunds;
}
