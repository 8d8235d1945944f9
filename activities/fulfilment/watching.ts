import type { Knex } from 'knex';
import { loadOrder } from '../../db/orders';
import { findPartner } from '../../db/partners/registry';
import type { Next, Terms } from '../../machines/partners/due';
import type { PartnersRule } from '../../machines/partners/rule';
import type { HandOver } from '../../machines/partners/state';
import type { FulfilmentInput } from '../../workflows/messages';
import type { Reporter } from '../delivery';
import { retryTheWorld } from '../failures';

/** What an order waits for from a partner, and how long that may take. */
export interface Outlook {
  readonly rule: PartnersRule;
  readonly terms: Terms;
  /** Those that are open. */
  readonly handOvers: readonly HandOver[];
}

export interface WatchingDependencies {
  readonly knex: Knex;
  /** Whether a partner is still waited for. */
  readonly isOpen: (handOver: HandOver) => boolean;
  readonly report: Reporter;
}

/** Looking at hand-overs, and telling orders of those that take too long. */
export function createWatching({ knex, isOpen, report }: WatchingDependencies) {
  async function outlookOf({ order: number, partner: code }: FulfilmentInput) {
    const [order, partner] = await Promise.all([loadOrder(knex, number), findPartner(knex, code)]);
    const rule = order?.shop.partners;
    if (!order || !rule) return null;
    const { handOvers } = order.state.context;
    const open = handOvers.filter((each) => each.partner === code && isOpen(each));
    return open.length > 0 ? { rule, terms: partner?.terms ?? {}, handOvers: open } : null;
  }
  return {
    /** What the order waits for from the partner; null when that is nothing. */
    lookAtHandOvers: (input: FulfilmentInput): Promise<Outlook | null> =>
      retryTheWorld(() => outlookOf(input)),

    /** Tells the order that a time has passed; it takes effect once, and not at all if it is too late. */
    tellOfPartner: ({ order, partner }: FulfilmentInput, next: Next): Promise<void> =>
      retryTheWorld(() => {
        const { does, handOver, stage } = next;
        const id = `fulfilment ${partner} ${handOver} ${stage} ${does}`;
        return report(order, { type: does, handOver, stage }, { id });
      }),
  };
}
