import { z } from 'zod';
import { houseReasons } from '../../machines/tasks/house';
import { reasons } from '../../machines/tasks/reasons';
import { actor, count, cursor, limit, orderNumber, page, shownTime } from './common';
import { task } from './orders';
import { words } from './parameters';

const { ways, ...taskFields } = task.shape;

const closed = z
  .object({
    at: shownTime,
    by: z.enum(['people', 'itself']),
    actor: z.union([actor, z.null()]),
    note: z.string().nullable(),
  })
  .nullable();

const ofOrder = z
  .object({
    number: z.string().meta({ description: 'The order’s.' }),
    status: z.string().meta({ description: 'The order’s, now.' }),
    ...taskFields,
    ways: ways.optional().meta({ description: 'Of an open one.' }),
    closed,
  })
  .meta({ id: 'ListedTask' });

export const houseTask = z
  .object({
    id: z.uuid(),
    reason: z.string().meta({ description: Object.keys(houseReasons).join(', ') }),
    about: z.string().meta({ description: 'What it is about, such as a partner or a webhook.' }),
    text: z.string(),
    since: shownTime,
    endsWhen: z.string().optional().meta({ description: 'How it ends by itself.' }),
    ways: z
      .array(z.object({ says: z.string() }))
      .optional()
      .meta({ description: 'Of an open one.' }),
    closed,
  })
  .meta({ id: 'HouseTask', description: 'A task that is about no order.' });

const listed = z.union([ofOrder, houseTask]);

export const taskPage = page('tasks', listed).meta({ id: 'TaskPage' });

export const taskReasons = z
  .object({
    reasons: z.array(z.object({ reason: z.string(), says: z.string(), open: count })),
    open: count.meta({ description: 'How many tasks are open in all.' }),
  })
  .meta({ id: 'TaskReasons' });

export const taskParams = z.strictObject({ id: z.string().max(100) });

export const resolution = z
  .strictObject({ note: z.string().trim().min(1).max(2_000).optional() })
  .meta({ id: 'TaskResolution' });

export const taskQuery = z.strictObject({
  state: z
    .enum(['open', 'closed', 'all'], { error: 'Write open, closed or all.' })
    .default('open')
    .meta({ description: 'Open ones unless said.' }),
  reason: words(`Reasons: ${Object.keys({ ...reasons, ...houseReasons }).join(', ')}.`),
  number: orderNumber.optional(),
  limit,
  cursor,
});
