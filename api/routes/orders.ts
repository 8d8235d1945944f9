import { findOrder } from '../found-order';
import { ordersOf } from '../../machines/step';
import { actionsOf, type ActionView } from '../../machines/offering/actions';
import { actorOf } from '../auth';
import { orderAt } from '../history/moments';
import { answer } from '../http/answers';
import { call, type Call, type Caller } from '../http/call';
import { actions } from '../schemas/answers';
import { shownOrder } from '../schemas/orders';
import { orderParams, orderQuery } from '../schemas/parameters';
import type { Services } from '../services';
import { etagOf, noSuchOrder, orderAnswer, shownTo } from '../shown-order';
import { maySend, rolesFor } from './permitted-commands';

export function orderCalls(services: Services): Call[] {
  const { db } = services;
  return [
    call({
      operationId: 'getOrder',
      method: 'get',
      path: '/v1/orders/{number}',
      tag: 'Orders',
      summary: 'One order, now or as it was',
      roles: ['clerk', 'viewer', 'storefront', 'partner'],
      params: orderParams,
      query: orderQuery,
      answers: { 200: { description: 'The order.', schema: shownOrder, headers: ['ETag'] } },
      async handle({ caller, params: { number }, query: { at } }) {
        const now = await findOrder(db, number);
        const then = now && at !== undefined ? await orderAt(services, now, at) : undefined;
        if (then && 'no' in then) return shownTo(caller, now!) ? then.no : noSuchOrder(number);
        const order = then?.order ?? now;
        const shown = order && shownTo(caller, order);
        return shown ? orderAnswer(200, shown) : noSuchOrder(number);
      },
    }),
    call({
      operationId: 'listActions',
      method: 'get',
      path: '/v1/orders/{number}/actions',
      tag: 'Orders',
      summary:
        'What may be done with an order, and what may not, because…: now, or at a moment of its past',
      roles: ['clerk', 'viewer'],
      params: orderParams,
      query: orderQuery,
      answers: { 200: { description: 'Every command.', schema: actions, headers: ['ETag'] } },
      async handle({ caller, params: { number }, query: { at }, id }) {
        const now = await findOrder(db, number);
        if (!now) return noSuchOrder(number);
        const then = at === undefined ? undefined : await orderAt(services, now, at);
        if (then && 'no' in then) return then.no;
        const order = then?.order ?? now;
        const stamp = { id, at: then?.at ?? services.now(), actor: actorOf(caller) };
        const all = actionsOf(ordersOf(order.shop), order.state, stamp, services.shop);
        const body = {
          number,
          version: order.version,
          seq: order.seq,
          actions: all.map((action) => actionFor(caller, action)),
        };
        return answer(200, body, { ETag: etagOf(order) });
      },
    }),
  ];
}

function actionFor(caller: Caller, action: ActionView): ActionView {
  if (maySend(caller, action.type)) return action;
  const allowed = ['admin', ...rolesFor(action.type)];
  const detail = `A key of the role ${caller.role} may not send it; ${allowed.join(' or ')} may.`;
  const refusal = { code: 'forbidden', guard: 'roleMaySend', detail, figures: {}, allowed };
  const { primary: _, likely: __, ...others } = action;
  return { ...others, allowed: false, refusal: refusal as unknown as ActionView['refusal'] };
}
