import { createStripeGateway } from '../../activities/gateways/stripe';
import { fromStripe } from '../../activities/gateways/stripe-amounts';
import { deadUrl } from '../gateway/running-gateway';
import { startStripe, type Double } from '../stripe-double/double';
import { describeGateway } from './suite';

const TIMEOUT_MS = 2000;

function gatewayOf({ url, secretKey, webhookSecret }: Double, now: () => number) {
  return createStripeGateway({ url, secretKey, webhookSecret, timeoutMs: TIMEOUT_MS, now });
}

describeGateway('Stripe', {
  cards: {
    good: 'pm_good',
    many: 'pm_good',
    once: 'pm_once',
    declined: 'pm_declined',
    timesOutAfterMoving: 'pm_answer_lost',
    timesOutBeforeMoving: 'pm_request_lost',
    fallsSilent: 'pm_silent',
    renewable: 'pm_kept',
    notRenewable: 'pm_good',
    renewalDeclined: 'pm_kept_but_wants_holder',
  },

  async start() {
    let ahead = 0;
    const double = await startStripe();
    return {
      gateway: gatewayOf(double, () => Date.now() + ahead),
      double,
      goOn(ms: number) {
        ahead += ms;
        double.goOn(ms);
      },
      ledger: async () =>
        double.books.ledger.map(({ amount, currency, ...rest }) => ({
          ...{ ...rest, amount: fromStripe(amount, currency), currency: currency.toUpperCase() },
        })),
      stop: () => double.stop(),
    };
  },

  async nobody() {
    const secretKey = 'sk_test_nobody';
    return createStripeGateway({ url: await deadUrl(), secretKey, timeoutMs: TIMEOUT_MS });
  },
  later: (running, ms) => running.goOn(ms),
  told: ({ double }) => double.told,
});
