import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { deliverAgain } from '../../db/deliveries/again';
import { readPartnerMessage, type WholePartnerMessage } from '../../db/partners/messages';
import { findPartner } from '../../db/partners/registry';
import { sendTest } from '../../db/partners/testing';
import { testLetter } from '../../machines/letters/letters';
import { answer } from '../http/answers';
import { call, type Call } from '../http/call';
import type { Services } from '../services';
import { noSuchPartner } from './calls';
import { messageParams, wholeMessage } from './message-schemas';
import { noSuchMessage, wholeOf } from './messages';
import { partnerParams } from './schemas';

const tag = 'Partners';
/** How long a test is waited for: a little longer than a partner is given to answer. */
const TEST_MS = 20_000;
const LOOK_MS = 50;

/** Letters that people have sent: a test of the way, or one once more. */
export function partnerSendingCalls({ db, now }: Services): Call[] {
  async function settled(code: string, id: string): Promise<WholePartnerMessage> {
    for (const end = Date.now() + TEST_MS; ; await pause(LOOK_MS)) {
      const sent = (await readPartnerMessage(db, code, id, 'out')) as WholePartnerMessage;
      if (sent.status !== 'waiting' || Date.now() > end) return sent;
    }
  }
  return [
    call({
      operationId: 'testPartner',
      method: 'post',
      path: '/v1/partners/{code}/test',
      tag,
      summary: 'Send a partner a test, and see what it answers',
      description:
        'A letter of the type `test` goes the way that letters go, once, also to a partner that is not active. The answer says what came of it.',
      roles: [],
      params: partnerParams,
      answers: {
        200: { description: 'It was delivered, or it failed.', schema: wholeMessage },
        202: {
          description: 'It is still on its way: no worker has taken it.',
          schema: wholeMessage,
        },
      },
      async handle({ params: { code } }) {
        if (!(await findPartner(db, code))) return noSuchPartner(code);
        const id = randomUUID();
        await sendTest(db, testLetter({ id, partner: code, at: now() }));
        const sent = await settled(code, id);
        return answer(sent.status === 'waiting' ? 202 : 200, await wholeOf(db, sent));
      },
    }),
    call({
      operationId: 'redeliverPartnerMessage',
      method: 'post',
      path: '/v1/partners/{code}/messages/{id}/redeliveries',
      tag,
      summary: 'Send a partner once more what it was told',
      description:
        'In the same words and under the same id, so that a partner that had it knows it again. What still waits is left alone: it is tried again by itself.',
      roles: ['clerk'],
      params: messageParams,
      answers: { 202: { description: 'It is on its way.', schema: wholeMessage } },
      async handle({ params: { code, id } }) {
        if (!(await findPartner(db, code))) return noSuchPartner(code);
        const known = await readPartnerMessage(db, code, id, 'out');
        if (!known) return noSuchMessage(code, id);
        await deliverAgain(db, [id]);
        const sent = await readPartnerMessage(db, code, id, 'out');
        return answer(202, await wholeOf(db, sent ?? known));
      },
    }),
  ];
}
