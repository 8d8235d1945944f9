import type { Knex } from 'knex';
import type { Refusal } from '../../machines/refusals';
import { limitOf, paged, positionIn, type Page, type Paged } from '../cursor';

/** A message between the shop and a partner, and what became of it. */
export interface PartnerMessage {
  /** `out`: the shop told the partner; `in`: the partner told the shop. */
  readonly direction: 'out' | 'in';
  /** Lasting; what the sender made of it. */
  readonly id: string;
  readonly type: string;
  /** null for what is about none, such as a test. */
  readonly order: string | null;
  /** Counts what the partner was told of this order; null for what it said. */
  readonly sequence: number | null;
  readonly status: 'waiting' | 'delivered' | 'failed' | 'stopped' | 'parked' | 'done' | 'refused';
  readonly why: string | null;
  /** How often it was tried: sent out, or put to the order. */
  readonly tries: number;
  /** How often the partner sent it again. */
  readonly repeated: number;
  /** Where it is in the order's history, once the order took or refused it. */
  readonly seq: number | null;
  /** When it was written, or came in. */
  readonly at: string;
  readonly nextAt: string | null;
  readonly settledAt: string | null;
}

export interface MessageFilter {
  readonly direction?: 'out' | 'in';
  readonly order?: string;
  readonly status?: readonly string[];
}

export interface WholePartnerMessage extends PartnerMessage {
  /** As it is sent, or as it came in. */
  readonly body: string;
  readonly refusal: Refusal | null;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const OUT = `
  select 'out' as direction, id::text, type, order_number, sequence, status, why, attempts as tries,
    0 as repeated, null::integer as seq, created_at as at, next_at, settled_at,
    body, null::jsonb as refusal
  from deliveries where kind = 'partner' and target = :code`;

const IN = `
  select 'in' as direction, id, type, order_number, null::integer as sequence, status, why, tries,
    repeated, seq, received_at as at, case when settled_at is null then next_at end as next_at,
    settled_at,
    said::text as body, refusal
  from partner_inbox where partner = :code`;

const shown = `direction, id, type, order_number as "order", sequence, status, why, tries, repeated,
  seq, at, next_at as "nextAt", settled_at as "settledAt"`;

/** One page of what a partner was told and said, newest first. Throws BadCursor. */
export async function listPartnerMessages(
  knex: Knex,
  code: string,
  filter: MessageFilter,
  page: Page = {},
): Promise<Paged<PartnerMessage>> {
  const limit = limitOf(page);
  const { direction, order, status } = filter;
  const [at, way, id] = page.after === undefined ? [] : positionIn(page.after, 3);
  const conditions = [
    ...(order === undefined ? [] : ['order_number = :order']),
    ...(status === undefined ? [] : ['status = any(:status)']),
    ...(at === undefined ? [] : ['(at, direction, id) < (:at::timestamptz, :way, :id)']),
  ];
  const where = conditions.length > 0 ? `where ${conditions.join(' and ')}` : '';
  const ways = [...(direction === 'in' ? [] : [OUT]), ...(direction === 'out' ? [] : [IN])].map(
    (each) => `(${part(each, where)})`,
  );
  const { rows } = await knex.raw<{ rows: PartnerMessage[] }>(
    `select ${shown} from (${ways.join(' union all ')}) as m
     order by at desc, direction desc, id desc limit :most`,
    // What is not asked for is not in the statement, and its binding goes unread.
    { code, most: limit + 1, order, status, at, way, id } as unknown as Knex.ValueDict,
  );
  return paged(rows, limit, (row) => [row.at, row.direction, row.id]);
}

/** Each way is cut before both are put together, so that a long log is not read to its end. */
function part(way: string, where: string): string {
  return `select * from (${way}) as w ${where} order by at desc, direction desc, id desc limit :most`;
}

/** One message with its body; undefined when the partner has none of this id that way. */
export async function readPartnerMessage(
  knex: Knex,
  code: string,
  id: string,
  direction: 'out' | 'in',
): Promise<WholePartnerMessage | undefined> {
  if (direction === 'out' && !UUID.test(id)) return undefined;
  const way = direction === 'out' ? `${OUT} and id = :id::uuid` : `${IN} and id = :id`;
  const { rows } = await knex.raw<{ rows: WholePartnerMessage[] }>(
    `select ${shown}, body, refusal from (${way}) as m`,
    { code, id },
  );
  return rows[0];
}
