import { z } from 'zod';
import { orderFilter } from '../finding/filter';
import { count } from '../schemas/common';

const LONGEST_NAME = 60;
const MOST_FIELDS = 30;
const value = z.union([z.string().max(200), z.array(z.string().max(200)).max(100)]);

/** Fields of a list that are no filter. */
const ofLists = ['sort'];

const search = z
  .record(z.string().max(40), value)
  .refine((given) => Object.keys(given).length <= MOST_FIELDS, {
    error: `A view has at most ${MOST_FIELDS} fields.`,
  })
  .refine(
    (given) => {
      const filter = Object.entries(given).filter(([name]) => !ofLists.includes(name));
      return orderFilter.safeParse(Object.fromEntries(filter)).success;
    },
    { error: 'Write what `GET /v1/orders` can be asked.' },
  )
  .meta({ description: 'What `GET /v1/orders` is asked, as texts or lists of texts.' });

export const viewTerms = z
  .strictObject({
    name: z.string().trim().min(1).max(LONGEST_NAME),
    shared: z.boolean().default(false).meta({ description: 'Whether everybody sees it.' }),
    search,
  })
  .meta({
    id: 'ViewTerms',
    example: { name: 'Big ones', shared: true, search: { totalFrom: '50000' } },
  });

export const view = z
  .object({
    id: z.string(),
    name: z.string(),
    builtIn: z.boolean().meta({ description: 'It comes with every shop, and stays.' }),
    shared: z.boolean(),
    mine: z.boolean().meta({ description: 'Whether whoever asks saved it, and may change it.' }),
    search,
    count: count.nullable().meta({
      description: 'How many orders are in it, at most 1,000; null where it is not counted.',
    }),
  })
  .meta({ id: 'View', description: 'A named filter of the list of orders.' });

const words = z.array(z.string());

export const views = z
  .object({
    views: z.array(view),
    words: z
      .object({ status: words, payment: words, shipping: words, attention: words })
      .meta({ description: 'What may be asked on each axis that has few words.' }),
  })
  .meta({ id: 'Views' });

export const viewParams = z.object({ id: z.string().max(100).meta({ description: 'Of a view.' }) });
