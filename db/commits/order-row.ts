import type { Fact } from '../../machines/facts';
import type { Commit } from '../../machines/history';
import { storedTime } from './rows';

/** What an order's row says anew with each commit, and each column's type. */
export const changing = {
  seq: 'integer',
  version: 'integer',
  status: 'text',
  payment_status: 'text',
  shipping_summary: 'text',
  on_hold: 'boolean',
  needs_attention: 'boolean',
  open_returns: 'integer',
  authorised: 'bigint',
  captured: 'bigint',
  refunded: 'bigint',
  voided: 'bigint',
  pending: 'bigint',
  balance: 'bigint',
  units: 'bigint',
  owed: 'bigint',
  status_since: 'timestamptz',
  updated_at: 'timestamptz',
  state: 'jsonb',
} as const;

/** What it says for good. */
export const lasting = {
  currency: 'text',
  total_excl_tax: 'bigint',
  total_incl_tax: 'bigint',
  customer_name: 'text',
  customer_email: 'text',
  placed_at: 'timestamptz',
  source: 'text',
  shop_hash: 'text',
} as const;

type Row<Columns> = Readonly<Record<keyof Columns, unknown>>;

export function changingRow({
  after,
  events,
  version,
  summary,
  state,
}: Commit): Row<typeof changing> {
  const { status, paymentStatus, shippingSummary, onHold, needsAttention, balance } = summary;
  const { authorised, captured, refunded, voided, pending, owed } = balance;
  const updatedAt = events.at(-1)?.event.at ?? state.context.statusSince;
  const { openReturns = 0 } = summary;
  return {
    seq: after + events.length,
    version,
    status,
    payment_status: paymentStatus,
    shipping_summary: shippingSummary,
    on_hold: onHold,
    needs_attention: needsAttention,
    open_returns: openReturns,
    ...{ authorised, captured, refunded, voided, pending, balance: balance.balance },
    units: summary.kept.reduce((units, kept) => units + kept, 0),
    owed,
    status_since: storedTime(state.context.statusSince || updatedAt),
    updated_at: storedTime(updatedAt),
    state,
  };
}

export function lastingRow({ state }: Commit, shopHash: string): Row<typeof lasting> {
  const { placement } = state.context;
  if (!placement) throw new TypeError('An order that was not placed cannot be stored.');
  const { currency, total, customer, placedAt, source } = placement;
  return {
    currency,
    total_excl_tax: total.exclTax,
    total_incl_tax: total.inclTax,
    customer_name: customer.name,
    customer_email: customer.email,
    placed_at: storedTime(placedAt),
    source,
    shop_hash: shopHash,
  };
}

/** Every line as it is placed; what an order's lines are never changes after. */
export function lineRows({ state, summary }: Commit): object[] {
  const { lines: placed = [], placedAt = '' } = state.context.placement ?? {};
  return placed.map((line, position) => {
    const { id, sku, upc, title, kind, quantity } = line;
    const partner = summary.partners?.[position] ?? line.partner;
    const { status, allocated, backordered, consumed } = state.context.lines[position] ?? {};
    const agreed = { position, line_id: id, sku, upc, title, partner, kind, quantity };
    const kept = summary.kept[position] ?? quantity;
    const stock = { allocated, backordered, consumed };
    return { ...agreed, placed_at: storedTime(placedAt), status, ...stock, kept };
  });
}

/** Facts after which a line's row says something else. */
const moving = ['stock', 'shipping-event', 'handed-over', 'hand-over-moved'] as const;
type Moving = Extract<Fact, { type: (typeof moving)[number] }>;

function movesLines(fact: Fact): fact is Moving {
  return moving.some((type) => type === fact.type);
}

/** The lines that the commit's facts say have changed, as they are now. */
export function changedLineRows({ state, summary, events }: Commit): object[] {
  const changed = new Set(
    events.flatMap(({ facts }) =>
      facts.flatMap((fact) => {
        if (fact.type === 'line-status') return fact.line;
        return movesLines(fact) ? fact.lines.map(({ id }) => id) : [];
      }),
    ),
  );
  const placed = state.context.placement?.lines ?? [];
  return state.context.lines
    .map(({ id, status, allocated, backordered, consumed }, position) => {
      const kept = summary.kept[position];
      const partner = summary.partners?.[position] ?? placed[position]?.partner;
      return { line_id: id, partner, status, allocated, backordered, consumed, kept };
    })
    .filter(({ line_id: id }) => changed.has(id));
}
