import { eventsGuards } from './events';
import { fulfilmentGuards } from './fulfilment';
import { moneyGuards } from './money';
import { statusGuards } from './status';

export type { Question } from './question';

/** Every guard by name; a name is what a refusal says and what the machine's transitions carry. */
export const guards = { ...eventsGuards, ...statusGuards, ...fulfilmentGuards, ...moneyGuards };

export type GuardName = keyof typeof guards;
