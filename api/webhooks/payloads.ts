import { z } from 'zod';
import {
  PING,
  WEBHOOKS,
  type Ping,
  type Webhook,
  type WebhookData,
  type WebhookType,
} from '../../machines/webhooks/payload';
import { webhookTypes } from '../../machines/webhooks/telling';
import { count, countedUnits, price, roles, shownTime, tracking } from '../schemas/common';

const currency = z.string().meta({ example: 'GBP' });
const kind = z.enum(['authorise', 'capture', 'refund', 'void']);
const minor = count.meta({ description: 'Minor units of the currency.' });
const step = { from: z.string(), to: z.string() };
const returned = { return: z.string().meta({ description: 'The id of the return.' }) };
const units = z.array(countedUnits);
const movement = { kind, payment: z.string(), amount: minor };
const handOver = { handOver: z.string(), partner: z.string() };
const task = { reason: z.string() };

const data = {
  'order.placed': z.object({
    placedAt: shownTime,
    source: z.string().optional(),
    currency,
    total: price,
    lines: z.array(z.object({ id: z.string(), sku: z.string(), quantity: count })),
  }),
  'order.status-changed': z.object(step),
  'order.line-status-changed': z.object({
    lines: z.array(z.object({ id: z.string(), ...step })),
  }),
  'order.shipping-event': z.object({
    events: z.array(
      z.object({
        id: z.string(),
        event: z.string(),
        lines: units,
        reference: z.string().optional(),
        tracking: tracking.optional(),
      }),
    ),
  }),
  'order.digital-delivered': z.object({
    downloads: z.array(z.object({ line: z.string(), name: z.string() })),
  }),
  'order.payment-event': z.object({
    currency,
    events: z.array(
      z.object({
        event: z.string(),
        ...movement,
        gateway: z.string(),
        reference: z.string().optional(),
        lines: units.optional(),
        reason: z.string().optional(),
      }),
    ),
  }),
  'order.payment-failed': z.object({
    currency,
    movements: z.array(z.object({ ...movement, code: z.string() })),
  }),
  'order.payment-outcome-unknown': z.object({ currency, movements: z.array(z.object(movement)) }),
  'order.refund-decided': z.object({
    currency,
    refunds: z.array(
      z.object({
        id: z.string(),
        amount: minor,
        reason: z.string(),
        return: z.string().optional(),
        lines: units.optional(),
      }),
    ),
  }),
  'order.return-requested': z.object({
    returns: z.array(z.object({ ...returned, lines: units, reason: z.string() })),
  }),
  'order.return-authorised': z.object({
    returns: z.array(z.object({ ...returned, expectedBy: shownTime.optional() })),
  }),
  'order.return-declined': z.object({
    returns: z.array(z.object({ ...returned, reason: z.string() })),
  }),
  'order.return-received': z.object({
    returns: z.array(
      z.object({
        ...returned,
        shippingEvent: z.string(),
        lines: z.array(z.object({ id: z.string(), good: count, damaged: count, restocked: count })),
      }),
    ),
  }),
  'order.return-refunded': z.object({
    currency,
    returns: z.array(z.object({ ...returned, amount: minor })),
  }),
  'order.return-closed': z.object({
    returns: z.array(z.object({ ...returned, reason: z.string() })),
  }),
  'order.exchanged': z.object({
    exchanges: z.array(z.object({ ...returned, number: z.string() })),
  }),
  'order.handed-over': z.object({
    handOvers: z.array(z.object({ ...handOver, lines: units, instead: z.string().optional() })),
  }),
  'order.hand-over-moved': z.object({
    handOvers: z.array(
      z.object({
        ...handOver,
        stage: z.enum(['accepted', 'declined', 'withdrawn', 'fulfilled']),
        lines: units,
      }),
    ),
  }),
  'order.held': z.object({ reason: z.string(), until: shownTime.optional() }),
  'order.hold-released': z.object({}),
  'order.task-raised': z.object({
    tasks: z.array(z.object({ id: z.string().optional(), ...task })),
  }),
  'order.task-resolved': z.object({
    tasks: z.array(z.object({ id: z.string(), ...task, by: z.enum(['people', 'itself']) })),
  }),
} satisfies { [T in WebhookType]: z.ZodType<WebhookData[T]> };

/** `order.status-changed` as the name of a schema: `OrderStatusChangedWebhook`. */
function nameOf(type: string): string {
  const words = type.split(/[.-]/).map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return `${words.join('')}Webhook`;
}

const heading = {
  id: z.uuid().meta({ description: 'Lasting; also the header webhook-id.' }),
  version: z.literal(WEBHOOKS),
  at: shownTime,
};

function payload<T extends WebhookType>(type: T) {
  return z
    .object({
      ...heading,
      type: z.literal(type),
      sequence: count.meta({
        description: 'Counts what this endpoint was told of this order: 1, 2, … without a gap.',
      }),
      order: z.object({ number: z.string(), seq: count, status: z.string() }).meta({
        description: 'The place in the order’s history, and the order’s status after it.',
      }),
      actor: z.object({ role: z.enum([...roles.options, 'system']) }),
      event: z.string().meta({ description: 'The id of the event of the order’s history.' }),
      cause: z.string().optional().meta({ description: 'The id of the event that led to it.' }),
      data: data[type],
    })
    .meta({ id: nameOf(type), description: webhookTypes[type] });
}

const ping = z
  .object({ ...heading, type: z.literal(PING), data: z.object({ endpoint: z.uuid() }) })
  .meta({
    id: nameOf(PING),
    description: 'A test that somebody asked for.',
  }) satisfies z.ZodType<Ping>;

/** The body of each type of webhook. */
export const payloads: Readonly<Record<WebhookType, z.ZodType<Webhook>>> & {
  readonly ping: z.ZodType<Ping>;
} = {
  ...(Object.fromEntries(
    (Object.keys(webhookTypes) as WebhookType[]).map((type) => [type, payload(type)]),
  ) as unknown as Record<WebhookType, z.ZodType<Webhook>>),
  ping,
};
