import type { Duration } from '../duration';

export interface StockRule {
  /** The rule for where the units of an order are held: `fewest-parcels` unless said, `priority`, or one of the shop's own. */
  readonly allocation?: string;
  /** How long an order that nobody has authorised or paid keeps its stock; as long as it is open unless said. */
  readonly reservedFor?: Duration;
}
