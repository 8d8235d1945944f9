import { needed, WHY } from '../commands/fields';

const about = {
  return: needed('The return that is exchanged.'),
  number: needed('The order that takes its place.'),
};

/** What is told of the order that a return is exchanged for. */
export const exchangeReports = {
  'exchange.placed': about,
  'exchange.refused': { ...about, why: needed('Why it could not be placed.', WHY) },
};
