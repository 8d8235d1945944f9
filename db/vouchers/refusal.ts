import type { Commit } from '../../machines/history';
import type { Refusal } from '../../machines/refusals';
import type { FoundVoucher, VoucherMove } from './uses';

/** Why a voucher could not be used, from how it was found. */
function sentenceFor({ written, single, at }: VoucherMove, found: FoundVoucher): string {
  const { uses, used, per_customer, valid_from, valid_until, used_by_customer } = found;
  const name = `Voucher ${written}`;
  if (valid_from !== null && at < valid_from) return `${name} is good from ${valid_from} on.`;
  if (valid_until !== null && at >= valid_until) return `${name} was good until ${valid_until}.`;
  const most = Math.min(uses ?? Infinity, single ? 1 : Infinity);
  if (used >= most) return `${name} is used up: it is good for ${most}, and ${used} have used it.`;
  const limit = `is good for ${per_customer} of each customer`;
  return used_by_customer >= (per_customer ?? Infinity)
    ? `${name} ${limit}, and this one has used it ${used_by_customer} times.`
    : `${name} ${limit}, so the order needs the customer's e-mail.`;
}

/** Names each voucher that could not be used, at the discount that came of it. */
export function voucherRefusal(
  { number, state }: Commit,
  moves: readonly VoucherMove[],
  found: readonly FoundVoucher[],
): Refusal {
  const discounts = state.context.placement?.discounts ?? [];
  const vouchers = moves.flatMap((move) => {
    const voucher = found.find(({ code }) => code === move.code);
    if (!voucher) return [];
    const { written, single } = move;
    const { uses, per_customer, valid_from, valid_until, used } = voucher;
    const position = discounts.findIndex((discount) => discount.voucher?.trim() === written);
    const limits = { uses: single ? 1 : uses, perCustomer: per_customer, used };
    return {
      fault: {
        pointer: `/discounts/${position}/voucher`,
        detail: sentenceFor(move, voucher),
      },
      figures: { voucher: written, ...limits, from: valid_from, until: valid_until },
    };
  });
  const errors = vouchers.map(({ fault }) => fault);
  const sentences = errors.map(({ detail }) => detail).join(' ');
  return {
    code: 'voucher-used',
    guard: 'vouchers',
    detail: `Order ${number}: ${sentences} Place it without.`,
    figures: { order: number, vouchers: vouchers.map(({ figures }) => figures) },
    errors,
  };
}
