import { z } from 'zod';
import type { ExplainedShop } from '../../machines/drawing/explained';
import { count, shownTime } from '../schemas/common';
import { tone } from '../schemas/orders';

const sentences = z.array(z.string());

const pipeline = z
  .object({
    initial: z.string(),
    statuses: z.array(
      z.object({
        status: z.string(),
        tone,
        next: z.array(
          z.object({
            to: z.string(),
            when: sentences.meta({ description: 'When it goes there by itself.' }),
          }),
        ),
        says: sentences.meta({ description: 'What it brings with it.' }),
      }),
    ),
  })
  .meta({ id: 'Pipeline', description: 'Statuses in their order, and what may follow each.' });

export const explained = z
  .object({
    name: z.string(),
    revision: count,
    faults: sentences.meta({ description: 'What is unsound about it; nothing for a sound one.' }),
    orders: pipeline,
    lines: pipeline,
    chapters: z.array(
      z.object({
        title: z.string(),
        entries: z.array(z.object({ name: z.string(), says: sentences })),
      }),
    ),
  })
  .meta({ id: 'ExplainedShop' }) satisfies z.ZodType<ExplainedShop>;

export const orderPipeline = z
  .object({
    orders: pipeline,
    lines: pipeline,
    path: z
      .array(z.object({ status: z.string(), seq: count, at: shownTime }))
      .meta({ description: 'The statuses that the order has had until now, the first one first.' }),
  })
  .meta({ id: 'OrderPipeline' });
