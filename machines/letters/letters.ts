import type { Address, Tracking } from '../events';

/** The version of everything in this file; a change that a partner could notice is a new one. */
export const LETTERS = 1;

/** A line in the partner's own words. */
export interface LetterLine {
  /** The shop's id of the line, which the partner names when it answers. */
  readonly id: string;
  /** The partner's own SKU, or the shop's where it has none. */
  readonly sku: string;
  readonly shopSku: string;
  readonly upc?: string;
  readonly title: string;
  readonly quantity: number;
  /** The partner's own reference of the line. */
  readonly reference?: string;
  readonly notes?: string;
}

interface Heading {
  readonly version: typeof LETTERS;
  /** Lasting: the same at every attempt; also the header `webhook-id`. */
  readonly id: string;
  readonly partner: string;
  readonly order: string;
  readonly handOver: string;
  /** Counts what this partner was told of this order: 1, 2, … without a gap. */
  readonly sequence: number;
  /** ISO 8601. */
  readonly at: string;
}

/** What a partner is told. */
export type Letter =
  | (Heading & {
      readonly type: 'order';
      readonly shipTo?: Address;
      readonly customer: { readonly name?: string };
      /** The way of shipping that the customer chose. */
      readonly shipping?: { readonly code: string; readonly name: string };
      readonly lines: readonly LetterLine[];
      /** Until when an answer, and the last unit, is expected. */
      readonly answerBy?: string;
      readonly shipBy?: string;
    })
  | (Heading & {
      readonly type: 'cancellation';
      /** Units that are not to be sent any more. */
      readonly lines: readonly Pick<LetterLine, 'id' | 'sku' | 'quantity'>[];
      readonly reason: string;
    })
  | (Heading & {
      readonly type: 'reminder';
      readonly waitsFor: 'answer' | 'parcels';
      readonly since: string;
      /** Units that have not left. */
      readonly lines: readonly Pick<LetterLine, 'id' | 'sku' | 'quantity'>[];
    });

/** What a partner is sent to try the way to it; it is about no order, and wants no answer but a 2xx. */
export type TestLetter = Pick<Heading, 'version' | 'id' | 'partner' | 'at'> & {
  readonly type: 'test';
};

export function testLetter(of: Pick<TestLetter, 'id' | 'partner' | 'at'>): TestLetter {
  return { version: LETTERS, type: 'test', ...of };
}

/** Units in a partner's message: by the line's id or by the partner's own SKU; all that is left without a quantity. */
export interface SaidUnits {
  readonly id?: string;
  readonly sku?: string;
  readonly quantity?: number;
}

/** What a partner says, in a callback or a feed. */
export interface Said {
  /** Lasting: what a repetition is known by, for good. The header `webhook-id` of a callback is the same. */
  readonly id: string;
  readonly type: 'accepted' | 'declined' | 'shipped' | 'cancelled' | 'returned';
  readonly order: string;
  readonly at?: string;
  /** The partner's own reference: of the order, or of the parcel. */
  readonly reference?: string;
  /** All of its lines when absent. */
  readonly lines?: readonly SaidUnits[];
  readonly tracking?: Tracking;
  readonly reason?: string;
}
