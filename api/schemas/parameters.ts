import { z } from 'zod';
import { cursor, isKeepable, KEEPABLE, limit, orderNumber } from './common';

export const orderParams = z.object({ number: orderNumber });
export type OrderParams = z.output<typeof orderParams>;

export const commandParams = z.object({
  number: orderNumber,
  id: z.string().max(128).meta({ description: 'The id of a command: its Idempotency-Key.' }),
});

const yesNo = (description: string) =>
  z
    .enum(['true', 'false'], { error: 'Write true or false.' })
    .transform((word) => word === 'true')
    .optional()
    .meta({ description });

export const previewQuery = z.strictObject({
  preview: yesNo('true: say what would happen, and change nothing.'),
});
export type PreviewQuery = z.output<typeof previewQuery>;

export const orderQuery = z.strictObject({
  at: z.coerce
    .number({ error: 'A place in the history is a whole number from 1.' })
    .int({ error: 'A place in the history is a whole number from 1.' })
    .min(1, { error: 'A place in the history is a whole number from 1.' })
    .optional()
    .meta({ description: 'A `seq` of its history: the order as it was then.' }),
});

export const words = (description: string) =>
  z
    .string()
    .max(500)
    .transform((list) => list.split(',').filter((word) => word !== ''))
    .optional()
    .meta({ description: `${description} Several with commas.` });

const when = (description: string) =>
  z
    .union([z.iso.datetime({ offset: true }), z.iso.date()], {
      error: 'Write a time or a day in ISO 8601, such as 2026-11-23T10:00:00Z or 2026-11-23.',
    })
    .refine(isKeepable, { error: KEEPABLE })
    .optional()
    .meta({ description: `${description} A day begins at 00:00 UTC.` });

const exact = (description: string) => z.string().max(200).optional().meta({ description });

export const listQuery = z.strictObject({
  status: words('Order statuses.'),
  payment: words('Payment statuses.'),
  shipping: words('Shipping summaries; `in progress` means any partial one.'),
  hold: yesNo('Whether it is on hold.'),
  needsAttention: yesNo('Whether somebody should look at it.'),
  sku: exact('A line has this SKU.'),
  upc: exact('A line has this UPC.'),
  partner: exact('A line is this fulfilment partner’s.'),
  customer: exact('A part of the customer’s name or e-mail, whatever its case.'),
  number: exact('How the number begins.'),
  placedFrom: when('Placed then or later.'),
  placedTo: when('Placed before.'),
  sort: z.enum(['newest', 'oldest']).optional().meta({ description: 'By date; newest first.' }),
  limit,
  cursor,
});
export type ListQuery = z.output<typeof listQuery>;

export const pageQuery = z.strictObject({ limit, cursor });

export const timelineQuery = z.strictObject({
  limit,
  cursor: z
    .string()
    .regex(/^\d{1,9}$/, 'A cursor is the `next` of the page before.')
    .transform(Number)
    .optional()
    .meta({ description: 'The `next` of the page before: events after this `seq`.' }),
});

export const stockQuery = z.strictObject({
  low: yesNo('Only records at or below their threshold, or only the others.'),
  sku: exact('How the SKU begins.'),
  limit,
  cursor,
});
