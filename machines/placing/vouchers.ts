import { change, type Draft } from '../deciding/draft';
import { everythingCancelled } from '../fulfilment/units';
import { agreed } from '../state';
import type { Placement } from '../events';

/** What a voucher is known by: how its code is written says nothing. */
export function voucherKey(code: string): string {
  return code.trim().normalize('NFC').toLowerCase();
}

/** A voucher that a placement uses, once however many discounts come of it. */
export interface NamedVoucher {
  readonly key: string;
  readonly code: string;
  /** Good for one order also when the shop knows nothing of it. */
  readonly singleUse?: true;
}

function namedVouchers({ discounts }: Placement): NamedVoucher[] {
  const named = new Map<string, NamedVoucher>();
  for (const { voucher, singleUse } of discounts) {
    const key = voucherKey(voucher ?? '');
    if (voucher === undefined || key === '') continue;
    const known = named.get(key);
    const isSingle = singleUse === true || known?.singleUse;
    named.set(key, {
      key,
      code: known?.code ?? voucher.trim(),
      ...(isSingle && { singleUse: true }),
    });
  }
  return [...named.values()];
}

/** Uses the placement's vouchers, in a shop that keeps them; the database has the last word on how often. */
export function useVouchers(draft: Draft): void {
  const vouchers = namedVouchers(agreed(draft.context));
  if (!draft.shop.vouchers || vouchers.length === 0) return;
  change(draft, { vouchers });
  draft.facts.push({ type: 'voucher', move: 'use', vouchers });
}

/** Gives back every use that the order still has. */
export function giveBackVouchers(draft: Draft): void {
  const { vouchers } = draft.context;
  if (vouchers.length === 0) return;
  change(draft, { vouchers: [] });
  draft.facts.push({ type: 'voucher', move: 'give-back', vouchers });
}

/** Gives back the vouchers of an order that came to nothing, where the shop says so. */
export function giveBackCancelled(draft: Draft): void {
  if (draft.shop.vouchers?.whenCancelled !== 'given-back') return;
  if (everythingCancelled(draft.shop, draft.context)) giveBackVouchers(draft);
}
