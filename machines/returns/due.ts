import type { OrderContext } from '../state';
import { milliseconds, type Shop } from '../table';
import type { ReturnState } from './state';

const OVERDUE = 'return';

/** When people are told that an authorised return has not come; undefined where nobody waits so. */
export function expectedBy(shop: Shop, returned: ReturnState): string | undefined {
  const wait = shop.returns?.expectWithin;
  if (!wait || returned.status !== 'authorised' || returned.remindedAt) return undefined;
  const since = Date.parse(returned.authorisedAt ?? returned.requestedAt);
  return new Date(since + milliseconds(wait)).toISOString();
}

/** What an order waits for because of its returns. */
export function dueReturns(shop: Shop, { returns }: OrderContext) {
  return returns.flatMap((returned) => {
    const at = expectedBy(shop, returned);
    return at === undefined ? [] : [{ name: `${OVERDUE}:${returned.id}`, at }];
  });
}

/** The return that a deadline is about; undefined for other deadlines. */
export function returnOfDeadline(name: string): string | undefined {
  const [kind, id] = name.split(':');
  return kind === OVERDUE ? id : undefined;
}
