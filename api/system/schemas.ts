import { z } from 'zod';
import { count, shownTime } from '../schemas/common';

export const system = z
  .object({
    versions: z.object({
      conveyor: z.string(),
      node: z.string(),
      postgres: z.string(),
      temporal: z.string().nullable().meta({ description: 'Null while it does not answer.' }),
    }),
    startedAt: shownTime.meta({ description: 'When the process that answers was started.' }),
    shop: z
      .object({ name: z.string(), revision: count })
      .meta({ description: 'The table that new orders are placed under.' }),
    waiting: z.object({
      outbox: count.meta({ description: 'What is to leave the house, not taken over yet.' }),
      partnerMessages: count.meta({ description: 'What partners said and no order took yet.' }),
      tasks: count.meta({ description: 'What people are asked to look at.' }),
    }),
    temporalUiUrl: z
      .string()
      .nullable()
      .meta({ description: 'The Temporal Web UI, where one was named.' }),
  })
  .meta({ id: 'System' });
