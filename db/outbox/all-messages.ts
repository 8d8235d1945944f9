import type { Knex } from 'knex';
import { limitOf, paged, positionIn, type Page, type Paged } from '../cursor';
import { listed, owedMessages, type ListedMessage, type MessageStatus } from './messages';

/** Which messages; every part given must hold. */
export interface MessageFilter {
  readonly status?: readonly MessageStatus[];
  readonly kind?: readonly string[];
  /** The order's. */
  readonly number?: string;
  /** The whole address that it goes to, in whatever case. */
  readonly to?: string;
}

/** The messages of all orders, newest first. Throws BadCursor. */
export async function listAllMessages(
  knex: Knex,
  { status, kind, number, to }: MessageFilter,
  page: Page = {},
): Promise<Paged<ListedMessage>> {
  const limit = limitOf(page);
  const query = owedMessages(knex)
    .orderBy([
      { column: 'o.created_at', order: 'desc' },
      { column: 'o.id', order: 'desc' },
    ])
    .limit(limit + 1);
  if (status) {
    query.where((either) => {
      either.whereIn('m.status', status);
      // What is not written yet has no row of its own, and waits.
      if (status.includes('waiting')) either.orWhereNull('m.id');
    });
  }
  if (kind) query.whereIn('o.kind', kind);
  if (number !== undefined) query.where('o.order_number', number);
  if (to !== undefined) query.whereRaw('lower(m.recipient) = lower(?)', [to]);
  if (page.after !== undefined) {
    const [createdAt, id] = positionIn(page.after, 2) as [string, string];
    query.whereRaw('(o.created_at, o.id) < (?::timestamptz, ?::uuid)', [createdAt, id]);
  }
  const rows = (await query.select<ListedMessage[]>(listed)) as ListedMessage[];
  return paged(rows, limit, ({ createdAt, id }) => [createdAt, id]);
}
