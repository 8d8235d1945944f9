import { z } from 'zod';
import { topics, type Topic } from '../../machines/views/topics';
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

const PLACE = 'A place in the history is a whole number from 1.';
const isPlace = (at: string) => !/^-?[\d.]+$/.test(at) || /^[1-9]\d{0,8}$/.test(at);

export const orderQuery = z.strictObject({
  at: z.string().min(1).max(300).refine(isPlace, { error: PLACE }).optional().meta({
    description:
      'A moment of its past: a `seq` of its history, the id of an event, or a time in ISO 8601. The order as it was after that.',
  }),
});

/** Words of a closed set: parted by commas, or the parameter several times, as links to a next page have it. */
export const words = (description: string) =>
  z
    .union([z.string().max(2_000), z.array(z.string().max(200)).max(100)])
    .transform((given) => (typeof given === 'string' ? given.split(',') : given))
    .transform((given) => given.map((word) => word.trim()).filter((word) => word !== ''))
    .optional()
    .meta({ description: `${description} Several with commas.` });

export const pageQuery = z.strictObject({ limit, cursor });

const isTopic = (word: string): word is Topic => topics.some((topic) => topic === word);

export const timelineQuery = z.strictObject({
  about: words(`Only events about these: ${topics.join(', ')}.`)
    .refine((given) => given?.every(isTopic) ?? true, {
      error: `A topic is one of ${topics.join(', ')}.`,
    })
    .transform((given) => given?.filter(isTopic)),
  cause: z
    .string()
    .max(300)
    .optional()
    .meta({ description: 'The id of an event: it, and all that followed from it.' }),
  sort: z.enum(['oldest', 'newest']).optional().meta({
    description: 'oldest unless said.',
  }),
  limit,
  cursor: z
    .string()
    .regex(/^\d{1,9}$/, 'A cursor is the `next` of the page before.')
    .transform(Number)
    .optional()
    .meta({
      description:
        'The `next` of the page before: events after this `seq`, or before it when the newest come first.',
    }),
});
