import {
  adjustStock,
  findLocation,
  listLocations,
  MAIN,
  putLocation,
  removeStock,
  setStock,
} from '../../db/stock';
import { actorOf } from '../auth';
import { answer, type Answer } from '../http/answers';
import { call, type Call } from '../http/call';
import { invalid } from '../http/request';
import { problem } from '../problems';
import type { Services } from '../services';
import { noSuchRecord, tag } from './records';
import {
  adjustment,
  location as shownLocation,
  locationCode,
  locationList,
  newLocation,
  removalQuery,
  skuParams,
  stockRecord,
  stocktake,
} from './schemas';
import { z } from 'zod';

/** Counting the shelves, goods that come in, and where shelves are. */
export function stockChangeCalls({ db }: Services): Call[] {
  /** A place that nobody has told us of is a mistake of whoever counts there. */
  const unknownPlace = async (code: string | undefined): Promise<Answer | undefined> => {
    if (code === undefined || (await findLocation(db, code))) return undefined;
    const known = (await listLocations(db)).map((each) => each.code).join(', ');
    const detail = `There is no location ${code}; there is ${known}.`;
    return invalid([{ pointer: '/location', detail }]);
  };
  return [
    call({
      operationId: 'setStock',
      method: 'put',
      path: '/v1/stock/{sku}',
      tag,
      summary: 'Set what was counted, or the low-stock threshold and backorders alone',
      description:
        'At `main`, unless another location is named. What is allocated stays allocated; the ledger gets the difference; what there is more goes to the orders that wait, oldest first.',
      roles: ['clerk'],
      params: skuParams,
      body: stocktake,
      answers: { 200: { description: 'The record after it.', schema: stockRecord } },
      handle: async ({ params: { sku }, body, caller }) =>
        (await unknownPlace(body.location)) ??
        answer(200, await setStock(db, sku, body, actorOf(caller))),
    }),
    call({
      operationId: 'adjustStock',
      method: 'post',
      path: '/v1/stock/{sku}/adjustments',
      tag,
      summary: 'Add goods that came in, or take off goods that are lost',
      description: 'Once for each Idempotency-Key. Orders that wait get theirs, oldest first.',
      roles: ['clerk'],
      params: skuParams,
      body: adjustment,
      answers: { 200: { description: 'The record after it.', schema: stockRecord } },
      problems: ['invalid-stock-adjustment'],
      async handle({ params: { sku }, body, caller, id }) {
        const unknown = await unknownPlace(body.location);
        if (unknown) return unknown;
        const adjusted = await adjustStock(db, sku, body, { id, actor: actorOf(caller) });
        if (adjusted.outcome === 'adjusted') return answer(200, adjusted.record);
        const { quantity, location = MAIN } = body;
        if (adjusted.outcome === 'unknown') return noSuchRecord(sku, location);
        const { inStock } = adjusted;
        const detail = `${quantity} cannot be added to ${inStock} of ${sku} at ${location}.`;
        const errors = [{ pointer: '/quantity', detail }];
        return problem('invalid-stock-adjustment', { detail, errors, figures: { inStock } });
      },
    }),
    call({
      operationId: 'removeStock',
      method: 'delete',
      path: '/v1/stock/{sku}',
      tag,
      summary: 'End a stock record',
      description:
        'Refused while orders hold or wait for units of it. Its ledger stays, and so do the lines of orders.',
      roles: ['clerk'],
      params: skuParams,
      query: removalQuery,
      answers: { 204: { description: 'It is gone.' } },
      problems: ['invalid-stock-adjustment'],
      async handle({ params: { sku }, query: { location }, caller }) {
        const removed = await removeStock(db, sku, location, actorOf(caller));
        if (removed.outcome === 'removed') return answer(204);
        if (removed.outcome === 'unknown') return noSuchRecord(sku, location);
        const { allocated, backordered } = removed;
        const detail = `Orders hold ${allocated} of ${sku} and wait for ${backordered}: ship or cancel them first.`;
        return problem('invalid-stock-adjustment', { detail, figures: { allocated, backordered } });
      },
    }),
    call({
      operationId: 'listStockLocations',
      method: 'get',
      path: '/v1/stock-locations',
      tag,
      summary: 'All locations, by priority',
      roles: ['clerk', 'viewer'],
      answers: { 200: { description: 'All of them.', schema: locationList } },
      handle: async () => answer(200, { locations: await listLocations(db) }),
    }),
    call({
      operationId: 'putStockLocation',
      method: 'put',
      path: '/v1/stock-locations/{code}',
      tag,
      summary: 'Make a location, or rename and reorder it',
      roles: ['clerk'],
      params: z.object({ code: locationCode }),
      body: newLocation,
      answers: { 200: { description: 'The location.', schema: shownLocation } },
      handle: async ({ params: { code }, body }) =>
        answer(200, await putLocation(db, { code, ...body })),
    }),
  ];
}
