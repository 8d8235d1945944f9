import { z } from 'zod';
import { roles } from '../schemas/common';

export const me = z
  .object({
    kind: z.enum(['user', 'key']).meta({ description: 'Somebody who signed in, or a key.' }),
    id: z.string(),
    name: z.string(),
    email: z.string().nullable().meta({ description: 'Of a user.' }),
    role: roles,
    partner: z
      .string()
      .nullable()
      .meta({ description: 'The fulfilment partner that they work for; they see its lines only.' }),
    workflowUrl: z.string().nullable().meta({
      description:
        'Where the Temporal Web UI shows a workflow, with {workflowId} in it; null where no such page was named.',
    }),
  })
  .meta({ id: 'Me' });
