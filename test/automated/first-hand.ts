import type { Knex } from 'knex';
import { sum } from '../../machines/money';
import type { Finding } from '../../scripts/automated/audit';
import type { Evidence } from '../../scripts/automated/evidence';
import type { MailServer } from '../mail/mail-server';

/** Units that were recorded for a line, by the shipping event they were recorded with. */
interface Recorded {
  readonly order: string;
  readonly line: string;
  readonly ordered: number;
  readonly sent: number;
  readonly dropped: number;
}

const LINES = `
  select l.order_number as "order", l.line_id as line, l.quantity::int as ordered,
    coalesce(sum((u ->> 'quantity')::int) filter (where e.type = 'Sent'), 0)::int as sent,
    coalesce(sum((u ->> 'quantity')::int) filter (where e.type = 'Dropped'), 0)::int as dropped
  from order_lines l
  left join (shipping_events e cross join lateral jsonb_array_elements(e.lines) u)
    on e.order_number = l.order_number and u ->> 'id' = l.line_id
  group by l.order_number, l.line_id, l.quantity`;

interface Moved {
  readonly order: string;
  readonly sku: string;
  readonly wanted: number;
  readonly sent: number;
  readonly consumed: number;
  readonly held: number;
}

/** What the stock's ledger says was taken for an order, beside what its shipping events say. */
const STOCK = `
  select s.order_number as "order", s.sku, -sum(s.in_stock_delta)::int as consumed,
    sum(s.allocated_delta)::int as held, (select coalesce(sum((u ->> 'quantity')::int), 0)::int
      from order_lines l join shipping_events e on e.order_number = l.order_number and e.type = 'Sent'
      cross join lateral jsonb_array_elements(e.lines) u
      where l.order_number = s.order_number and l.sku = s.sku and u ->> 'id' = l.line_id) as sent
  from stock_ledger s where s.order_number is not null group by s.order_number, s.sku`;

const GAPS = `
  select order_number as "order" from events group by order_number
  having count(*) <> max(seq) or min(seq) <> 1 or count(distinct event_id) <> count(*)`;

const OPEN = `
  select topic || ' ' || kind || ' of ' || coalesce(order_number, 'none') as what
  from outbox where started_at is null
  union all select 'said ' || type || ' of ' || coalesce(order_number, 'none') || ': ' || status
  from partner_inbox where settled_at is null
  union all select 'letter ' || type || ' of ' || coalesce(order_number, 'none')
  from deliveries where settled_at is null`;

async function rows<Row>(knex: Knex, sql: string): Promise<Row[]> {
  return ((await knex.raw(sql)) as { rows: Row[] }).rows;
}

/** What the database's own rows say: every unit left or was dropped once, stock moved with it, nothing is open. */
export async function databaseFinding(knex: Knex): Promise<Finding> {
  const lines = await rows<Recorded>(knex, LINES);
  const stock = await rows<Moved>(knex, STOCK);
  const gaps = await rows<{ order: string }>(knex, GAPS);
  const open = await rows<{ what: string }>(knex, OPEN);
  const total = (name: 'ordered' | 'sent' | 'dropped') => sum(lines.map((each) => each[name]));
  return {
    about: 'rows of the database',
    figures: `${total('ordered')} units: ${total('sent')} sent, ${total('dropped')} dropped`,
    faults: [
      ...lines
        .filter(({ ordered, sent, dropped }) => sent + dropped !== ordered)
        .map((l) => `${l.order}/${l.line}: ${l.ordered}, ${l.sent} sent, ${l.dropped} dropped`),
      ...stock
        .filter(({ consumed, sent, held }) => consumed !== sent || held !== 0)
        .map((s) => `${s.order} ${s.sku}: ${s.consumed} taken, ${s.sent} sent, ${s.held} held`),
      ...gaps.map(({ order }) => `${order}: its history has a gap, or an event twice`),
      ...open.map(({ what }) => `${what} is still open`),
    ],
  };
}

/** One mail for each parcel, by the id that every repetition of a mail has. */
export function mailsFinding({ orders }: Evidence, { mails }: MailServer): Finding {
  const parcels = orders.flatMap(({ shipments }) =>
    shipments.flatMap(({ event, tracking }) =>
      event === 'Sent' && tracking ? tracking.number : [],
    ),
  );
  const ofParcel = (number: string) =>
    new Set(
      mails
        .filter(({ text = '' }) => text.includes(`Tracking number: ${number} `))
        .map(({ messageId }) => messageId),
    ).size;
  return {
    about: 'mail to customers',
    figures: `${mails.length} mails for ${parcels.length} parcels`,
    faults: parcels
      .filter((number) => ofParcel(number) !== 1)
      .map((number) => `parcel ${number} was told of in ${ofParcel(number)} mails`),
  };
}
