import type { Discount, PlacedLine, Placement, Price } from '../events';
import { sum } from '../money';

export type Side = keyof Price;
export const sides = ['exclTax', 'inclTax'] as const satisfies readonly Side[];

/** What a line's units come to by its price breakdown, before discounts. */
export function lineTotal({ priceBreakdown }: PlacedLine, side: Side): number {
  return sum(priceBreakdown.map((part) => part.quantity * part[side]));
}

/** Discounts that lower the total now. */
export function lowering({ discounts }: Placement): readonly Discount[] {
  return discounts.filter(({ kind }) => kind !== 'deferred');
}

/** What the total is made of. */
export interface Parts {
  readonly lines: number;
  readonly shipping: number;
  readonly surcharges: number;
  readonly discounts: number;
}

export function partsOf(placement: Placement, side: Side): Parts {
  const { lines, shipping, surcharges } = placement;
  return {
    lines: sum(lines.map((line) => lineTotal(line, side))),
    shipping: shipping?.[side] ?? 0,
    surcharges: sum(surcharges.map((charge) => charge[side])),
    discounts: sum(lowering(placement).map((discount) => discount[side])),
  };
}

/** "The total is off by 1: …, not 4101." */
export function offBy(what: string, stated: number, made: string, due: number): string {
  return `${what} is off by ${stated - due}: ${made}${due}, not ${stated}.`;
}
