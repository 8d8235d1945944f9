import { written } from '../../machines/money';
import type { OrderView } from '../../machines/views/order';
import { blocksOf } from './markdown';

/** What came of one request, however it was sent. */
export interface Outcome {
  /** A sentence for each thing that happened. */
  readonly says: readonly string[];
  readonly refusal?: { readonly code: string; readonly detail: string };
  readonly order?: Pick<OrderView, 'number' | 'status' | 'currency' | 'payment' | 'shipping'>;
}

export interface Shelf {
  readonly inStock: number;
  readonly allocated: number;
}

/** Something that orders can be placed with: the bare machine, or a running system. */
export interface Counter {
  stocktake(sku: string, count: { readonly inStock: number }): Promise<void>;
  place(order: Record<string, unknown>): Promise<Outcome>;
  send(number: string, command: Record<string, unknown>): Promise<Outcome>;
  shelf(sku: string): Promise<Shelf>;
}

/** One request that a document tells the reader to make, with the outcome written below it. */
export interface Step {
  readonly kind: 'place' | 'command' | 'stock';
  readonly sku?: string;
  readonly body: Record<string, unknown>;
  /** The document's own words; undefined where it says nothing. */
  readonly expected?: string;
  readonly heading: string;
  readonly at: string;
}

/**
 * The requests of a document: blocks of `json place`, `json stock <SKU>` and plain `json`, which is a
 * command to the order placed last. A block of `text` right after one is its outcome.
 */
export function stepsOf(path: string): Step[] {
  const blocks = blocksOf(path);
  return blocks.flatMap(({ language, words: [kind, sku], text, heading, at }, index): Step[] => {
    if (language !== 'json' || kind === 'other') return [];
    const next = blocks[index + 1];
    const expected = next?.language === 'text' ? { expected: next.text } : {};
    const body = JSON.parse(text) as Step['body'];
    const is = kind === 'place' || kind === 'stock' ? kind : 'command';
    return [{ kind: is, ...(sku !== undefined && { sku }), body, ...expected, heading, at }];
  });
}

/** An outcome as the documents write it. */
export function told({ says, refusal, order }: Outcome, shelves: Record<string, Shelf>): string {
  if (refusal) return [`refused: ${refusal.code}`, refusal.detail].join('\n');
  if (says.length === 0 || !order) return 'nothing changed';
  const { status, payment, currency, shipping } = order;
  const stock = Object.entries(shelves).map(
    ([sku, { inStock, allocated }]) => `${sku} ${inStock} in stock, ${allocated} allocated`,
  );
  const rest =
    payment.balance < 0
      ? `${written(-payment.balance, currency)} to give back`
      : `${written(payment.balance, currency)} to pay`;
  return [
    ...says.map((sentence) => `- ${sentence}`),
    `= ${status}; ${payment.status}, ${rest}; shipping: ${shipping.summary}`,
    `= ${stock.join('; ')}`,
  ].join('\n');
}

interface Line {
  readonly sku: string;
}

/** Makes the requests of a document one after another, as its reader would. */
export class Day {
  private number = '';
  private skus: readonly string[] = [];

  constructor(private readonly counter: Counter) {}

  /** Makes one request and writes its outcome as the documents do. */
  async make({ kind, sku = '', body }: Step): Promise<string> {
    if (kind === 'stock') {
      await this.counter.stocktake(sku, body as { inStock: number });
      return '';
    }
    const outcome = await this.perform(kind, body);
    const shelves = await Promise.all(
      this.skus.map(async (each) => [each, await this.counter.shelf(each)] as const),
    );
    return told(outcome, Object.fromEntries(shelves));
  }

  private async perform(kind: 'place' | 'command', body: Step['body']): Promise<Outcome> {
    if (kind === 'command') return this.counter.send(this.number, body);
    this.skus = [...new Set((body.lines as Line[]).map((line) => line.sku))];
    const outcome = await this.counter.place(body);
    this.number = outcome.order?.number ?? '';
    return outcome;
  }
}
