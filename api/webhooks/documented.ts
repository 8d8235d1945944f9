import type { RouteConfig } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import { payloads } from './payloads';

const signature = z.object({
  'webhook-id': z.string().meta({ description: 'What a repetition is known by; it is `id`.' }),
  'webhook-timestamp': z.string().meta({ description: 'When it was sent, in seconds.' }),
  'webhook-signature': z.string().meta({
    description: 'Signatures of Standard Webhooks over the bytes of the body, parted by blanks.',
  }),
});

/** What endpoints are sent, as OpenAPI says it. */
export function webhookRoutes(): RouteConfig[] {
  return Object.entries(payloads).map(([type, schema]) => ({
    operationId: type,
    method: 'post',
    path: type,
    tags: ['Webhooks'],
    summary: schema.description,
    request: {
      headers: signature,
      body: { required: true, content: { 'application/json': { schema } } },
    },
    responses: {
      '2XX': { description: 'It is taken.' },
      410: { description: 'The endpoint wants no more webhooks: it is stopped.' },
      default: { description: 'It is tried again, for days.' },
    },
  }));
}
