import { z } from 'zod';
import { readCommand } from '../../machines/commands';
import type { Command } from '../../machines/events';
import { commandRequest } from '../schemas/commands';
import { actor, count, cursor, limit, orderNumber, page, shownTime } from '../schemas/common';
import { words } from '../schemas/parameters';
import { orderFilter } from '../finding/filter';

/** How many orders a batch has at most: what one person can still look through. */
export const MOST_ORDERS = 10_000;

/** By the same definition as a command for one order. */
const command = commandRequest.superRefine((value: Command, context) => {
  const read = readCommand(value);
  if ('command' in read) return;
  for (const { pointer, detail } of read.refusal.errors ?? []) {
    const path = pointer.split('/').slice(1);
    context.addIssue({ code: 'custom', path, message: detail });
  }
});

export const newBatch = z
  .strictObject({
    numbers: z
      .array(orderNumber)
      .min(1, { error: 'Name at least one order.' })
      .max(MOST_ORDERS, { error: `A batch has at most ${MOST_ORDERS} orders.` })
      .optional()
      .meta({ description: 'These orders, each once.' }),
    filter: orderFilter.optional(),
    command,
  })
  .refine(({ numbers, filter }) => (numbers === undefined) !== (filter === undefined), {
    error: 'Choose the orders either by numbers or by filter.',
  })
  .meta({
    id: 'NewBatch',
    example: { numbers: ['100001'], command: { type: 'add-note', text: 'Recalled.' } },
  });
export type NewBatchBody = z.output<typeof newBatch>;

const outcomes = z.enum([
  ...(['waiting', 'running', 'done', 'pending', 'refused', 'failed', 'cancelled'] as const),
]);

const batch = z
  .object({
    id: z.string(),
    command: z.looseObject({ type: z.string() }),
    title: z.string().meta({ description: 'What its command is called.' }),
    chosen: z.looseObject({}).meta({ description: 'How the orders were chosen.' }),
    actor,
    createdAt: shownTime,
    state: z.enum(['running', 'done', 'cancelled']),
    total: count,
    counts: z.record(outcomes, count).meta({
      description:
        'Orders by what became of the command. `pending`: its money is on its way; `failed`: nobody knows, and a retry finds out.',
    }),
    cancelled: z.object({ at: shownTime, by: z.string() }).nullable(),
  })
  .meta({ id: 'Batch' });

export const batchAnswer = z.object({ batch }).meta({ id: 'BatchAnswer' });
export const batchPage = page('batches', batch).meta({ id: 'BatchPage' });

const refusal = z.looseObject({ code: z.string(), detail: z.string() });

export const resultPage = page(
  'results',
  z
    .object({
      number: z.string(),
      outcome: outcomes,
      refusal: refusal.optional(),
      why: z.string().optional().meta({ description: 'Why it failed.' }),
      tries: count,
      at: shownTime.optional(),
      command: z.string().meta({ description: 'The id of the command at its order.' }),
    })
    .meta({ id: 'BatchResult' }),
).meta({ id: 'BatchResultPage' });

export const batchPreview = z
  .object({
    preview: z.literal(true),
    total: count,
    can: count,
    unchanged: count.meta({ description: 'It is so already, and nothing would happen.' }),
    cannot: count,
    says: z.string().meta({ example: '18 can, 2 cannot: 2 because invalid-order-status.' }),
    reasons: z.array(z.object({ code: z.string(), count, example: z.string() })),
    orders: z
      .array(
        z.object({
          number: z.string(),
          outcome: z.enum(['can', 'unchanged', 'cannot']),
          refusal: refusal.optional(),
          says: z.array(z.string()).optional(),
        }),
      )
      .meta({ description: 'Those that cannot first; the first 500.' }),
  })
  .meta({
    id: 'BatchPreview',
    description: 'What the batch would do; nothing of it has happened.',
  });

export const batchParams = z.object({
  id: z
    .string()
    .regex(/^[0-9a-f]{24}$/, 'A batch has an id of 24 digits.')
    .meta({ description: 'The id of a batch.' }),
});

export const resultQuery = z.strictObject({
  outcome: words(`Outcomes: ${outcomes.options.join(', ')}.`).refine(
    (given) => given?.every((word) => outcomes.options.some((known) => known === word)) ?? true,
    { error: `An outcome is one of ${outcomes.options.join(', ')}.` },
  ),
  limit,
  cursor,
});
