import { z } from 'zod';
import { cursor, limit, orderNumber } from './common';

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
