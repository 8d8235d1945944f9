import { z } from 'zod';

/** What an order's number may look like: visible ASCII, so that it fits in an address and a header. */
const NUMBER = /^[!-.0-[\]-~]{1,64}$/;
/** Words that the paths beside an order's number use. */
const RESERVED = ['.', '..', 'stream'];

export const orderNumber = z
  .string()
  .regex(NUMBER, 'An order number has 1 to 64 visible ASCII characters without "/" and "\\".')
  .refine((number) => !RESERVED.includes(number), {
    error: `An order cannot be numbered ${RESERVED.join(', ')}.`,
  })
  .meta({ description: 'The number of an order.', example: '100001' });

/** Text of a limited length. */
export const text = (longest: number, description?: string) =>
  z.string().max(longest).meta({ description });

const FIRST = Date.parse('1000-01-01T00:00:00Z');
const END = Date.parse('9999-12-31T00:00:00Z');
const LONGEST_TIME = 40;
export const KEEPABLE = 'Write a year from 1000 to 9999, and an offset of at most 14 hours.';

/** Whether PostgreSQL can keep a time as it is written. */
export function isKeepable(written: string): boolean {
  const moment = Date.parse(written);
  const hours = Number(/[+-](\d\d):\d\d$/.exec(written)?.[1] ?? 0);
  return moment >= FIRST && moment < END && hours <= 14 && written.length <= LONGEST_TIME;
}

export const time = z.iso
  .datetime({
    offset: true,
    abort: true,
    error: 'Write a time in ISO 8601, such as 2026-11-23T10:00:00Z.',
  })
  .refine(isKeepable, { error: KEEPABLE })
  .meta({ description: 'ISO 8601 with its offset.', example: '2026-11-23T10:00:00Z' });

/** A time as the API writes it. */
export const shownTime = z.string().meta({ format: 'date-time' });

/** Minor units; whether the size makes sense is for the order to say. */
export const amount = z.number().meta({ description: 'Minor units of the currency.' });
export const count = z.int();

export const price = z
  .strictObject({ exclTax: amount, inclTax: amount })
  .meta({ id: 'Price', description: 'An amount before and after tax.' });

export const units = z.strictObject({ id: z.string(), quantity: z.number().optional() }).meta({
  id: 'Units',
  description: 'Units of a line; no quantity means all that can be reached.',
});

export const share = z.strictObject({ payment: z.string(), amount }).meta({
  id: 'Share',
  description: 'How much of an amount is put to one payment.',
});

export const receivedUnits = z
  .strictObject({
    id: z.string(),
    good: z.number().optional(),
    damaged: z.number().optional(),
    restock: z.boolean().optional(),
  })
  .meta({
    id: 'ReceivedUnits',
    description: 'What came back of a line; without a count all that is awaited, and good.',
  });

export const countedUnits = z
  .object({ id: z.string(), quantity: count })
  .meta({ id: 'CountedUnits' });

export const tracking = z
  .strictObject({ carrier: z.string().optional(), number: z.string() })
  .meta({ id: 'Tracking' });

export const roles = z.enum(['admin', 'clerk', 'viewer', 'storefront', 'partner']);

export const actor = z
  .object({ role: z.enum([...roles.options, 'system']), name: z.string() })
  .meta({ id: 'Actor' });

/** How many a page of a list has. */
export const limit = z.coerce
  .number({ error: 'A limit is a whole number from 1 to 100.' })
  .int({ error: 'A limit is a whole number from 1 to 100.' })
  .min(1, { error: 'A limit is a whole number from 1 to 100.' })
  .max(100, { error: 'A limit is a whole number from 1 to 100.' })
  .default(50);

export const cursor = z
  .string()
  .max(500)
  .optional()
  .meta({ description: 'The `next` of the page before.' });

/** A page of a list under its name, and the cursor of the next one. */
export function page<Item extends z.ZodType>(name: string, item: Item) {
  return z.object({ [name]: z.array(item), next: z.string().nullable() });
}
