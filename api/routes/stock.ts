import { z } from 'zod';
import { getStock, listStock, setStock, stockLedger } from '../../db/stock';
import { actorOf } from '../auth';
import { answer, type Answer } from '../http/answers';
import { call, type Call } from '../http/call';
import { problem } from '../problems';
import { ledgerPage, stockPage, stockRecord, stocktake } from '../schemas/lists';
import { pageQuery, stockQuery } from '../schemas/parameters';
import type { Services } from '../services';
import { listAnswer } from './pages';

const skuParams = z.object({
  sku: z.string().min(1).max(100).meta({ description: 'A stock-keeping unit.', example: 'MUG-1' }),
});
const tag = 'Stock';

export function stockCalls({ db }: Services): Call[] {
  return [
    call({
      operationId: 'listStock',
      method: 'get',
      path: '/v1/stock',
      tag,
      summary: 'All stock records, by SKU',
      roles: ['clerk', 'viewer'],
      query: stockQuery,
      answers: { 200: { description: 'A page of records.', schema: stockPage, headers: ['Link'] } },
      handle: ({ query }) =>
        listAnswer('/v1/stock', query, 'stock', () => {
          const { limit, cursor: after, ...filter } = query;
          return listStock(db, filter, { limit, after });
        }),
    }),
    call({
      operationId: 'getStock',
      method: 'get',
      path: '/v1/stock/{sku}',
      tag,
      summary: 'One stock record',
      roles: ['clerk', 'viewer', 'storefront'],
      params: skuParams,
      answers: { 200: { description: 'The record.', schema: stockRecord } },
      async handle({ params: { sku } }) {
        const record = await getStock(db, sku);
        return record ? answer(200, record) : noSuchRecord(sku);
      },
    }),
    call({
      operationId: 'setStock',
      method: 'put',
      path: '/v1/stock/{sku}',
      tag,
      summary: 'Set what was counted',
      description: 'What is allocated stays allocated; the ledger gets the difference.',
      roles: ['clerk'],
      params: skuParams,
      body: stocktake,
      answers: { 200: { description: 'The record after it.', schema: stockRecord } },
      handle: async ({ params: { sku }, body, caller }) =>
        answer(200, await setStock(db, sku, body, actorOf(caller))),
    }),
    call({
      operationId: 'listStockChanges',
      method: 'get',
      path: '/v1/stock/{sku}/ledger',
      tag,
      summary: 'Every change of a stock record, newest first',
      roles: ['clerk', 'viewer'],
      params: skuParams,
      query: pageQuery,
      answers: { 200: { description: 'A page of it.', schema: ledgerPage, headers: ['Link'] } },
      async handle({ params: { sku }, query }) {
        if (!(await getStock(db, sku))) return noSuchRecord(sku);
        const { limit, cursor: after } = query;
        const path = `/v1/stock/${encodeURIComponent(sku)}/ledger`;
        return listAnswer(path, query, 'changes', () => stockLedger(db, sku, { limit, after }));
      },
    }),
  ];
}

function noSuchRecord(sku: string): Answer {
  return problem('not-found', { detail: `There is no stock record ${sku}.`, figures: { sku } });
}
