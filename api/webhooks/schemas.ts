import { z } from 'zod';
import type { Endpoint } from '../../db/webhooks/endpoints';
import { PING, type WebhookType } from '../../machines/webhooks/payload';
import { webhookTypes } from '../../machines/webhooks/telling';
import { count, cursor, limit, orderNumber, page, shownTime, text, time } from '../schemas/common';
import { statusList } from '../schemas/message-status';
import { tone } from '../schemas/orders';
import { previewQuery } from '../schemas/parameters';

const LONGEST_URL = 2_000;
const LONGEST_WHY = 500;
/** For how many hours a secret may sign beside the one that follows it. */
const OVERLAP = { usual: 24, most: 24 * 30 };
const WHY = 'Somebody paused it.';

const types = Object.keys(webhookTypes) as [WebhookType, ...WebhookType[]];
const type = z.enum(types);
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const id = (description: string) =>
  z.string().regex(UUID, 'An id is a UUID in small letters.').meta({ description });

export const endpointParams = z.object({ id: id('The id of an endpoint.') });
export const deliveryParams = endpointParams.extend({ delivery: id('The id of a delivery.') });

const url = z
  .url({
    protocol: /^https?$/,
    error: 'An address begins with https://; with http:// where ALLOWED_ADDRESSES has it.',
  })
  .max(LONGEST_URL)
  .meta({ description: 'Where webhooks are posted to.', example: 'https://erp.example.com/hooks' });

export const endpointTerms = z
  .strictObject({
    url,
    description: text(LONGEST_WHY, 'For people.').default(''),
    events: z.array(type).max(types.length).default([]).meta({
      description: 'What it is told of; of everything when empty.',
    }),
  })
  .meta({ id: 'WebhookTerms' });

export const pausing = z
  .strictObject({ why: text(LONGEST_WHY, 'For whoever finds it paused.').default(WHY) })
  .meta({ id: 'WebhookPausing' });

export const rotating = z
  .strictObject({
    overlapHours: z.int().min(0).max(OVERLAP.most).default(OVERLAP.usual).meta({
      description: 'For how long the secret before it signs too.',
    }),
  })
  .meta({ id: 'WebhookRotation' });

const endpointShape = {
  id: z.uuid(),
  url: z.string(),
  description: z.string(),
  events: z.array(z.string()),
  status: z.enum(['active', 'paused', 'stopped']),
  says: z.string().meta({ description: 'The status in words.' }),
  tone,
  allowed: z
    .array(z.enum(['pause', 'resume', 'test', 'redeliver']))
    .meta({ description: 'What can be done with it now.' }),
  why: z.string().nullable().meta({ description: 'Why it is paused or stopped.' }),
  failingSince: shownTime.nullable().meta({
    description: 'Since when nothing has been delivered; null while deliveries go through.',
  }),
  formerSecretUntil: shownTime.nullable(),
  createdAt: shownTime,
  updatedAt: shownTime,
};
export const endpoint = z
  .object(endpointShape)
  .meta({ id: 'WebhookEndpoint' }) satisfies z.ZodType<Endpoint>;

export const endpointWithSecret = z
  .object({
    ...endpointShape,
    secret: z.string().nullable().meta({
      description: 'Shown once; null when the same request is answered again.',
    }),
  })
  .meta({ id: 'WebhookEndpointWithSecret' });

export const endpointPage = page('webhooks', endpoint).meta({ id: 'WebhookPage' });

export const typeList = z
  .object({ types: z.array(z.object({ type, says: z.string() })), statuses: statusList })
  .meta({ id: 'WebhookTypes' });

const status = z.enum(['waiting', 'delivered', 'failed', 'stopped']);
const listedType = z.enum([...types, PING]);

const deliveryShape = {
  id: z.uuid().meta({ description: 'Also the header webhook-id.' }),
  type: z.string(),
  order: z.string().nullable(),
  sequence: count.nullable(),
  status,
  attempts: count,
  why: z.string().nullable(),
  createdAt: shownTime,
  nextAt: shownTime.nullable().meta({ description: 'When it is tried again, while it waits.' }),
  settledAt: shownTime.nullable(),
};
const delivery = z.object(deliveryShape).meta({ id: 'WebhookDelivery' });

const attempt = z
  .object({
    attempt: count,
    at: shownTime,
    tookMs: count.nullable(),
    status: count.nullable().meta({ description: 'What was answered; null where nothing was.' }),
    excerpt: z.string().nullable().meta({ description: 'The beginning of the answer.' }),
    why: z.string().nullable(),
  })
  .meta({ id: 'DeliveryAttempt' });

export const fullDelivery = z
  .object({
    ...deliveryShape,
    body: z.string().meta({ description: 'As sent, byte for byte.' }),
    log: z.array(attempt).meta({ description: 'Every attempt, oldest first.' }),
  })
  .meta({ id: 'FullWebhookDelivery' });

export const deliveryPage = page('deliveries', delivery).meta({ id: 'WebhookDeliveryPage' });

export const deliveryQuery = z.strictObject({
  status: status.optional(),
  order: orderNumber.optional(),
  type: listedType.optional(),
  limit,
  cursor,
});

export const redeliveryQuery = previewQuery;

export const redelivering = z
  .strictObject({
    from: time.optional(),
    until: time.optional(),
    order: orderNumber.optional(),
    fromSequence: count.min(1).optional(),
    untilSequence: count.min(1).optional(),
    type: type.optional(),
    status: z
      .array(status)
      .min(1)
      .optional()
      .meta({ description: 'In which state they are now; in any unless said.' }),
  })
  .refine((chosen) => Object.values(chosen).some((part) => part !== undefined), {
    error: 'Say which: from and until, an order, a type or a status.',
  })
  .refine(({ order, fromSequence, untilSequence }) => {
    return order !== undefined || (fromSequence === undefined && untilSequence === undefined);
  }, 'Numbers count what was told of one order: say which.')
  .meta({ id: 'WebhookRedelivery', example: { from: '2026-11-23T10:00:00Z', status: ['failed'] } });

export const redelivered = z
  .object({
    found: count.meta({ description: 'How many these are.' }),
    sent: count.meta({ description: 'How many of them are sent again, oldest first.' }),
  })
  .meta({ id: 'WebhookRedelivered' });

export const pinged = z.object({ delivery: z.uuid() }).meta({ id: 'WebhookPinged' });
