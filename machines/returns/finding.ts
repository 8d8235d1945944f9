import { change, type Draft } from '../deciding/draft';
import { listed, type Objection } from '../refusals';
import { agreed, type OrderContext } from '../state';
import type { ReturnState, ReturnStatus } from './state';

export function objectToReturn(
  context: OrderContext,
  detail: string,
  more: Partial<Objection> = {},
): Objection {
  const order = agreed(context).number;
  const figures = { order, ...more.figures };
  return { code: 'invalid-return', detail: `Order ${order}: ${detail}`, ...more, figures };
}

export function returnOf(context: OrderContext, id: string): ReturnState | undefined {
  return context.returns.find((returned) => returned.id === id);
}

const verbs: Readonly<Record<ReturnStatus, string>> = {
  requested: 'authorise-return or decline-return decides it',
  authorised: 'receive-return says what came',
  received: 'refund gives its money back, exchange places what replaces it',
  declined: 'it has ended',
  refunded: 'it has ended',
  closed: 'it has ended',
};

/** The return that a command names, or why it cannot be about it: it is not there, or not so far. */
export function objectToNamed(
  context: OrderContext,
  id: string,
  statuses: readonly ReturnStatus[],
  verb: string,
): Objection | undefined {
  const { returns } = context;
  const returned = returnOf(context, id);
  const fitting = returns.filter(({ status }) => statuses.includes(status)).map((each) => each.id);
  if (!returned) {
    const detail = `${id} is no return of this order; it has ${listed(returns.map((each) => each.id))}.`;
    const errors = [{ pointer: '/return', detail }];
    return objectToReturn(context, detail, { allowed: fitting, errors });
  }
  if (statuses.includes(returned.status)) return undefined;
  const { status } = returned;
  const detail = `return ${id} is ${status} and cannot be ${verb}: ${verbs[status]}.`;
  const errors = [{ pointer: '/return', detail }];
  return objectToReturn(context, detail, {
    figures: { return: id, status, wanted: statuses },
    allowed: fitting,
    errors,
  });
}

export function changeReturn(draft: Draft, id: string, changes: Partial<ReturnState>): void {
  const returns = draft.context.returns.map((returned) =>
    returned.id === id ? { ...returned, ...changes } : returned,
  );
  change(draft, { returns });
}
