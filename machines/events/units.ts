/** Units of a line; no quantity means all that the command can still reach. */
export interface Units {
  readonly id: string;
  readonly quantity?: number;
}

/** Units of a line, counted. */
export interface CountedUnits {
  readonly id: string;
  readonly quantity: number;
}

/** What came back of a line: without a count, all that is awaited of it, and good. */
export interface ReceivedUnits {
  readonly id: string;
  readonly good?: number;
  readonly damaged?: number;
  /** Whether the good ones go back to the shelf; as the shop's table has it when absent. */
  readonly restock?: boolean;
}

export interface Tracking {
  readonly carrier?: string;
  readonly number: string;
}

/** One thing that a customer may fetch, and until when. */
export interface Download {
  readonly line: string;
  /** As the customer sees it. */
  readonly name: string;
  readonly url: string;
  readonly expiresAt?: string;
}
