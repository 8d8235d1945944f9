import type { Command } from '../events';

/** How a difference is mended: by the order's own command, by another one, by waking it, in the stock ledger, in the outbox, or by people alone. */
export type RepairBy = 'reconcile' | 'command' | 'wake' | 'stock' | 'outbox' | 'people';

export interface Repair {
  readonly by: RepairBy;
  readonly says: string;
  /** The command that mends it. */
  readonly command?: Command;
}

/** Something that is kept in two places and is not the same in both. */
export interface Difference {
  /** Stable: the same difference has the same id in each run. */
  readonly id: string;
  readonly code: DifferenceCode;
  readonly order?: string;
  readonly sku?: string;
  readonly location?: string;
  /** What is there, and what should be. */
  readonly there: unknown;
  readonly expected: unknown;
  readonly says: string;
  readonly repair: Repair;
}

/** Every way in which what is kept can differ, and what it means. */
export const differenceCodes = {
  'order-row': 'The order’s row is not what its state says.',
  'line-row': 'A line’s row is not what the state says.',
  'task-row': 'A task is open in one place and not in the other, or says something else.',
  'state-fold': 'The state is not where the history leads.',
  'history-gap': 'The history has a gap, or does not end where the order says.',
  'ledger-payment': 'The ledger and the state have different amounts of a payment.',
  'ledger-bill': 'The ledger and the state have different bills.',
  'call-without-row': 'A gateway moved money for us that is not in the ledger.',
  'row-without-call': 'The ledger has a movement under a key that no gateway was called with.',
  'call-amount': 'The ledger and the call have different amounts.',
  'call-unsettled': 'Nobody knows for more than a day what became of a call.',
  'gateway-only': 'The gateway moved money of which we know nothing.',
  'gateway-missing': 'The ledger has a movement that the gateway does not have.',
  'gateway-amount': 'The ledger and the gateway have different amounts.',
  'stock-counter': 'A counter of a stock record is not the sum of its ledger.',
  'stock-held': 'A stock record holds more or less than the orders have of it.',
  'stock-allocation': 'The shelves hold another number of units for a line than the order has.',
  'outbox-missing': 'Something that the order owes to the outside was never written down to leave.',
  'outbox-waiting': 'Something waits to leave for more than an hour.',
  'left-over': 'Money was to move, and nobody has sent it or heard of it.',
  asleep: 'The order waits for something, and its workflow does not run.',
} as const;

export type DifferenceCode = keyof typeof differenceCodes;

/** A difference of an order; `about` tells it from others of its code. */
export function differenceOf(
  order: string,
  code: DifferenceCode,
  about: string,
  rest: Pick<Difference, 'there' | 'expected' | 'says' | 'repair'>,
): Difference {
  return { id: [code, order, about].filter((part) => part !== '').join(':'), code, order, ...rest };
}

/** What an order's own command mends. */
export const writeAnew: Repair = {
  by: 'reconcile',
  says: 'Write it anew from the order’s state.',
};

/** What only people can mend. */
export function byPeople(says: string): Repair {
  return { by: 'people', says };
}
