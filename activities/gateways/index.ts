import type { Knex } from 'knex';
import type { CardGateway } from './port';
import { createGatewayClient } from './sandbox';
import { createStoreCredit } from './store-credit';
import { createStripeGateway } from './stripe';

/** A gateway that has not answered by then may have moved the money: it is asked by key. */
const TIMEOUT_MS = 3000;
/** Stripe waits for the bank, which may take as long. */
const STRIPE_TIMEOUT_MS = 20_000;

export interface GatewaySettings {
  readonly knex: Knex;
  /** Where the sandbox is, and what it signs its callbacks with; without that it tells nothing. */
  readonly gatewayUrl: string;
  readonly gatewaySecret?: string;
  /** Where gateways reach the API, without a slash at its end. */
  readonly publicUrl: string;
  /** How long an answer is waited for; 3 s unless said. */
  readonly timeoutMs?: number;
  /** Stripe, where there is a key of it. */
  readonly stripe?: {
    readonly secretKey: string;
    readonly webhookSecret?: string;
    readonly url?: string;
  };
}

/** Every gateway that this house has an adapter for, by the name that tables and payments use. */
export function createGateways(settings: GatewaySettings): Readonly<Record<string, CardGateway>> {
  const { knex, gatewayUrl, gatewaySecret, publicUrl, timeoutMs = TIMEOUT_MS, stripe } = settings;
  return {
    sandbox: createGatewayClient({
      ...{ url: gatewayUrl, timeoutMs, secret: gatewaySecret },
      callbackUrl: `${publicUrl}/v1/gateways/sandbox/callbacks`,
    }),
    'store-credit': createStoreCredit(knex),
    ...(stripe && { stripe: createStripeGateway({ ...stripe, timeoutMs: STRIPE_TIMEOUT_MS }) }),
  };
}
