import { dueOf, type Due } from '../deciding/due';
import type {
  Address,
  Charge,
  Discount,
  Download,
  PlacedLine,
  Placement,
  Price,
  StatedTotals,
  Tax,
} from '../events';
import { reachOf } from '../fulfilment/reach';
import { countUnits, type UnitCounts } from '../fulfilment/units';
import { shippingSummary, type StoredOrder } from '../history';
import type { Balance, PaymentStatus } from '../payment/balance';
import { partnerOf } from '../partners/lines';
import { viewHandOver, type HandOverView } from '../partners/view';
import { nextStatuses } from '../pipeline';
import { awaitedUnits } from '../returns/counts';
import { viewReturn, type ReturnView } from '../returns/view';
import { agreed, eachLine, passed } from '../state';
import type { Hold, LineState, Note, OrderContext, Told } from '../state';
import type { Shop, Tone } from '../table';
import { paymentTone, shippingTone, statusTone } from './tones';
import { viewTask, type TaskView } from '../tasks/ways';
import { viewMoney, viewPayment, viewWaiting, type PaymentView, type WaitingView } from './payment';
import { viewShipment, type ShipmentView } from './tracking';

export interface LineView {
  readonly id: string;
  readonly sku: string;
  readonly upc?: string;
  readonly title: string;
  readonly quantity: number;
  readonly kind: PlacedLine['kind'];
  readonly trackStock: boolean;
  readonly partner?: string;
  readonly partnerSku?: string;
  readonly partnerReference?: string;
  readonly notes?: string;
  readonly unitPrice: Price;
  readonly priceBreakdown: PlacedLine['priceBreakdown'];
  readonly total?: Price;
  readonly tax?: string;
  readonly status: string;
  readonly tone: Tone;
  readonly availableStatuses: readonly string[];
  /** Units allocated, consumed, and passed through each shipping and payment event type. */
  readonly quantities: Readonly<Record<string, number>>;
  /** Units that may still pass each shipping event type, by the shop's rules between types. */
  readonly remaining: Readonly<Record<string, number>>;
  /** Units that have left, will never leave, or came back. */
  readonly units: UnitCounts;
  readonly shipping: { readonly summary: string };
}

/** An order as everyone outside sees it: what was agreed, where it is, and what may follow. */
export interface OrderView {
  readonly number: string;
  readonly version: number;
  readonly seq: number;
  readonly status: string;
  readonly tone: Tone;
  readonly availableStatuses: readonly string[];
  /** Every status of its table, in the pipeline's order, and every one that its lines may have. */
  readonly allStatuses: readonly string[];
  readonly allLineStatuses: readonly string[];
  readonly hold: Hold | null;
  readonly needsAttention: boolean;
  /** What people should look at, and what would resolve it. */
  readonly attention: readonly TaskView[];
  readonly customer: Placement['customer'];
  readonly shippingAddress?: Address;
  readonly billingAddress?: Address;
  readonly placedAt: string;
  readonly source?: string;
  /** The order and its return that this one takes the place of. */
  readonly exchangeOf?: Placement['exchangeOf'];
  readonly currency: string;
  readonly lines: readonly LineView[];
  readonly shipments: readonly ShipmentView[];
  /** The newest links to what customers download. */
  readonly downloads: readonly Download[];
  /** What fulfilment partners were asked to send, in the order in which they were. */
  readonly handOvers: readonly HandOverView[];
  readonly returns: readonly ReturnView[];
  readonly payments: readonly PaymentView[];
  readonly payment: {
    readonly status: PaymentStatus;
    readonly tone: Tone;
    readonly held: number;
  } & Balance;
  readonly shipping: { readonly summary: string; readonly tone: Tone; readonly method?: Charge };
  readonly discounts: readonly Discount[];
  readonly surcharges: readonly Charge[];
  readonly total: Price;
  readonly totals?: StatedTotals;
  readonly taxes?: readonly Tax[];
  readonly notes: readonly Note[];
  /** What was written for the customer, the newest of each kind and cause. */
  readonly messages: readonly Told[];
  /** When its stock was given back because nobody paid; null while it has its stock. */
  readonly reservation: { readonly lapsedAt: string } | null;
  /** Commands that are done later, unless they are undone before. */
  readonly waiting: readonly WaitingView[];
  /** Everything the order waits for, soonest first. */
  readonly due: readonly Due[];
  readonly shop: { readonly name: string; readonly revision: number };
}

