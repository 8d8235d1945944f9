import {
  packingSlip as packingSlipOf,
  pickingRound,
  pickingSlip,
  type Held,
} from '../../machines/views/slips';
import { viewOrder } from '../../machines/views/order';
import { unitsHeld } from '../../db/stock';
import { findOrder } from '../found-order';
import { answer } from '../http/answers';
import { call, type Call } from '../http/call';
import { problem } from '../problems';
import type { Services } from '../services';
import { noSuchOrder } from '../shown-order';
import { packingPage, pickingPage } from './page';
import { packingParams, packingQuery, packingSlip, pickingQuery, pickingSlips } from './schemas';

const tag = 'Slips';
const roles = ['clerk', 'viewer'] as const;
const HTML = { 'Content-Type': 'text/html; charset=utf-8' };

/** Where the units of each order's lines are held. */
function byOrder(rows: Awaited<ReturnType<typeof unitsHeld>>): Map<string, Map<string, Held[]>> {
  const orders = new Map<string, Map<string, Held[]>>();
  for (const { number, line, location, quantity } of rows) {
    const lines = orders.get(number) ?? new Map<string, Held[]>();
    orders.set(number, lines.set(line, [...(lines.get(line) ?? []), { location, quantity }]));
  }
  return orders;
}

/** What people carry through a warehouse, for many orders at once, and put into a parcel. */
export function slipCalls({ db }: Services): Call[] {
  return [
    call({
      operationId: 'listPickingSlips',
      method: 'get',
      path: '/v1/picking-slips',
      tag,
      summary: 'Picking slips of many orders, and the walk along the shelves for all of them',
      roles,
      query: pickingQuery,
      answers: {
        200: { description: 'A slip an order, in the order asked.', schema: pickingSlips },
      },
      async handle({ query: { numbers, format } }) {
        const found = await Promise.all(numbers.map((number) => findOrder(db, number)));
        const held = byOrder(await unitsHeld(db, numbers));
        const slips = found.flatMap((order) =>
          order ? [pickingSlip(viewOrder(order.shop, order), held.get(order.number))] : [],
        );
        const round = pickingRound(slips);
        const missing = numbers.filter((_, index) => !found[index]);
        if (format === 'html') return answer(200, pickingPage(slips, round), HTML);
        return answer(200, { slips, round, missing });
      },
    }),
    call({
      operationId: 'getPackingSlip',
      method: 'get',
      path: '/v1/orders/{number}/packing-slips/{shipment}',
      tag,
      summary: 'The packing slip of one parcel',
      roles,
      params: packingParams,
      query: packingQuery,
      answers: { 200: { description: 'What is in the parcel.', schema: packingSlip } },
      async handle({ params: { number, shipment }, query: { format } }) {
        const order = await findOrder(db, number);
        if (!order) return noSuchOrder(number);
        const slip = packingSlipOf(viewOrder(order.shop, order), shipment);
        if (!slip) {
          const detail = `Order ${number} has no shipping event ${shipment}.`;
          return problem('not-found', { detail, figures: { order: number, shipment } });
        }
        return format === 'html' ? answer(200, packingPage(slip), HTML) : answer(200, slip);
      },
    }),
  ];
}
