import { z } from 'zod';
import { count, cursor, limit, page, shownTime, text } from '../schemas/common';

const MOST_STOCK = 1_000_000_000;
const stockCount = count.min(0).max(MOST_STOCK);
const NOTE = 2_000;

export const locationCode = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/, {
    error: 'A location has a code of up to 100 letters, digits, "-" and "_".',
  })
  .meta({
    description: 'The code of a location; `main` is there from the start.',
    example: 'main',
  });

const counts = {
  inStock: count,
  allocated: count,
  net: count.meta({
    description:
      'In stock and not spoken for; what may still be sold. Negative after a stocktake found less than is spoken for.',
  }),
  lowStockThreshold: count.nullable(),
  backorders: z.boolean().meta({ description: 'Whether orders may wait for what is not there.' }),
  low: z.boolean(),
  updatedAt: shownTime,
};

const locationStock = z
  .object({ location: locationCode, name: z.string(), priority: count, ...counts })
  .meta({ id: 'LocationStock', description: 'What one location has of a SKU.' });

export const stockRecord = z
  .object({
    sku: z.string(),
    ...counts,
    backordered: count.meta({ description: 'Units that orders wait for.' }),
    locations: z.array(locationStock).meta({ description: 'Location by location, by priority.' }),
  })
  .meta({
    id: 'StockRecord',
    description:
      'A SKU at all its locations together: sums of the counters and thresholds; low where one location is.',
  });

export const stockPage = page('stock', stockRecord).meta({ id: 'StockPage' });

const stockChange = z
  .object({
    id: count,
    sku: z.string(),
    location: z.string(),
    inStockDelta: count,
    allocatedDelta: count,
    cause: z.enum([
      ...(['stocktake', 'receipt', 'write-off', 'removal'] as const),
      ...(['allocate', 'consume', 'release', 'expire', 'restock', 'reconcile'] as const),
    ]),
    orderNumber: z.string().nullable(),
    eventId: z.string().nullable(),
    actor: z.string(),
    note: z.string().nullable(),
    at: shownTime,
    inStock: count,
    allocated: count,
  })
  .meta({
    id: 'StockChange',
    description: 'A change of the counters of one location, and what they were after it.',
  });

export const ledgerPage = page('changes', stockChange).meta({ id: 'StockLedger' });

export const stocktake = z
  .strictObject({
    inStock: stockCount.optional().meta({
      description: 'What was counted; as it is unless said, and 0 on a new record.',
    }),
    lowStockThreshold: stockCount.nullable().optional(),
    backorders: z.boolean().optional(),
    location: locationCode.optional(),
    note: text(NOTE, 'Why, for the ledger.').optional(),
  })
  .refine(
    ({ inStock, lowStockThreshold, backorders }) =>
      [inStock, lowStockThreshold, backorders].some((given) => given !== undefined),
    { path: ['inStock'], error: 'Write what was counted, or another thing that is to change.' },
  )
  .meta({ id: 'Stocktake', example: { inStock: 12, lowStockThreshold: 3 } });

export const adjustment = z
  .strictObject({
    quantity: count
      .min(-MOST_STOCK)
      .max(MOST_STOCK)
      .refine((units) => units !== 0, { error: 'A quantity is not 0.' })
      .meta({ description: 'Units that came in; negative for units that are lost.' }),
    location: locationCode.optional(),
    note: text(NOTE, 'Why, for the ledger.').optional(),
  })
  .meta({ id: 'StockAdjustment', example: { quantity: 24, note: 'Delivery note 4711' } });

const stockAlert = z
  .object({
    id: count,
    sku: z.string(),
    location: z.string(),
    threshold: count,
    net: count.meta({ description: 'Net stock when it opened.' }),
    openedAt: shownTime,
    closedAt: shownTime.nullable(),
  })
  .meta({ id: 'StockAlert', description: 'Net stock fell to the threshold; closed by goods.' });

export const alertPage = page('alerts', stockAlert).meta({ id: 'StockAlerts' });

export const location = z.object({ code: locationCode, name: z.string(), priority: count }).meta({
  id: 'StockLocation',
  description: 'A place where stock is kept and parcels are packed.',
});

export const newLocation = z
  .strictObject({
    name: z.string().min(1).max(200),
    priority: count.min(-1_000_000).max(1_000_000).meta({ description: 'Lower comes first.' }),
  })
  .meta({ id: 'NewStockLocation', example: { name: 'Warehouse North', priority: 2 } });

export const locationList = z
  .object({ locations: z.array(location) })
  .meta({ id: 'StockLocations' });

const yesNo = (description: string) =>
  z
    .enum(['true', 'false'], { error: 'Write true or false.' })
    .transform((word) => word === 'true')
    .optional()
    .meta({ description });

const exact = (description: string) => z.string().max(200).optional().meta({ description });

export const stockQuery = z.strictObject({
  low: yesNo('Only SKUs with a location at or below its threshold, or only the others.'),
  sku: exact('How the SKU begins.'),
  location: exact('Only SKUs that are kept there.'),
  limit,
  cursor,
});

export const ledgerQuery = z.strictObject({
  location: exact('Only the record there.'),
  limit,
  cursor,
});

export const alertQuery = z.strictObject({
  open: yesNo('Only open alerts, or only closed ones.'),
  sku: exact('Alerts of this SKU.'),
  limit,
  cursor,
});

export const removalQuery = z.strictObject({
  location: exact('Only the record there; all records of the SKU unless said.'),
});

export const skuParams = z.object({
  sku: z.string().min(1).max(100).meta({ description: 'A stock-keeping unit.', example: 'MUG-1' }),
});
