import type { StoredOrder } from '../machines/history';
import type { Refusal } from '../machines/refusals';
import { viewOrder, type OrderView } from '../machines/views/order';
import {
  refusalForPartner,
  viewForPartner,
  type PartnerOrderView,
} from '../machines/views/partner-order';
import { workflowIdOf } from '../workflows/messages';
import { answer, type Answer } from './http/answers';
import type { Caller } from './http/call';
import { problem } from './problems';

export type ShownOrder = (OrderView & { readonly workflowId: string }) | PartnerOrderView;

/** The order as far as the caller may see it; undefined when they may not see it at all. */
export function shownTo(
  { role, partner }: Caller,
  { shop, ...order }: StoredOrder,
): ShownOrder | undefined {
  const view = viewOrder(shop, order);
  if (role === 'partner') return viewForPartner(view, partner ?? '');
  return { ...view, workflowId: workflowIdOf(order.number) };
}

/** A refusal as far as the caller may know why. */
export function refusalFor({ role }: Caller, refusal: Refusal): Refusal {
  return role === 'partner' ? refusalForPartner(refusal) : refusal;
}

export function addressOf(number: string): string {
  return `/v1/orders/${encodeURIComponent(number)}`;
}

export function etagOf({ version }: { readonly version: number }): string {
  return `"${version}"`;
}

export function noSuchOrder(number: string): Answer {
  return problem('not-found', {
    detail: `There is no order ${number}.`,
    figures: { order: number },
  });
}

/** An order under its ETag. */
export function orderAnswer(
  status: number,
  order: ShownOrder,
  headers: Answer['headers'] = {},
): Answer {
  return answer(status, order, { ETag: etagOf(order), ...headers });
}
