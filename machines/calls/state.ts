import type { CountedUnits } from '../events';

/** Rules of the shop that were gone over on purpose, in sentences; none when nothing stood in the way. */
export interface Override {
  readonly reason: string;
  readonly by: string;
  readonly rules: readonly string[];
}

/** A call of one of the shop's own effects that is not answered yet. */
export interface Call {
  /** The lasting key under which it is made. */
  readonly id: string;
  readonly name: string;
  readonly since: string;
}

/** Units that the digital provider was asked to fulfil. */
export interface DigitalRequest {
  readonly id: string;
  /** The shipping event type that they pass when it has. */
  readonly event: string;
  readonly lines: readonly CountedUnits[];
  readonly since: string;
  /** True when the units passed long ago and only their links are made anew. */
  readonly renews?: boolean;
  /** Why it could not, until people ask again. */
  readonly failed?: string;
}
