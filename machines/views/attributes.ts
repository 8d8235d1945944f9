import { partnerOf } from '../partners/lines';
import { paymentStatus } from '../payment/balance';
import { reservedStatuses, type OrderState } from '../state';
import type { Placement } from '../events';
import { preview, unplaced, type Orders } from '../step';
import type { Shop } from '../table';

/** What an order is found by in Temporal; the dates are ISO 8601. */
export interface Attributes {
  readonly status: string;
  readonly payment: string;
  readonly hold: string;
  /** As many as fit. */
  readonly partners: readonly string[];
  readonly placedAt: string;
}

/** Temporal takes 2,048 bytes for one value; what is in there beside the words is little. */
const MOST_BYTES = 1_500;

/** Bytes of a text in JSON, in UTF-8. */
function bytesOf(text: string): number {
  let bytes = 0;
  for (const letter of JSON.stringify(text)) {
    const code = letter.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}

/** As many of the words as fit, in order, each once. */
function fitting(words: readonly string[]): string[] {
  let left = MOST_BYTES - '[]'.length;
  return [...new Set(words)].sort().filter((word) => {
    const bytes = bytesOf(word) + ','.length;
    if (bytes > left) return false;
    left -= bytes;
    return true;
  });
}

function attributes(shop: Shop, { value, context }: OrderState, placement: Placement): Attributes {
  const isHandedOver = context.handOvers.length > 0;
  const partners = placement.lines.flatMap(
    ({ id, partner }) => (isHandedOver ? partnerOf(context, id) : partner) ?? [],
  );
  return {
    status: value.status,
    payment: paymentStatus(shop, context),
    hold: value.hold,
    partners: fitting(partners),
    placedAt: new Date(placement.placedAt).toISOString(),
  };
}

/** The attributes of a placed order; undefined for one that is not (or no longer) placed. */
export function attributesOf(shop: Shop, state: OrderState): Attributes | undefined {
  const { placement } = state.context;
  if (!placement || reservedStatuses.includes(state.value.status)) return undefined;
  return attributes(shop, state, placement);
}

/** The attributes an order will have once it is placed, if its cards are good: what its start can say already. */
export function expectedAttributes(orders: Orders, placement: Placement): Attributes | undefined {
  const stamp = {
    id: 'expected',
    at: placement.placedAt,
    actor: { role: 'system', name: '' },
  } as const;
  const placed = preview(orders, unplaced(orders), { type: 'place', placement, ...stamp });
  return placed.outcome === 'accepted' ? attributesOf(orders.shop, placed.state) : undefined;
}
