import { z } from 'zod';

export const callbackParams = z.object({
  code: z.string().meta({ description: 'The partner’s code.', example: 'acme' }),
});

/** The path of one message of a partner's own. */
export const saidParams = callbackParams.extend({
  id: z.string().meta({ description: 'The partner’s own id of the message.' }),
});

export const saidKept = z
  .object({
    id: z.string().meta({ description: 'The message’s own.' }),
    repeated: z.boolean().meta({ description: 'Whether it was kept before; it counts once.' }),
    differs: z.boolean().meta({
      description:
        'Whether it said something else before, under the same id. What was said first counts; something new needs an id of its own.',
    }),
  })
  .meta({ id: 'SaidKept' });

export const saidTried = z
  .object({ id: z.string(), status: z.literal('waiting') })
  .meta({ id: 'SaidTried' });

export const pickUpBegun = z
  .object({ partner: z.string(), feed: z.looseObject({ kind: z.string() }) })
  .meta({ id: 'PickUpBegun' });
