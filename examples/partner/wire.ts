import { z } from 'zod';

const unitsSchema = z.object({ id: z.string(), sku: z.string(), quantity: z.int().min(1) });

const headingSchema = z.object({
  version: z.literal(1),
  /** The same at every attempt. */
  id: z.string().min(1),
  type: z.string(),
});

const letterSchema = headingSchema.extend({
  type: z.enum(['order', 'cancellation', 'reminder']),
  order: z.string().min(1),
  handOver: z.string().min(1),
  sequence: z.int().min(1),
  lines: z.array(unitsSchema),
  reason: z.string().optional(),
});

/** What is read of a shop's letter about an order; what this warehouse has no use for is left out. */
export type Letter = z.infer<typeof letterSchema>;
export type Units = z.infer<typeof unitsSchema>;
/** A letter of another kind, such as a test: it is taken, and nothing is done. */
export type OtherLetter = z.infer<typeof headingSchema>;

/**
 * Reads a letter from any JSON. Fields and kinds that it does not know are no fault: the shop may add some
 * at any time.
 */
export function readLetter(value: unknown): Letter | OtherLetter | { readonly fault: string } {
  const letter = letterSchema.safeParse(value);
  if (letter.success) return letter.data;
  const heading = headingSchema.safeParse(value);
  const isOther = heading.success && !isAboutAnOrder(heading.data);
  return isOther ? heading.data : { fault: z.prettifyError(letter.error) };
}

export function isAboutAnOrder(letter: Letter | OtherLetter): letter is Letter {
  return letterSchema.shape.type.options.some((type) => type === letter.type);
}

/** What a partner says; its id is made once, and is the same whenever and however it is sent. */
export interface Saying {
  readonly id: string;
  readonly type: 'accepted' | 'declined' | 'shipped' | 'cancelled' | 'returned';
  readonly order: string;
  readonly at: string;
  readonly reference?: string;
  readonly lines?: readonly { readonly id: string; readonly quantity: number }[];
  readonly tracking?: { readonly carrier: string; readonly number: string };
  readonly reason?: string;
}
