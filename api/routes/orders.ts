import { pastUpTo } from '../../db/events';
import { findOrder } from '../found-order';
import type { StoredOrder } from '../../machines/history';
import { ordersOf, replay } from '../../machines/step';
import { actionsOf, type ActionView } from '../../machines/views/actions';
import { actorOf } from '../auth';
import { answer, type Answer } from '../http/answers';
import { call, type Call, type Caller } from '../http/call';
import { problem } from '../problems';
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
        if (now && at !== undefined && at > now.seq) return noSuchMoment(now, at);
        const order = now && at !== undefined ? await orderThen(services, now, at) : now;
        const shown = order && shownTo(caller, order);
        return shown ? orderAnswer(200, shown) : noSuchOrder(number);
      },
    }),
    call({
      operationId: 'listActions',
      method: 'get',
      path: '/v1/orders/{number}/actions',
      tag: 'Orders',
      summary: 'What may be done with an order now, and what may not, because…',
      roles: ['clerk', 'viewer'],
      params: orderParams,
      answers: { 200: { description: 'Every command.', schema: actions, headers: ['ETag'] } },
      async handle({ caller, params: { number }, id }) {
        const order = await findOrder(db, number);
        if (!order) return noSuchOrder(number);
        const stamp = { id, at: services.now(), actor: actorOf(caller) };
        const all = actionsOf(ordersOf(order.shop), order.state, stamp, services.shop);
        const body = {
          number,
          version: order.version,
          actions: all.map((action) => actionFor(caller, action)),
        };
        return answer(200, body, { ETag: etagOf(order) });
      },
    }),
  ];
}

function noSuchMoment({ number, seq }: StoredOrder, at: number): Answer {
  const detail = `The history of order ${number} ends at ${seq}; there is no ${at}.`;
  return problem('not-found', { detail, figures: { order: number, seq } });
}

/** Folds the order's machines over its history up to a place, each event on the table it was decided on. */
async function orderThen({ db }: Services, order: StoredOrder, at: number): Promise<StoredOrder> {
  const { first, events } = await pastUpTo(db, order, at);
  const accepted = events.filter(({ outcome }) => outcome === 'accepted');
  const { orders, state } = replay(
    ordersOf(first),
    accepted.map(({ event }) => event),
  );
  // An event that makes nothing true is written with the one that follows from it.
  const versions = accepted.filter(({ facts }) => facts.length > 0).length;
  const version = at === order.seq ? order.version : Math.min(versions, order.version);
  return { ...order, seq: at, version, state, shop: orders.shop };
}

function actionFor(caller: Caller, action: ActionView): ActionView {
  if (maySend(caller, action.type)) return action;
  const allowed = ['admin', ...rolesFor(action.type)];
  const detail = `A key of the role ${caller.role} may not send it; ${allowed.join(' or ')} may.`;
  const refusal = { code: 'forbidden', guard: 'roleMaySend', detail, figures: {}, allowed };
  return { ...action, allowed: false, refusal: refusal as unknown as ActionView['refusal'] };
}
