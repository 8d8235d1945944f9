import type { IncomingHttpHeaders } from 'node:http';
import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';

const SIGNING = ['webhook-id', 'webhook-timestamp', 'webhook-signature'] as const;
/** Nobody's: whoever has none is answered as late, and in the same words, as whoever has another. */
const nobodys = `whsec_${randomBytes(32).toString('base64')}`;

/** Why these bytes are not signed with any of these secrets (Standard Webhooks); undefined when they are. */
export function objectToSignature(
  secrets: readonly string[],
  raw: Buffer,
  headers: IncomingHttpHeaders,
): string | undefined {
  const given = Object.fromEntries(
    SIGNING.flatMap((name) => {
      const value = headers[name];
      return typeof value === 'string' ? [[name, value]] : [];
    }),
  );
  let why: string | undefined;
  for (const secret of secrets.length > 0 ? secrets : [nobodys]) {
    try {
      new Webhook(secret).verify(raw, given, { jsonParse: false });
      return undefined;
    } catch (error) {
      why = error instanceof Error ? error.message : String(error);
    }
  }
  return `${why}.`;
}
