import type { EventOf, OrderEvent } from '../events';
import type { Objection } from '../refusals';
import type { OrderContext } from '../state';
import type { Shop } from '../table';

/** What a guard looks at: the order in its present status, and the event that wants in. */
export interface Question<E extends OrderEvent = OrderEvent> {
  readonly shop: Shop;
  readonly status: string;
  readonly context: OrderContext;
  readonly event: E;
}

export type Guard = (question: Question) => Objection | undefined;

/** A guard for one type of event. */
export function on<T extends OrderEvent['type']>(
  _type: T,
  guard: (question: Question<EventOf<T>>) => Objection | undefined,
): Guard {
  return guard as Guard;
}
