import type { RequestListener } from 'node:http';
import { Webhook, WebhookVerificationError } from 'standardwebhooks';

/** What every webhook about an order has; see docs/webhooks.md for the rest. */
export interface Told {
  readonly id: string;
  readonly type: string;
  readonly sequence?: number;
  readonly order?: { readonly number: string; readonly status: string };
  readonly data: unknown;
}

/** Receives webhooks signed with this secret, and has each taken once: `createServer(receiver(…)).listen(3001)`. */
export function receiver(secret: string, take: (told: Told) => Promise<void>): RequestListener {
  const webhook = new Webhook(secret);
  // Of a real receiver: a table with the id as its key, written in the transaction that takes the webhook.
  const taken = new Set<string>();

  async function answer(raw: string, headers: Record<string, string>): Promise<number> {
    let told: Told;
    try {
      // The bytes as they came, before anything reads them.
      told = webhook.verify(raw, headers) as Told;
    } catch (error) {
      if (error instanceof WebhookVerificationError) return 401;
      throw error;
    }
    if (taken.has(told.id)) return 204;
    taken.add(told.id);
    try {
      await take(told);
      return 204;
    } catch {
      // It comes again.
      taken.delete(told.id);
      return 503;
    }
  }

  return (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const headers = request.headers as Record<string, string>;
      void answer(Buffer.concat(chunks).toString(), headers).then((status) =>
        response.writeHead(status).end(),
      );
    });
  };
}
