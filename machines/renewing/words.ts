import type { EventOf, NewWords } from '../events';
import type { TableName } from '../facts';
import type { Shop } from '../table';

/** A renewal that brings its table. */
export type Renewal = EventOf<'renew'> & { readonly shop: Shop };

export function bringsTable(event: EventOf<'renew'>): event is Renewal {
  return event.shop !== undefined;
}

/** A table as people call it: "Corner Books, revision 2". */
export function tableName({ name, revision }: TableName): string {
  return `${name}, revision ${revision}`;
}

/** What a table is told apart by, without the table. */
export function nameOf({ name, revision }: TableName): TableName {
  return { name, revision };
}

type Renamed = (word: string) => string;

/** What the words of an order are called on the table that a renewal brings. */
export interface NewNames {
  readonly status: Renamed;
  readonly line: Renamed;
  readonly shipping: Renamed;
  readonly payment: Renamed;
}

/** As the renewal says, and else as before; a payment event by what it means. */
export function newNames(from: Shop, renewal: Renewal): NewNames {
  const { shop: to, statuses, lineStatuses, shippingEvents, paymentEvents } = renewal;
  return {
    status: (word) => said(statuses, word) ?? word,
    line: (word) => said(lineStatuses, word) ?? word,
    shipping: (word) => said(shippingEvents, word) ?? word,
    payment: (word) => said(paymentEvents, word) ?? sameMeaning(from, to, word),
  };
}

function said(words: NewWords | undefined, word: string): string | undefined {
  return words && Object.hasOwn(words, word) ? words[word] : undefined;
}

function sameMeaning(from: Shop, to: Shop, word: string): string {
  // A table that has no word for a kind of movement uses the kind's own name.
  const kind = from.paymentEvents[word]?.means ?? word;
  const types = Object.keys(to.paymentEvents);
  return types.find((type) => to.paymentEvents[type]?.means === kind) ?? word;
}
