import { z } from 'zod';
import { reasons } from '../../machines/tasks/reasons';
import { actor, cursor, limit, orderNumber, page, shownTime } from './common';
import { task } from './orders';
import { words } from './parameters';

const listed = z
  .object({
    number: z.string().meta({ description: 'The order’s.' }),
    status: z.string().meta({ description: 'The order’s, now.' }),
    ...task.shape,
    ways: task.shape.ways.optional().meta({ description: 'Of an open one.' }),
    closed: z
      .object({
        at: shownTime,
        by: z.enum(['people', 'itself']),
        actor: actor.nullable(),
        note: z.string().nullable(),
      })
      .nullable(),
  })
  .meta({ id: 'ListedTask' });

export const taskPage = page('tasks', listed).meta({ id: 'TaskPage' });

export const taskQuery = z.strictObject({
  state: z
    .enum(['open', 'closed', 'all'], { error: 'Write open, closed or all.' })
    .default('open')
    .meta({ description: 'Open ones unless said.' }),
  reason: words(`Reasons: ${Object.keys(reasons).join(', ')}.`),
  number: orderNumber.optional(),
  limit,
  cursor,
});
