import { ledgerOf } from '../../db/ledger/entries';
import { agreed } from '../../machines/state';
import { findOrder } from '../found-order';
import { answer } from '../http/answers';
import { call, type Call } from '../http/call';
import { orderParams } from '../schemas/parameters';
import type { Services } from '../services';
import { noSuchOrder } from '../shown-order';
import { orderLedger } from './schemas';

export function ledgerCalls({ db }: Services): Call[] {
  return [
    call({
      operationId: 'getLedger',
      method: 'get',
      path: '/v1/orders/{number}/ledger',
      tag: 'History',
      summary: 'The ledger of an order’s money in double entry, oldest first',
      description:
        'Each entry moves its amount from one account of the order to another, and is never changed. Every figure is worked out from the entries; amounts are minor units of `currency`.',
      roles: ['clerk', 'viewer', 'storefront'],
      params: orderParams,
      answers: { 200: { description: 'All of it.', schema: orderLedger } },
      async handle({ params: { number } }) {
        const order = await findOrder(db, number);
        if (!order) return noSuchOrder(number);
        const { currency } = agreed(order.state.context);
        return answer(200, { number, currency, ...(await ledgerOf(db, number)) });
      },
    }),
  ];
}
