import { needed, text, WHY, type Field } from '../commands/fields';

/** Reports of calls of the shop's own effects, and of the digital provider. */
export const ownReports = {
  'effect.done': {
    call: needed('The call that is answered.'),
    name: needed('The effect.'),
    answer: { kind: 'json', says: 'What it answered.' },
  },
  'effect.failed': {
    call: needed('The call that is answered.'),
    name: needed('The effect.'),
    why: needed('Why.', WHY),
  },
  'digital.delivered': {
    request: needed('The request that is answered.'),
    downloads: { kind: 'downloads', says: 'What the customer may fetch.', required: true },
    reference: text("The provider's own reference."),
  },
  'digital.failed': {
    request: needed('The request that is answered.'),
    why: needed('Why.', WHY),
  },
} as const satisfies Record<string, Readonly<Record<string, Field>>>;
