import type { Chosen } from '../../db/reconciling/orders';
import type { Difference } from '../../machines/reconciling/difference';
import { retryTheWorld } from '../failures';
import { createLooking, type Looked, type LookingDependencies } from './looking';

export type ReconcilingDependencies = Pick<LookingDependencies, 'comparing' | 'isAwake'>;

interface Surroundings extends LookingDependencies {
  /** Tells Temporal that the attempt is alive. */
  readonly heartbeat: () => void;
}

const HEARTBEAT_EVERY_MS = 5_000;

/** The comparing of what is kept in two places, part by part. */
export function createReconciling({ heartbeat, ...dependencies }: Surroundings) {
  const looking = createLooking(dependencies);

  const alive = async <T>(work: () => Promise<T>): Promise<T> => {
    const beat = setInterval(heartbeat, HEARTBEAT_EVERY_MS);
    try {
      return await retryTheWorld(work);
    } finally {
      clearInterval(beat);
    }
  };

  return {
    /** Looks at some orders behind one; changes nothing. */
    lookAtOrders: (chosen: Chosen, after: string, limit: number): Promise<Looked> =>
      alive(() => looking.lookOn(chosen, after, limit)),

    /** Looks at what orders share; changes nothing. */
    lookAtShared: (): Promise<readonly Difference[]> => alive(() => looking.lookAtShared()),
  };
}
