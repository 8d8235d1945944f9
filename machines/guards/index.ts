import { eventsGuards } from './events';
import { fulfilmentGuards } from './fulfilment';
import { moneyGuards } from './money';
import { notesGuards } from './notes';
import { partnersGuards } from './partners';
import { renewingGuards } from './renewing';
import { reportGuards } from './reports';
import { returnGuards } from './returns';
import { statusGuards } from './status';
import { taskGuards } from './tasks';
import { undoingGuards } from './undoing';

export type { Question } from './question';

/** Every guard by name; a name is what a refusal says and what the machine's transitions carry. */
export const guards = {
  ...eventsGuards,
  ...statusGuards,
  ...fulfilmentGuards,
  ...partnersGuards,
  ...moneyGuards,
  ...notesGuards,
  ...taskGuards,
  ...renewingGuards,
  ...reportGuards,
  ...returnGuards,
  ...undoingGuards,
};

export type GuardName = keyof typeof guards;
