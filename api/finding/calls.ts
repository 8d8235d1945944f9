import { listOrders } from '../../db/finding/list';
import type { OrderRow } from '../../db/finding/rows';
import { call, type Call, type Caller } from '../http/call';
import { listAnswer } from '../routes/pages';
import { orderPage } from '../schemas/lists';
import type { Services } from '../services';
import { filterFor, listQuery } from './asking';

export function findingCalls(services: Services): Call[] {
  const { db } = services;
  return [
    call({
      operationId: 'listOrders',
      method: 'get',
      path: '/v1/orders',
      tag: 'Orders',
      summary: 'List, filter and search orders',
      roles: ['clerk', 'viewer', 'partner'],
      query: listQuery,
      answers: { 200: { description: 'A page of orders.', schema: orderPage, headers: ['Link'] } },
      problems: ['forbidden'],
      async handle({ caller, query }) {
        const { limit, cursor: after, ...asked } = query;
        const allowed = await filterFor(services, caller, asked);
        if ('no' in allowed) return allowed.no;
        return listAnswer('/v1/orders', query, 'orders', async () => {
          const page = await listOrders(db, allowed.filter, { limit, after, sort: asked.sort });
          return { next: page.next, rows: page.rows.map((row) => rowFor(caller, row)) };
        });
      },
    }),
  ];
}

/** What is nobody's business but the shop's is left out for partners. */
function rowFor({ role }: Caller, row: OrderRow) {
  if (role !== 'partner') return row;
  const { number, version, status, onHold, placedAt, updatedAt } = row;
  return { number, version, status, onHold, placedAt, updatedAt };
}
