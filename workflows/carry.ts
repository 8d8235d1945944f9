import { upToDate, type OrderState } from '../machines/state';
import type { Shop } from '../machines/table';
import type { MessageResult } from './messages';

/** What an order takes along when it continues as a new run: JSON, and small. */
export interface Carry {
  /** Of this shape; an older one is brought up to it by `unpack`. */
  readonly revision: 1;
  readonly shop: Shop;
  readonly state: OrderState;
  readonly seq: number;
  readonly version: number;
  /** Answers to recent messages, so that a repeated one gets the first answer. */
  readonly answered: readonly MessageResult[];
}

/** How many recent answers are remembered and carried. */
export const REMEMBERED = 50;

/** Reads what an earlier run, perhaps of an earlier release, took along. */
export function unpack(carry: Carry): Carry {
  return { ...carry, state: upToDate(carry.state) };
}
