import type { CountedUnits } from '../events';

/** Units that one partner was asked to send; what has been cancelled since is taken off. */
export interface HandOver {
  /** Its name among the order's, for good: `p1`, `p2`, … */
  readonly id: string;
  readonly partner: string;
  readonly lines: readonly CountedUnits[];
  /** When it was asked. */
  readonly since: string;
  /** `withdrawn`: given to another partner, or wholly cancelled, before it was sent. */
  readonly stage: 'asked' | 'accepted' | 'declined' | 'withdrawn' | 'fulfilled';
  /** When the present stage began. */
  readonly stageSince: string;
  /** The partner's own reference of it. */
  readonly reference?: string;
  /** What was done about its slowness in the present stage. */
  readonly slow?: 'reminded' | 'escalated' | 'given up';
  /** The hand-over that it takes the place of. */
  readonly instead?: string;
}
