import { z } from 'zod';
import type { GuestOrderView } from '../../machines/views/guest-order';
import { count, price, shownTime, tracking } from '../schemas/common';

export const guestLink = z
  .object({
    url: z
      .string()
      .meta({ description: 'For the customer, who needs the e-mail of the order too.' }),
    expiresAt: shownTime,
  })
  .meta({ id: 'GuestLink' });

// Whatever is no token is answered as a wrong one is.
export const guestParams = z.object({ token: z.string() });

export const guestQuery = z.strictObject({
  email: z
    .string()
    .max(1000)
    .meta({ description: 'The e-mail that the order was placed with; its case is ignored.' }),
});

const named = z.object({ name: z.string(), exclTax: count, inclTax: count });

export const guestOrder = z
  .object({
    number: z.string(),
    placedAt: shownTime,
    status: z.string(),
    currency: z.string(),
    payment: z.object({ status: z.string() }),
    shipping: z.object({ summary: z.string() }),
    lines: z.array(
      z.object({
        title: z.string(),
        quantity: count,
        status: z.string(),
        unitPrice: price,
        shipping: z.object({ summary: z.string() }),
      }),
    ),
    parcels: z.array(
      z.object({
        at: shownTime,
        event: z.string(),
        lines: z.array(z.object({ title: z.string(), quantity: count })),
        tracking: tracking
          .extend({ name: z.string().optional(), url: z.string().optional() })
          .optional(),
      }),
    ),
    discounts: z.array(named),
    charges: z.array(named),
    total: price,
  })
  .meta({
    id: 'GuestOrder',
    description: 'An order as whoever has its link and its e-mail may see it.',
  }) satisfies z.ZodType<GuestOrderView>;
