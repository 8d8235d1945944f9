import type { CountedUnits } from '../events';

/** Units of a line that a partner was asked to send, less those that were cancelled or taken from it since. */
export interface HandedUnits extends CountedUnits {
  /** Units among them that have left. */
  readonly sent: number;
}

/** Units that one partner was asked to send. */
export interface HandOver {
  /** Its name among the order's, for good: `p1`, `p2`, … */
  readonly id: string;
  readonly partner: string;
  readonly lines: readonly HandedUnits[];
  /** When it was asked. */
  readonly since: string;
  /**
   * `withdrawn`: given to another partner, or wholly cancelled, before it was sent. `fulfilled`: whatever
   * was not cancelled has left.
   */
  readonly stage: 'asked' | 'accepted' | 'declined' | 'withdrawn' | 'fulfilled';
  /** When the present stage began. */
  readonly stageSince: string;
  /** The partner's own reference of it. */
  readonly reference?: string;
  /** What was done about its slowness in the present stage. */
  readonly slow?: 'reminded' | 'escalated' | 'given up';
  /** When that was done. */
  readonly slowSince?: string;
  /** The hand-over that it takes the place of. */
  readonly instead?: string;
}

export type Stage = HandOver['stage'];
