/** How orders that bring no number are numbered: a prefix, then a counter. */
export interface NumberScheme {
  /** `{year}` and `{month}` stand for those of the day on which the number is made, in UTC. */
  readonly prefix: string;
  readonly from: number;
  /** Digits of the counter at least, with zeros in front. */
  readonly digits?: number;
  /** The counter begins again at `from` each year or month; it never does when absent. */
  readonly each?: 'year' | 'month';
}

export interface VoucherRule {
  /** Whether the use counts on when every unit of its order has been cancelled. */
  readonly whenCancelled: 'given-back' | 'kept';
}
