import { z } from 'zod';

const unitsSchema = z.object({ id: z.string(), sku: z.string(), quantity: z.int().min(1) });

/**
 * What is read of a shop's letter. What this warehouse has no use for is left out, and a field that it
 * does not know is no fault: the shop may add some at any time.
 */
export const letterSchema = z.object({
  version: z.literal(1),
  id: z.string().min(1),
  type: z.string(),
  order: z.string().min(1),
  handOver: z.string().min(1),
  sequence: z.int().min(1),
  lines: z.array(unitsSchema).default([]),
  reason: z.string().optional(),
});

export type Letter = z.infer<typeof letterSchema>;
export type Units = z.infer<typeof unitsSchema>;

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
