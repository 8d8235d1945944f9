/** What the customer was told about an order: each message as it was sent, to be sent again. */
export function OrderMessages({ number }: { readonly number: string }) {
  return <span>{number}</span>;
}
