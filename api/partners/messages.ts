import type { Knex } from 'knex';
import { listAttempts } from '../../db/deliveries/attempts';
import {
  listPartnerMessages,
  readPartnerMessage,
  type WholePartnerMessage,
} from '../../db/partners/messages';
import { findPartner } from '../../db/partners/registry';
import { answer, type Answer } from '../http/answers';
import { call, type Call, type Caller } from '../http/call';
import { problem } from '../problems';
import { listAnswer } from '../routes/pages';
import type { Services } from '../services';
import { refusalFor } from '../shown-order';
import { noSuchPartner } from './calls';
import {
  messagePage,
  messageParams,
  messageQuery,
  messagesQuery,
  wholeMessage,
} from './message-schemas';
import { partnerParams } from './schemas';

const tag = 'Partners';
const readers = ['clerk', 'viewer', 'partner'] as const;

/** What a partner was told and what it said, for the shop's people and for the partner itself. */
export function partnerMessageCalls({ db }: Services): Call[] {
  /** Whether the caller may read this partner's log; to another partner it is not there. */
  async function mayRead({ role, partner }: Caller, code: string): Promise<boolean> {
    if (role === 'partner' && partner !== code) return false;
    return (await findPartner(db, code)) !== undefined;
  }
  return [
    call({
      operationId: 'listPartnerMessages',
      method: 'get',
      path: '/v1/partners/{code}/messages',
      tag,
      summary: 'What a partner was told and what it said, newest first',
      description: 'A partner’s key reads its own alone.',
      roles: readers,
      params: partnerParams,
      query: messagesQuery,
      answers: { 200: { description: 'A page.', schema: messagePage, headers: ['Link'] } },
      async handle({ params: { code }, query, caller }) {
        if (!(await mayRead(caller, code))) return noSuchPartner(code);
        const { limit, cursor, ...filter } = query;
        return listAnswer(`/v1/partners/${code}/messages`, query, 'messages', () =>
          listPartnerMessages(db, code, filter, { limit, after: cursor }),
        );
      },
    }),
    call({
      operationId: 'getPartnerMessage',
      method: 'get',
      path: '/v1/partners/{code}/messages/{id}',
      tag,
      summary: 'One message with its body and each attempt to deliver it',
      roles: readers,
      params: messageParams,
      query: messageQuery,
      answers: { 200: { description: 'The message.', schema: wholeMessage } },
      async handle({ params: { code, id }, query: { direction }, caller }) {
        if (!(await mayRead(caller, code))) return noSuchPartner(code);
        const found = await readPartnerMessage(db, code, id, direction);
        if (!found) return noSuchMessage(code, id);
        const refusal = found.refusal && refusalFor(caller, found.refusal);
        return answer(200, { ...(await wholeOf(db, found)), refusal });
      },
    }),
  ];
}

/** A message with each attempt to deliver it, and whether it may be tried once more. */
export async function wholeOf(db: Knex, message: WholePartnerMessage): Promise<object> {
  const attempts = message.direction === 'out' ? await listAttempts(db, message.id) : [];
  return { ...message, attempts, canRepeat: canRepeat(message) };
}

/** What still waits goes by itself, what is done stays done, and what could not be read is about no order. */
function canRepeat({ direction, status, order }: WholePartnerMessage): boolean {
  return direction === 'out' ? status !== 'waiting' : status !== 'done' && order !== null;
}

export function noSuchMessage(code: string, id: string): Answer {
  return problem('not-found', {
    detail: `There is no message ${id} between us and partner ${code}.`,
    figures: { partner: code, message: id },
  });
}
