import type { PaymentStatus } from '../../machines/payment/balance';

/** An order as a list shows it; amounts in minor units. */
export interface OrderRow {
  readonly number: string;
  readonly version: number;
  readonly status: string;
  readonly paymentStatus: PaymentStatus;
  readonly shippingSummary: string;
  readonly onHold: boolean;
  readonly needsAttention: boolean;
  readonly openReturns: number;
  readonly currency: string;
  readonly total: { readonly exclTax: number; readonly inclTax: number };
  readonly authorised: number;
  readonly captured: number;
  readonly refunded: number;
  readonly balance: number;
  readonly customer: { readonly name: string | null; readonly email: string | null };
  /** Units that are not cancelled. */
  readonly units: number;
  readonly placedAt: string;
  readonly updatedAt: string;
  /** Since when it has its status. */
  readonly statusSince: string;
  readonly source: string | null;
}

export const columns = {
  number: 'o.number',
  version: 'o.version',
  status: 'o.status',
  paymentStatus: 'o.payment_status',
  shippingSummary: 'o.shipping_summary',
  onHold: 'o.on_hold',
  needsAttention: 'o.needs_attention',
  openReturns: 'o.open_returns',
  currency: 'o.currency',
  exclTax: 'o.total_excl_tax',
  inclTax: 'o.total_incl_tax',
  authorised: 'o.authorised',
  captured: 'o.captured',
  refunded: 'o.refunded',
  balance: 'o.balance',
  name: 'o.customer_name',
  email: 'o.customer_email',
  units: 'o.units',
  placedAt: 'o.placed_at',
  updatedAt: 'o.updated_at',
  statusSince: 'o.status_since',
  source: 'o.source',
};

export type StoredRow = Omit<OrderRow, 'total' | 'customer'> & {
  readonly exclTax: number;
  readonly inclTax: number;
  readonly name: string | null;
  readonly email: string | null;
};

export function shownRow({ exclTax, inclTax, name, email, ...row }: StoredRow): OrderRow {
  return { ...row, total: { exclTax, inclTax }, customer: { name, email } };
}
