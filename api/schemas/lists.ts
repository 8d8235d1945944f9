import { z } from 'zod';
import { count, page, price, roles, shownTime } from './common';
import { paymentStatus, tone } from './orders';
import { timelineEntry } from './answers';

const orderRow = z
  .object({
    number: z.string(),
    version: count,
    status: z.string(),
    tone,
    paymentStatus,
    paymentTone: tone,
    shippingSummary: z.string(),
    shippingTone: tone,
    onHold: z.boolean(),
    needsAttention: z.boolean(),
    openReturns: count.meta({ description: 'Returns that are still to be worked on.' }),
    currency: z.string(),
    total: price,
    authorised: count,
    captured: count,
    refunded: count,
    balance: count,
    customer: z.object({ name: z.string().nullable(), email: z.string().nullable() }),
    units: count.meta({ description: 'Units that are not cancelled.' }),
    placedAt: shownTime,
    updatedAt: shownTime,
    statusSince: shownTime.meta({ description: 'Since when it has its status.' }),
    source: z.string().nullable(),
  })
  .meta({ id: 'OrderRow' });

const partnerRow = orderRow
  .pick({
    ...({ number: true, version: true, status: true } as const),
    ...({ onHold: true, placedAt: true, updatedAt: true } as const),
  })
  .meta({ id: 'PartnerOrderRow', description: 'An order in the list of a fulfilment partner.' });

export const orderPage = page('orders', z.union([orderRow, partnerRow])).meta({ id: 'OrderPage' });

export const timelinePage = page('events', timelineEntry).meta({ id: 'Timeline' });

const apiKey = z
  .object({
    id: z.string(),
    name: z.string(),
    role: roles,
    partner: z.string().nullable(),
    prefix: z.string().meta({ description: 'How the key begins.' }),
    createdAt: shownTime,
    revokedAt: shownTime.nullable(),
    lastUsedAt: shownTime.nullable(),
  })
  .meta({ id: 'ApiKey', description: 'A key as it may be shown: never the key itself.' });

export const newApiKey = z
  .strictObject({
    name: z.string().min(1).max(100),
    role: roles,
    partner: z.string().min(1).max(100).optional(),
  })
  .refine(({ role, partner }) => (role === 'partner') === (partner !== undefined), {
    path: ['partner'],
    error: 'A key of a partner has the partner’s code, and no other key has one.',
  })
  .meta({ id: 'NewApiKey', example: { name: 'Shop window', role: 'storefront' } });

export const createdApiKey = z
  .object({
    key: z
      .string()
      .nullable()
      .meta({ description: 'Shown once: null when this is the first answer again.' }),
    record: apiKey,
  })
  .meta({ id: 'CreatedApiKey' });

export const rotation = z
  .strictObject({ graceSeconds: count.min(0).max(604_800).default(0) })
  .meta({
    id: 'Rotation',
    description: 'How long the old key goes on working beside the new one.',
  });

export const keyList = z.object({ keys: z.array(apiKey) }).meta({ id: 'ApiKeys' });
