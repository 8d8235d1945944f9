import { z } from 'zod';

export const gatewayParams = z.object({
  gateway: z
    .string()
    .min(1)
    .max(50)
    .meta({ description: 'As payments name it.', example: 'stripe' }),
});

export const callbackTaken = z
  .object({
    news: z.int().meta({ description: 'How many movements it told of that concern payments.' }),
  })
  .meta({ id: 'CallbackTaken' });