/** `Being packed` as a field name: `being packed`. */
function fieldOf(eventType: string): string {
  return eventType.charAt(0).toLowerCase() + eventType.slice(1);
}

function quantitiesOf(shop: Shop, context: OrderContext, line: LineState): Record<string, number> {
  const types = [...Object.keys(shop.shippingEvents), ...Object.keys(shop.paymentEvents)];
  const counts = types.map((type) => [fieldOf(type), passed(line, type)] as const);
  const { allocated, backordered, consumed, restocked } = line;
  const returning = awaitedUnits(context, line.id);
  const held = { allocated, backordered, consumed, restocked, returning };
  return { ...held, ...Object.fromEntries(counts) };
}

/** The same order as if this line were all of it. */
function withOnly(context: OrderContext, index: number): OrderContext {
  const placement = agreed(context);
  const only = <T>(lines: readonly T[]) => lines.slice(index, index + 1);
  return {
    ...context,
    lines: only(context.lines),
    placement: { ...placement, lines: only(placement.lines) },
  };
}

/** The line's partner as it is now; what it was called by another is nothing to it. */
function withPartner(line: PlacedLine, partner: string | undefined): PlacedLine {
  if (line.partner === partner) return line;
  const { partnerSku: _, partnerReference: __, ...rest } = line;
  return { ...rest, partner };
}

function viewLines(shop: Shop, { value, context }: StoredOrder['state']): LineView[] {
  const types = Object.keys(shop.shippingEvents);
  const reaches = types.map((type) => [fieldOf(type), reachOf(shop, context, type)] as const);
  return eachLine(context).map(({ agreed: line, state }, index): LineView => {
    const left = reaches.map(([type, reach]) => [type, Math.max(0, reach(index).units)] as const);
    return {
      ...withPartner(line, partnerOf(context, line.id)),
      status: state.status,
      tone: shop.lines.statuses[state.status]?.tone ?? 'neutral',
      availableStatuses: nextStatuses(shop.lines.statuses, state.status),
      quantities: quantitiesOf(shop, context, state),
      remaining: Object.fromEntries(left),
      units: countUnits(shop, state),
      shipping: { summary: shippingSummary(shop, { value, context: withOnly(context, index) }) },
    };
  });
}

/** Shows a placed order, or one that is being placed; no card's token is ever in it. */
export function viewOrder(
  shop: Shop,
  { number, version, seq, state }: Omit<StoredOrder, 'shop'>,
): OrderView {
  const { value, context } = state;
  const { customer, shippingAddress, billingAddress, placedAt, ...placement } = agreed(context);
  const { source, exchangeOf, currency, discounts, surcharges, total, totals, taxes } = placement;
  const money = viewMoney(shop, context);
  const summary = shippingSummary(shop, state);
  return {
    number,
    version,
    seq,
    status: value.status,
    tone: statusTone(shop, value.status),
    availableStatuses: nextStatuses(shop.orders.statuses, value.status),
    allStatuses: Object.keys(shop.orders.statuses),
    allLineStatuses: Object.keys(shop.lines.statuses),
    hold: context.hold,
    needsAttention: context.attention.length > 0,
    attention: context.attention.map((task) => viewTask(shop, state, task)),
    customer,
    shippingAddress,
    billingAddress,
    placedAt,
    source,
    exchangeOf,
    currency,
    lines: viewLines(shop, state),
    shipments: context.shipments.map((shipment) => viewShipment(shop, shipment)),
    downloads: context.downloads,
    handOvers: context.handOvers.map((each) => viewHandOver(shop, each)),
    returns: context.returns.map((returned) => viewReturn(shop, context, returned)),
    payments: context.payments.map((payment) => viewPayment(context, payment)),
    payment: { ...money, tone: paymentTone(money.status) },
    shipping: { summary, tone: shippingTone(summary), method: placement.shipping },
    discounts,
    surcharges,
    total,
    totals,
    taxes,
    notes: context.notes,
    messages: context.told,
    reservation:
      context.reservation.lapsedAt === '' ? null : { lapsedAt: context.reservation.lapsedAt },
    waiting: context.waiting.map(viewWaiting),
    due: dueOf(shop, value.status, context),
    shop: { name: shop.name, revision: shop.revision },
  };
}
