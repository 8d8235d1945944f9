import { z } from 'zod';
import { count, orderNumber, shownTime, tracking } from '../schemas/common';
import { schemas } from '../schemas/placing';

const MOST = 100;

const format = z.enum(['json', 'html']).optional().meta({
  description: 'html: a page to print, each slip on a sheet of its own. json unless said.',
});

export const pickingQuery = z.strictObject({
  numbers: z
    .string()
    .transform((list) => [...new Set(list.split(',').filter((number) => number !== ''))])
    .refine(({ length }) => length >= 1 && length <= MOST, {
      error: `Name 1 to ${MOST} orders, with commas between them.`,
    })
    .meta({
      description: `The orders to pick, at most ${MOST}, with commas.`,
      example: '100001,100002',
    }),
  format,
});

export const packingParams = z.object({ number: orderNumber, shipment: z.string().max(64) });
export const packingQuery = z.strictObject({ format });

const line = z.object({
  id: z.string(),
  sku: z.string(),
  upc: z.string().optional(),
  title: z.string(),
  partner: z.string().optional(),
  notes: z.string().optional(),
  quantity: count,
  from: z
    .array(z.object({ location: z.string(), quantity: count }))
    .optional()
    .meta({ description: 'Where its units are held.' }),
});
const head = {
  number: z.string(),
  placedAt: shownTime,
  shippingAddress: schemas.address.optional(),
};

export const pickingSlips = z
  .object({
    slips: z.array(
      z.object({
        ...head,
        shippingMethod: z.string().optional(),
        hold: z.string().optional().meta({ description: 'Why nobody should pick it now.' }),
        lines: z.array(line),
      }),
    ),
    round: z
      .array(
        z.object({
          sku: z.string(),
          title: z.string(),
          location: z.string().optional(),
          quantity: count,
          orders: z.array(z.object({ number: z.string(), quantity: count })),
        }),
      )
      .meta({ description: 'The same units as one walk along the shelves, without held orders.' }),
    missing: z.array(z.string()).meta({ description: 'Numbers of no order.' }),
  })
  .meta({ id: 'PickingSlips' });

export const packingSlip = z
  .object({
    ...head,
    shipment: z.string(),
    at: shownTime,
    reference: z.string().optional(),
    tracking: tracking.optional(),
    lines: z.array(line),
  })
  .meta({ id: 'PackingSlip' });
