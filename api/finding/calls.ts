import { z } from 'zod';
import { eachPage, listOrders } from '../../db/finding/list';
import { linesOf } from '../../db/finding/line-rows';
import type { OrderRow } from '../../db/finding/rows';
import { record } from '../../machines/csv';
import type { Shop } from '../../machines/table';
import { paymentTone, shippingTone, statusTone } from '../../machines/views/tones';
import { answer } from '../http/answers';
import { call, type Call, type Caller } from '../http/call';
import { listAnswer } from '../routes/pages';
import { orderPage } from '../schemas/lists';
import type { Services } from '../services';
import { exportQuery, filterFor, listQuery } from './asking';
import { columnsFor, sendText, type Exported } from './csv';

/** Orders that are read at once for an export. */
const AT_ONCE = 500;
const BOM = '\ufeff';

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
          return {
            next: page.next,
            rows: page.rows.map((row) => rowFor(services.shop, caller, row)),
          };
        });
      },
    }),
    call({
      operationId: 'exportOrders',
      method: 'get',
      path: '/v1/orders.csv',
      tag: 'Orders',
      summary: 'Exactly the orders that match, as CSV',
      description:
        'A stream of any length (RFC 4180, UTF-8). Amounts are in major units with the digits of their currency. Text that a spreadsheet would take for a formula begins with an apostrophe.',
      roles: ['clerk', 'viewer', 'partner'],
      query: exportQuery,
      answers: {
        200: { description: 'The file.', schema: z.string(), contentType: 'text/csv' },
      },
      problems: ['forbidden'],
      async handle({ caller, query }) {
        const { rows: kind, bom, ...asked } = query;
        const allowed = await filterFor(services, caller, asked);
        if ('no' in allowed) return allowed.no;
        const { sort } = asked;
        const pages = eachPage(db, allowed.filter, { sort, size: AT_ONCE });
        const text = csvOf(services, caller, { kind, bom, pages });
        // What cannot be read at all is answered as a problem, before the file begins.
        const first = await text.next();
        return {
          ...answer(200, undefined, {
            'Content-Type': 'text/csv; charset=utf-8; header=present',
            'Content-Disposition': `attachment; filename="${kind}.csv"`,
          }),
          stream: (response) => {
            sendText(response, resumed(first, text)).catch((error: unknown) => {
              response.req.log.error({ err: error }, 'export broke off');
              // A file that ends too early must not look whole.
              response.destroy();
            });
          },
        };
      },
    }),
  ];
}

interface Export {
  readonly kind: 'orders' | 'lines';
  readonly bom: boolean | undefined;
  readonly pages: AsyncIterable<readonly OrderRow[]>;
}

async function* csvOf({ db }: Services, { role, partner }: Caller, { kind, bom, pages }: Export) {
  const isPartner = role === 'partner';
  const columns = columnsFor(isPartner, kind);
  let head = (bom ? BOM : '') + record(columns.map(([name]) => name));
  for await (const orders of pages) {
    const numbers = orders.map(({ number }) => number);
    const lines =
      kind === 'lines' ? await linesOf(db, numbers, isPartner ? partner : undefined) : undefined;
    const rows = orders.flatMap((order): Exported[] =>
      lines ? (lines.get(order.number) ?? []).map((line) => ({ order, line })) : [{ order }],
    );
    yield head + rows.map((row) => record(columns.map(([, cell]) => cell(row)))).join('');
    head = '';
  }
}

async function* resumed<T>(first: IteratorResult<T, void>, rest: AsyncGenerator<T, void>) {
  if (first.done) return;
  yield first.value;
  yield* rest;
}

/** What is nobody's business but the shop's is left out for partners. */
function rowFor(shop: Shop, { role }: Caller, row: OrderRow) {
  if (role !== 'partner') {
    const { status, paymentStatus, shippingSummary } = row;
    return {
      ...row,
      tone: statusTone(shop, status),
      paymentTone: paymentTone(paymentStatus),
      shippingTone: shippingTone(shippingSummary),
    };
  }
  const { number, version, status, onHold, placedAt, updatedAt } = row;
  return { number, version, status, onHold, placedAt, updatedAt };
}
