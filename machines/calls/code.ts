import type { Actor, Placement } from '../events';
import type { CallCause } from '../facts';
import type { LineState, Shipment } from '../state';
import type { Json, ShopCalling } from '../table';

/** What the shop's own code is told with a call. */
export interface EffectPayload {
  /** Lasting: the same at every try of this call and of no other, for whatever is asked to do things once. */
  readonly key: string;
  readonly name: string;
  /** What the table gave along. */
  readonly with?: Json;
  /** What the call is about: a status, a shipping event, a payment event, or another effect's answer. */
  readonly about: CallCause;
  /** The event that caused it. */
  readonly event: {
    readonly id: string;
    readonly type: string;
    readonly at: string;
    readonly actor: Actor;
  };
  /** The order as it is while the code runs. */
  readonly order: {
    readonly number: string;
    readonly status: string;
    readonly placement: Placement;
    readonly lines: readonly LineState[];
    readonly shipments: readonly Shipment[];
  };
}

export interface EffectSurroundings {
  /** Aborted when the try has taken too long; it is tried again under the same key. */
  readonly signal: AbortSignal;
  /** Writes to the worker's log. */
  readonly log: (says: string) => void;
  /** Ends the call for good: trying again would not help. */
  readonly fail: (why: string) => never;
}

/** One of the shop's own effects as code: answers with JSON or nothing, and throws to be tried again. */
export type EffectCode = (
  payload: EffectPayload,
  surroundings: EffectSurroundings,
) => Promise<Json | void> | Json | void;

export type EffectCodes = Readonly<Record<string, EffectCode>>;

/** The code of a shop's own effects; one that the table does not declare, or lacks its code, does not compile. */
export function defineEffects<Effect extends string>(
  _shop: ShopCalling<Effect>,
  code: { readonly [name in NoInfer<Effect>]: EffectCode },
): EffectCodes {
  return code;
}
