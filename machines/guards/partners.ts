import { objectToAnswer, isAnswer } from '../partners/answering';
import { objectToHandingOver } from '../partners/handing';
import { objectToForeign } from '../partners/repeating';
import { on, type Guard } from './question';

/** Guards of what partners are asked for, and of what they say. */
export const partnersGuards = {
  linesAreYours: ({ shop, context, event }) => objectToForeign(shop, context, event),

  handable: on('hand-over', ({ shop, status, context, event }) =>
    objectToHandingOver(shop, status, context, event),
  ),

  answerable: ({ shop, status, context, event }) =>
    isAnswer(event) ? objectToAnswer(shop, status, context, event) : undefined,
} satisfies Record<string, Guard>;
