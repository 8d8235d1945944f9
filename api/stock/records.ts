import { getStock, listAlerts, listStock, stockLedger } from '../../db/stock';
import { answer, type Answer } from '../http/answers';
import { call, type Call } from '../http/call';
import { problem } from '../problems';
import { listAnswer } from '../routes/pages';
import type { Services } from '../services';
import {
  alertPage,
  alertQuery,
  ledgerPage,
  ledgerQuery,
  skuParams,
  stockPage,
  stockQuery,
  stockRecord,
} from './schemas';

export const tag = 'Stock';

/** What is on the shelves, and how it came to be so. */
export function stockRecordCalls({ db }: Services): Call[] {
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
      summary: 'One SKU, in all and location by location',
      roles: ['clerk', 'viewer', 'storefront'],
      params: skuParams,
      answers: { 200: { description: 'The record.', schema: stockRecord } },
      async handle({ params: { sku } }) {
        const record = await getStock(db, sku);
        return record ? answer(200, record) : noSuchRecord(sku);
      },
    }),
    call({
      operationId: 'listStockChanges',
      method: 'get',
      path: '/v1/stock/{sku}/ledger',
      tag,
      summary: 'Every change of a stock record, newest first',
      description: 'Also of a record that was removed.',
      roles: ['clerk', 'viewer'],
      params: skuParams,
      query: ledgerQuery,
      answers: { 200: { description: 'A page of it.', schema: ledgerPage, headers: ['Link'] } },
      async handle({ params: { sku }, query }) {
        const { limit, cursor: after, location } = query;
        const ledger = () => stockLedger(db, sku, { limit, after, location });
        const known = await getStock(db, sku);
        if (!known && (await stockLedger(db, sku, { limit: 1 })).rows.length === 0) {
          return noSuchRecord(sku);
        }
        return listAnswer(`/v1/stock/${encodeURIComponent(sku)}/ledger`, query, 'changes', ledger);
      },
    }),
    call({
      operationId: 'listStockAlerts',
      method: 'get',
      path: '/v1/stock-alerts',
      tag,
      summary: 'Low-stock alerts, newest first',
      description:
        'An alert opens once, when net stock falls to the threshold of a record, and closes when goods come in.',
      roles: ['clerk', 'viewer'],
      query: alertQuery,
      answers: { 200: { description: 'A page of alerts.', schema: alertPage, headers: ['Link'] } },
      handle: ({ query }) =>
        listAnswer('/v1/stock-alerts', query, 'alerts', () => {
          const { limit, cursor: after, ...filter } = query;
          return listAlerts(db, filter, { limit, after });
        }),
    }),
  ];
}

export function noSuchRecord(sku: string, location?: string): Answer {
  const where = location === undefined ? '' : ` at ${location}`;
  const detail = `There is no stock record ${sku}${where}.`;
  return problem('not-found', { detail, figures: { sku, ...(location && { location }) } });
}
