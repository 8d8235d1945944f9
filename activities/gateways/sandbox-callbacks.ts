import { Webhook } from 'standardwebhooks';
import { z } from 'zod';
import type { CallbackHeaders, CallbackOutcome, CardGateway, GatewayNews } from './port';

/** Our words for the gateway's kinds of movements. */
export const movedKinds = {
  authorisation: 'authorise',
  capture: 'capture',
  refund: 'refund',
  void: 'void',
} as const;

export const can = z.object({
  captures: z.enum(['many', 'once', 'whole']),
  renewable: z.boolean(),
});

const telling = z
  .object({
    id: z.string(),
    kind: z.enum(['authorisation', 'capture', 'refund', 'void']),
    outcome: z.literal('moved'),
    key: z.string(),
    order: z.string(),
    reference: z.string(),
    authorisation: z.string(),
    amount: z.int(),
    currency: z.string(),
    at: z.string(),
    expiresAt: z.string().optional(),
    can: can.optional(),
  })
  .transform(({ kind, ...rest }): GatewayNews => ({ ...rest, kind: movedKinds[kind] }));

const SIGNING = ['webhook-id', 'webhook-timestamp', 'webhook-signature'] as const;

/** Reads callbacks that are signed with the secret as Standard Webhooks has it, over the bytes as they came. */
export function createCallbackReader(secret: string): NonNullable<CardGateway['readCallback']> {
  const webhook = new Webhook(secret);

  return async (raw, headers): Promise<CallbackOutcome> => {
    try {
      webhook.verify(raw, signingHeaders(headers), { jsonParse: false });
    } catch (error) {
      return { outcome: 'forged', why: error instanceof Error ? error.message : String(error) };
    }
    const told = telling.safeParse(parseJson(raw));
    return { outcome: 'read', news: told.success ? [told.data] : [] };
  };
}

/** A header that came twice is none. */
function signingHeaders(headers: CallbackHeaders): Record<string, string> {
  return Object.fromEntries(
    SIGNING.flatMap((name) => {
      const value = headers[name];
      return typeof value === 'string' ? [[name, value]] : [];
    }),
  );
}

function parseJson(raw: Buffer): unknown {
  try {
    return JSON.parse(raw.toString());
  } catch {
    return undefined;
  }
}
