import type { Knex } from 'knex';
import { loadOrder } from '../../db/orders';
import { findPartner } from '../../db/partners/registry';
import type { Next, Terms } from '../../machines/partners/due';
import type { PartnersRule } from '../../machines/partners/rule';
import type { HandOver } from '../../machines/partners/state';
import type { FulfilmentInput } from '../../workflows/messages';
import type { Reporter } from '../delivery';
import { retryTheWorld } from '../failures';

/** What an order asked a partner for, and how long that may take. */
export interface Outlook {
  readonly rule: PartnersRule;
  readonly terms: Terms;
  /** The partner's, also those that are over. */
  readonly handOvers: readonly HandOver[];
}

export interface WatchingDependencies {
  readonly knex: Knex;
  readonly report: Reporter;
}

/** Looking at hand-overs, and telling orders of those that take too long. */
export function createWatching({ knex, report }: WatchingDependencies) {
  async function outlookOf({ order: number, partner: code }: FulfilmentInput) {
    const [order, partner] = await Promise.all([loadOrder(knex, number), findPartner(knex, code)]);
    const rule = order?.shop.partners;
    if (!order || !rule) return null;
    const handOvers = order.state.context.handOvers.filter((each) => each.partner === code);
    return { rule, terms: partner?.terms ?? {}, handOvers };
  }
  return {
    /** What the order asked the partner for; null when the order hands nothing over. */
    lookAtHandOvers: (input: FulfilmentInput): Promise<Outlook | null> =>
      retryTheWorld(() => outlookOf(input)),

    /** Tells the order that a time has passed; it takes effect once, and not at all if it is too late. */
    tellOfPartner: ({ order, partner }: FulfilmentInput, next: Next): Promise<void> =>
      retryTheWorld(() => {
        const { does, handOver, stage } = next;
        const id = `fulfilment/${partner}/${handOver}/${stage}/${does}`;
        return report(order, { type: does, handOver, stage }, { id });
      }),
  };
}
