import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';

/** Signs and verifies as Standard Webhooks has it, with the secrets that hold now. */
export interface Signing {
  /** Whether the raw body, or what is asked for without one, was signed within the last five minutes with a secret that holds. */
  isSigned(raw: Buffer, headers: Readonly<Record<string, string | undefined>>): boolean;
  /** The headers of one attempt at sending; the time is that of the attempt, because an old one is refused. */
  headersFor(id: string, body: string): Record<string, string>;
}

/** `secrets` has the newest first; while one is replaced, the one before it holds as well. */
export function createSigning(secrets: readonly [string, ...string[]]): Signing {
  const webhooks = secrets.map((secret) => new Webhook(secret));
  return {
    isSigned: (raw, headers) =>
      webhooks.some((webhook) => {
        try {
          webhook.verify(raw, withoutGaps(headers));
          return true;
        } catch (error) {
          // It also parses what it has verified, and what was asked of the feed is no JSON.
          return error instanceof SyntaxError;
        }
      }),
    headersFor(id, body) {
      const now = new Date();
      return {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
        'webhook-signature': new Webhook(secrets[0]).sign(id, now, body),
      };
    },
  };
}

/** A secret that nobody knows, in the form of a real one. */
export function strangeSecret(): string {
  return `whsec_${randomBytes(24).toString('base64')}`;
}

function withoutGaps(headers: Readonly<Record<string, string | undefined>>) {
  return Object.fromEntries(
    Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
