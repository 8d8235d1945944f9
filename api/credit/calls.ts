import { creditLedger, getAccount, openAccount } from '../../db/credit/accounts';
import { grantCredit } from '../../db/credit/granting';
import { actorOf } from '../auth';
import { answer, type Answer } from '../http/answers';
import { call, type Call } from '../http/call';
import { invalid } from '../http/request';
import { problem } from '../problems';
import { listAnswer } from '../routes/pages';
import { pageQuery } from '../schemas/parameters';
import type { Services } from '../services';
import { creditAccount, creditLedgerPage, creditParams, grant, newAccount } from './schemas';

const tag = 'Store credit';

/** Balances that the shop keeps itself; orders are paid with them by the gateway store-credit. */
export function creditCalls({ db }: Services): Call[] {
  return [
    call({
      operationId: 'openCredit',
      method: 'put',
      path: '/v1/credit/{code}',
      tag,
      summary: 'Open an account of store credit, or rename its holder',
      roles: [],
      params: creditParams,
      body: newAccount,
      answers: { 200: { description: 'The account.', schema: creditAccount } },
      problems: ['validation'],
      async handle({ params: { code }, body }) {
        const account = await openAccount(db, { code, ...body });
        if (account) return answer(200, account);
        const { currency } = (await getAccount(db, code)) ?? { currency: 'another currency' };
        const detail = `The account is in ${currency} and stays so: open another one.`;
        return invalid([{ pointer: '/currency', detail }]);
      },
    }),
    call({
      operationId: 'grantCredit',
      method: 'post',
      path: '/v1/credit/{code}/grants',
      tag,
      summary: 'Put credit into an account',
      description: 'Once for each Idempotency-Key.',
      roles: ['clerk'],
      params: creditParams,
      body: grant,
      answers: { 200: { description: 'The account after it.', schema: creditAccount } },
      async handle({ params: { code }, body, caller, id }) {
        const granted = await grantCredit(db, code, body, { id, actor: actorOf(caller) });
        if (granted.outcome === 'granted') return answer(200, granted.account);
        if (granted.outcome === 'unknown') return noSuchAccount(code);
        const detail = 'The key came with another grant before; nothing was granted.';
        return problem('idempotency-key-reused', { detail });
      },
    }),
    call({
      operationId: 'getCredit',
      method: 'get',
      path: '/v1/credit/{code}',
      tag,
      summary: 'One account of store credit with its figures',
      roles: ['clerk'],
      params: creditParams,
      answers: { 200: { description: 'The account.', schema: creditAccount } },
      async handle({ params: { code } }) {
        const account = await getAccount(db, code);
        return account ? answer(200, account) : noSuchAccount(code);
      },
    }),
    call({
      operationId: 'listCreditEntries',
      method: 'get',
      path: '/v1/credit/{code}/ledger',
      tag,
      summary: 'Every movement of an account, newest first',
      roles: ['clerk'],
      params: creditParams,
      query: pageQuery,
      answers: {
        200: { description: 'A page of it.', schema: creditLedgerPage, headers: ['Link'] },
      },
      async handle({ params: { code }, query }) {
        if (!(await getAccount(db, code))) return noSuchAccount(code);
        return listAnswer(`/v1/credit/${code}/ledger`, query, 'entries', () =>
          creditLedger(db, code, { limit: query.limit, after: query.cursor }),
        );
      },
    }),
  ];
}

function noSuchAccount(code: string): Answer {
  return problem('not-found', {
    detail: `There is no account of store credit ${code}; PUT /v1/credit/${code} opens one.`,
    figures: { code },
  });
}
