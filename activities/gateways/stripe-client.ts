import Stripe from 'stripe';

/** The version of Stripe's API that this adapter was written for. */
const API_VERSION = '2026-10-28.endive';

export interface StripeOptions {
  readonly secretKey: string;
  /** Signs what Stripe tells of its own accord; without it nothing is read. */
  readonly webhookSecret?: string;
  /** Another address than Stripe's own. */
  readonly url?: string;
  /** How long an answer is waited for. */
  readonly timeoutMs: number;
  /** How long a request may be on its way: what Stripe has no trace of is absent after that; 60 s unless said. */
  readonly certainAfterMs?: number;
  readonly now?: () => number;
}

/** A client of Stripe's own library that does nothing of its own accord. */
export function connectStripe({ secretKey, url, timeoutMs }: StripeOptions): Stripe {
  const { protocol, hostname, port } = new URL(url ?? 'https://api.stripe.com');
  return new Stripe(secretKey, {
    apiVersion: API_VERSION,
    // Whether a movement is sent again is decided by whoever asked for it.
    maxNetworkRetries: 0,
    timeout: timeoutMs,
    telemetry: false,
    // Node's own client sends again by itself when a connection is closed, and what its second
    // attempt meets would be taken for the fate of the first.
    httpClient: Stripe.createFetchHttpClient(),
    protocol: protocol === 'http:' ? 'http' : 'https',
    host: hostname,
    port: port === '' ? (protocol === 'http:' ? 80 : 443) : Number(port),
  });
}
