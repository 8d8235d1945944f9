import { change, dropTokens, type Draft } from '../deciding/draft';
import type { EventOf, PlacedPayment, Placement } from '../events';
import { reserve } from '../fulfilment/stock';
import { OFFLINE } from '../payment/balance';
import { queue } from '../payment/movements';
import { emptyLine, type LineState, type PaymentState } from '../state';
import { inUtc } from '../time';
import { requested } from './payments';
import { useVouchers } from './vouchers';

function paymentState(placed: PlacedPayment, index: number, placement: Placement): PaymentState {
  const { gateway, method, token, reference, authorised = 0, expiresAt, can } = placed;
  const amount = requested(placed, placement);
  const none = { captured: 0, refunded: 0, voided: 0 };
  return {
    id: `p${index + 1}`,
    gateway,
    method,
    token,
    reference,
    expiresAt,
    ...(can && { can }),
    requested: amount,
    authorised,
    ...none,
  };
}

/** A placement as it is remembered: times in UTC, and no card's token. */
export function remembered(placement: Placement): Placement {
  const payments = placement.payments.map(({ token: _, ...payment }) => {
    const { expiresAt } = payment;
    return expiresAt === undefined ? payment : { ...payment, expiresAt: inUtc(expiresAt) };
  });
  return { ...placement, placedAt: inUtc(placement.placedAt), payments };
}

/** Takes the order in: its lines, its stock, and the authorisations it still needs. */
export function place(draft: Draft, { placement: asked, id }: EventOf<'place'>): void {
  const placement = remembered(asked);
  const tokens = asked.payments.map(({ token }) => token);
  const { shop } = draft;
  const line = (lineId: string): LineState => {
    return { ...emptyLine, id: lineId, status: shop.lines.initial };
  };
  change(draft, {
    placement,
    lines: placement.lines.map((placed) => line(placed.id)),
    payments: placement.payments.map((payment, index) =>
      paymentState({ ...payment, token: tokens[index] }, index, placement),
    ),
  });
  reserve(draft, placement.lines);
  useVouchers(draft);
  for (const payment of draft.context.payments) {
    const needsCard = payment.gateway !== OFFLINE && payment.reference === undefined;
    if (!needsCard || payment.requested === 0) continue;
    const parts = [{ payment: payment.id, amount: payment.requested }];
    queue(draft, 'authorise', { amount: payment.requested, parts }, { command: id, placing: id });
  }
  dropTokens(draft);
}
