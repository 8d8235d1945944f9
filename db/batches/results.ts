import type { Knex } from 'knex';
import type { Refusal } from '../../machines/refusals';
import { limitOf, paged, positionIn, type Page, type Paged } from '../cursor';
import type { BatchOutcome } from './batches';

/** What became of a batch's command at one order. */
export interface BatchResult {
  readonly number: string;
  readonly outcome: BatchOutcome;
  readonly refusal: Refusal | null;
  /** Why it failed. */
  readonly why: string | null;
  /** How often it was begun. */
  readonly tries: number;
  readonly at: string | null;
}

interface Row extends BatchResult {
  readonly position: number;
}

/** A result for each order of a batch, in the order in which they are worked on. Throws BadCursor. */
export async function listResults(
  knex: Knex,
  batch: string,
  { outcome, ...page }: Page & { readonly outcome?: readonly string[] },
): Promise<Paged<BatchResult>> {
  const limit = limitOf(page);
  const query = knex('batch_orders')
    .where({ batch })
    .orderBy('position')
    .limit(limit + 1)
    .select<Row[]>('position', 'outcome', 'refusal', 'why', 'tries', 'at', {
      number: 'order_number',
    });
  if (outcome) query.whereIn('outcome', outcome);
  if (page.after !== undefined) query.where('position', '>', positionIn(page.after, 1)[0] ?? '0');
  const found = (await query) as Row[];
  const { rows, next } = paged(found, limit, ({ position }) => [String(position)]);
  return { next, rows: rows.map(({ position: _, ...row }) => row) };
}
