import { z } from 'zod';
import { countedUnits, shownTime, tracking } from './common';

export const shipment = z
  .object({
    id: z.string(),
    event: z.string(),
    at: shownTime,
    lines: z.array(countedUnits),
    reference: z.string().optional(),
    tracking: tracking
      .extend({
        name: z.string().optional().meta({ description: 'The carrier as customers know it.' }),
        url: z.string().optional().meta({ description: 'Where the parcel can be followed.' }),
      })
      .meta({ id: 'ShownTracking' })
      .optional(),
    override: z
      .object({ reason: z.string(), by: z.string(), rules: z.array(z.string()) })
      .optional()
      .meta({ description: 'Rules of the shop that were gone over on purpose.' }),
  })
  .meta({ id: 'Shipment' });

export const download = z
  .object({
    line: z.string(),
    name: z.string(),
    url: z.string(),
    expiresAt: shownTime.optional(),
  })
  .meta({ id: 'Download', description: 'A link that a customer was given.' });
