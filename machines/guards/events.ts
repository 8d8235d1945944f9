import { dueOf } from '../deciding/due';
import { objectToGathering } from '../deciding/room';
import { readCommand } from '../commands';
import { objectToPlacement } from '../placing';
import { on, type Guard } from './question';

export const eventsGuards = {
  placementIsSound: on('place', ({ shop, event }) => objectToPlacement(shop, event.placement)),

  textGiven: ({ event }) => {
    if (!('text' in event) || event.text.trim() !== '') return undefined;
    const detail = 'A note needs some text.';
    return { code: 'validation', detail, errors: [{ pointer: '/text', detail }] };
  },

  roomIsLeft: ({ context, event }) => objectToGathering(context, event),

  isCommand: on('malformed', ({ event }) => {
    if (event.why !== undefined) return { code: 'validation', detail: event.why };
    const read = readCommand(event.message);
    return 'refusal' in read
      ? read.refusal
      : { code: 'validation', detail: 'Send it as a command.' };
  }),

  isDue: on('deadline', ({ shop, status, context, event }) => {
    const due = dueOf(shop, status, context).find(({ name }) => name === event.name);
    if (due && Date.parse(due.at) <= Date.parse(event.at)) return undefined;
    return { code: 'not-found', detail: `Nothing named ${event.name} is due.` };
  }),
} satisfies Record<string, Guard>;
