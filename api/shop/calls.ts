import { statusPath } from '../../db/history/timeline';
import { drawnPipelines, explainedShop } from '../../machines/drawing/explained';
import { findOrder } from '../found-order';
import { orderAt } from '../history/moments';
import { answer } from '../http/answers';
import { call, type Call } from '../http/call';
import { orderParams, orderQuery } from '../schemas/parameters';
import type { Services } from '../services';
import { noSuchOrder } from '../shown-order';
import { explained, orderPipeline } from './schemas';

const readers = ['clerk', 'viewer'] as const;

/** What people look at to understand a table: the shop's, and the one that an order keeps. */
export function shopCalls(services: Services): Call[] {
  const { db, shop } = services;
  return [
    call({
      operationId: 'explainShop',
      method: 'get',
      path: '/v1/shop/explained',
      tag: 'Shop',
      summary: "The shop's table for people: drawn, in sentences, and whether it is sound",
      roles: readers,
      answers: { 200: { description: 'The table that new orders get.', schema: explained } },
      handle: async () => answer(200, explainedShop(shop)),
    }),
    call({
      operationId: 'getOrderPipeline',
      method: 'get',
      path: '/v1/orders/{number}/pipeline',
      tag: 'Orders',
      summary: "The pipelines of an order's own table, and the way it took through them",
      description: 'With `at`, those of the table that it had then.',
      roles: readers,
      params: orderParams,
      query: orderQuery,
      answers: { 200: { description: 'Both, and the way.', schema: orderPipeline } },
      async handle({ params: { number }, query: { at } }) {
        const now = await findOrder(db, number);
        if (!now) return noSuchOrder(number);
        const then = at === undefined ? undefined : await orderAt(services, now, at);
        if (then && 'no' in then) return then.no;
        const pipelines = drawnPipelines((then?.order ?? now).shop);
        return answer(200, { ...pipelines, path: await statusPath(db, number) });
      },
    }),
  ];
}
