/**
 * How much an order may be of. Within these every sum of its money is exact, a database's whole
 * numbers hold its figures, and its state stays far below what Temporal carries (2 MB).
 */
export const limits = {
  /** Units of a line. */
  quantity: 1_000_000,
  /** Minor units: of a price, a charge, a discount, a payment, and of all lines together. */
  amount: 1_000_000_000_000,
  lines: 1_000,
  /** Charges, discounts, payments: of each. */
  charges: 100,
  discounts: 100,
  payments: 100,
  /** Payments of an order that hold a card again, so that one that ends at once is not held for ever. */
  renewals: 30,
  /** Characters of a line's id, of its SKU, of a charge's code. */
  id: 100,
  /** What an order gathers; lengths are in characters, the shipping events' as JSON. */
  notes: 500,
  notesText: 200_000,
  /** How long after its last change an author may change a note. */
  noteMinutes: 5,
  shipments: 5_000,
  shipmentsText: 500_000,
  /** Characters of what one of the shop's own effects answers, as JSON. */
  answer: 10_000,
  handOvers: 1_000,
  returns: 500,
  returnsText: 300_000,
  /** Messages remembered, so that one is not written twice for its cause; older ones are forgotten. */
  told: 1_000,
  attention: 100,
  attentionText: 2_000,
} as const;

/** Visible ASCII, so that a number fits in an address and a header. */
const numberForm = /^[!-.0-[\]-~]{1,64}$/;
/** Leaves the counter behind it enough digits. */
const prefixForm = /^[!-.0-[\]-~]{0,48}$/;

export function isOrderNumber(text: string): boolean {
  return numberForm.test(text);
}

export function isNumberPrefix(text: string): boolean {
  return prefixForm.test(text);
}
