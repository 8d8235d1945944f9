import { z } from 'zod';
import { commandTypes } from '../../machines/commands';
import type { ChangesView } from '../../machines/views/preview';
import { groups } from '../../machines/offering/wording';
import { topics } from '../../machines/views/topics';
import { actor, count, countedUnits, shownTime } from './common';
import { toldPartner } from './hand-overs';
import { due, order, shownOrder } from './orders';

const outcome = z.enum(['done', 'refused', 'pending']);

const command = z
  .object({
    id: z.string(),
    type: z.string(),
    outcome,
    seq: count.meta({
      description: 'Its place in the order’s history; 0 when nothing was written.',
    }),
  })
  .meta({ id: 'CommandOutcome' });

const commandDone = z
  .object({ command, order: shownOrder })
  .meta({ id: 'CommandDone', description: 'What became of a command, and the order after it.' });

export const pendingCommand = z
  .object({ command, number: z.string(), order: shownOrder.optional() })
  .meta({ id: 'CommandPending', description: 'The command will be finished; ask again.' });

const refusal = z.object({
  code: z.string(),
  detail: z.string(),
  guard: z.string(),
  figures: z.looseObject({}),
  allowed: z.array(z.string()).optional(),
  errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).optional(),
});

export const commandRecord = z
  .object({
    command: z.object({
      ...command.shape,
      type: z.string().optional().meta({ description: 'Absent while the command is under way.' }),
      at: shownTime.optional(),
      actor: actor.optional(),
      refusal: refusal.optional(),
    }),
  })
  .meta({ id: 'CommandRecord' });

const move = z.object({ from: z.string().nullable(), to: z.string() });

const changes = z
  .object({
    statuses: z.array(move),
    lines: z.array(move.extend({ line: z.string() })),
    shipping: z.array(z.object({ event: z.string(), lines: z.array(countedUnits) })),
    money: z.array(
      z.object({
        kind: z.enum(['authorise', 'capture', 'refund', 'void']),
        event: z.string(),
        payment: z.string(),
        gateway: z.string(),
        amount: count,
      }),
    ),
    stock: z.array(
      z.object({
        move: z.enum([
          ...(['allocate', 'consume', 'release', 'expire', 'restock'] as const),
          ...(['backorder', 'forgo', 'arrive'] as const),
        ]),
        line: z.string(),
        sku: z.string(),
        quantity: count,
      }),
    ),
    messages: z.array(z.object({ kind: z.string(), withheld: z.string().optional() })),
    partners: z.array(toldPartner).meta({ description: 'What fulfilment partners would be told.' }),
    calls: z
      .array(z.object({ name: z.string(), with: z.unknown().optional() }))
      .meta({ description: 'Of the shop’s own effects.' }),
    timers: z.object({ starts: z.array(due), ends: z.array(due) }),
    says: z.array(z.string()).meta({ description: 'All of it, a sentence each.' }),
  })
  .meta({ id: 'Changes' }) satisfies z.ZodType<ChangesView>;

const previewed = z
  .object({
    preview: z.literal(true),
    outcome: z
      .enum(['accepted', 'unchanged'])
      .meta({ description: '`unchanged`: it is so already, and nothing would happen.' }),
    order,
    changes,
  })
  .meta({ id: 'Preview', description: 'What a command would do; nothing of it has happened.' });

export const commandAnswer = z.union([commandDone, previewed]);

const units = z.record(z.string(), count);

const most = z
  .object({
    amount: count.optional().meta({ description: 'Minor units of the order’s currency.' }),
    payments: units.optional().meta({ description: 'Minor units, by payment.' }),
    lines: units.optional().meta({ description: 'Units, by line.' }),
    charges: z.array(z.string()).optional(),
  })
  .meta({ id: 'Most', description: 'As much as it could move; what is nothing is left out.' });

export const actions = z
  .object({
    number: z.string(),
    version: count,
    seq: count.meta({ description: 'The place in its history at which this is so.' }),
    actions: z.array(
      z.object({
        type: z.enum(commandTypes),
        says: z.string(),
        label: z.string().meta({ description: 'What a button for it says.' }),
        title: z.string().meta({ description: 'What all commands of its type are called.' }),
        group: z.enum(groups),
        primary: z.literal(true).optional().meta({
          description: 'The next thing that somebody would do; at most one is.',
        }),
        likely: z.literal(true).optional().meta({
          description: 'What else may well be done next; at most two are.',
        }),
        command: z.looseObject({ type: z.string() }),
        most: most.optional(),
        allowed: z.boolean(),
        refusal: refusal.optional(),
        override: z.array(z.string()).optional().meta({
          description: 'The rules that an override would go over, where the key may.',
        }),
      }),
    ),
  })
  .meta({ id: 'Actions', description: 'Every command: allowed now, or refused because of what.' });

const recorded = {
  seq: count,
  id: z.string(),
  type: z.string(),
  at: shownTime,
  actor,
  cause: z.string().optional(),
  outcome: z.enum(['accepted', 'refused']),
  reason: z.string().optional().meta({ description: 'Why, in the words of whoever sent it.' }),
  about: z.array(z.enum(topics)),
  asked: z.looseObject({}).meta({ description: 'What was asked, as it was sent.' }),
  facts: z.array(z.looseObject({ type: z.string() })),
  refusal: refusal.optional(),
};

export const timelineEntry = z
  .object({
    ...recorded,
    causes: z.array(z.string()).meta({
      description: 'What led to it: its cause, the cause of that, and so on to the root.',
    }),
    says: z.array(z.string()).meta({ description: 'In sentences.' }),
  })
  .meta({ id: 'TimelineEntry' });

export const feedEntry = z.object({ number: z.string(), ...recorded }).meta({
  id: 'FeedEntry',
  description: 'An event of any order, as the data of a server-sent event.',
});

export const health = z.object({ status: z.literal('ok') }).meta({ id: 'Health' });

export const readiness = z
  .object({ ready: z.boolean(), postgres: z.boolean(), temporal: z.boolean() })
  .meta({ id: 'Readiness' });
