import type { Download } from '../../machines/events';

/** Digital lines of an order that somebody has to deliver. */
export interface DigitalOrder {
  /** Lasting: the same at every try of this request and of no other. */
  readonly key: string;
  readonly order: string;
  readonly customer: { readonly email?: string; readonly name?: string };
  readonly lines: readonly {
    readonly id: string;
    readonly sku: string;
    readonly upc?: string;
    readonly title: string;
    readonly quantity: number;
  }[];
  /** True when all was delivered before and only new links are asked for. */
  readonly renews: boolean;
}

/** `refused`: for good, until people have put it right and ask once more. */
export type Fulfilled =
  | {
      readonly outcome: 'delivered';
      readonly downloads: readonly Download[];
      /** The provider's own. */
      readonly reference?: string;
    }
  | { readonly outcome: 'refused'; readonly why: string };

/** Whoever delivers what is not sent by post: files, licences, tickets. */
export interface DigitalProvider {
  /** Delivers once under the key, however often it is asked; throws to be asked again. */
  fulfil(asked: DigitalOrder): Promise<Fulfilled>;
}
