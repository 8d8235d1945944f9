import type { CardGateway } from './port';
import { createGatewayClient } from './sandbox';
import { createStripeGateway } from './stripe';

/** A gateway that has not answered by then may have moved the money: it is asked by key. */
const TIMEOUT_MS = { sandbox: 3_000, stripe: 20_000 };

/** What of the settings is about gateways. */
export interface GatewaySettings {
  readonly gatewayUrl: string;
  readonly gatewaySecret: string | undefined;
  /** Where customers, and so gateways, reach the API. */
  readonly publicUrl: string;
  readonly stripe:
    | {
        readonly secretKey: string;
        readonly webhookSecret: string | undefined;
        readonly url: string | undefined;
      }
    | undefined;
}

export type Gateways = Readonly<Record<string, CardGateway>>;

/** The gateways of this installation, by the name that payments use. */
export function createGateways(settings: GatewaySettings): Gateways {
  const { gatewayUrl: url, gatewaySecret: secret, publicUrl, stripe } = settings;
  const callbackUrl = `${publicUrl}/v1/gateways/sandbox/callbacks`;
  return {
    sandbox: createGatewayClient({ url, timeoutMs: TIMEOUT_MS.sandbox, callbackUrl, secret }),
    ...(stripe && { stripe: createStripeGateway({ ...stripe, timeoutMs: TIMEOUT_MS.stripe }) }),
  };
}
