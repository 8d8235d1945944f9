import { getVoucher, listVouchers, setVoucher } from '../../db/vouchers/vouchers';
import { voucherKey } from '../../machines/placing/vouchers';
import { answer } from '../http/answers';
import { call, type Call } from '../http/call';
import { problem } from '../problems';
import { listAnswer } from '../routes/pages';
import { pageQuery } from '../schemas/parameters';
import type { Services } from '../services';
import { voucher, voucherPage, voucherParams, voucherTerms } from './schemas';

const tag = 'Vouchers';

export function voucherCalls({ db, shop }: Services): Call[] {
  return [
    call({
      operationId: 'listVouchers',
      method: 'get',
      path: '/v1/vouchers',
      tag,
      summary: 'All vouchers, by code',
      roles: ['clerk', 'viewer'],
      query: pageQuery,
      answers: {
        200: { description: 'A page of vouchers.', schema: voucherPage, headers: ['Link'] },
      },
      handle: ({ query }) =>
        listAnswer('/v1/vouchers', query, 'vouchers', () =>
          listVouchers(db, { limit: query.limit, after: query.cursor }),
        ),
    }),
    call({
      operationId: 'getVoucher',
      method: 'get',
      path: '/v1/vouchers/{code}',
      tag,
      summary: 'One voucher, and how often it was used',
      roles: ['clerk', 'viewer', 'storefront'],
      params: voucherParams,
      answers: { 200: { description: 'The voucher.', schema: voucher } },
      async handle({ params: { code } }) {
        const found = await getVoucher(db, voucherKey(code));
        if (found) return answer(200, found);
        return problem('not-found', { detail: `There is no voucher ${code}.`, figures: { code } });
      },
    }),
    call({
      operationId: 'setVoucher',
      method: 'put',
      path: '/v1/vouchers/{code}',
      tag,
      summary: 'Let the shop know a voucher, or change its terms',
      description:
        'From then on placing keeps its discounts to these terms. What was used of it stays used.',
      roles: ['clerk'],
      params: voucherParams,
      body: voucherTerms,
      answers: { 200: { description: 'The voucher after it.', schema: voucher } },
      problems: ['validation'],
      async handle({ params: { code }, body }) {
        if (!shop.vouchers) {
          const detail = `${shop.name} keeps no vouchers: give its table vouchers: { whenCancelled: 'given-back' }.`;
          return problem('validation', { detail, errors: [{ pointer: '', detail }] });
        }
        return answer(200, await setVoucher(db, voucherKey(code), { code: code.trim(), ...body }));
      },
    }),
  ];
}
