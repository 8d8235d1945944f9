import type { IncomingHttpHeaders } from 'node:http';
import { findInboxMessage, keepSaid } from '../../db/partners/inbox';
import { retryMessage } from '../../db/partners/inbox-work';
import { partnerSigner, secretsOf } from '../../db/secrets/signing';
import type { Said } from '../../machines/letters/letters';
import { readSaid } from '../../machines/letters/saying';
import { answer, type Answer } from '../http/answers';
import { call, type Call } from '../http/call';
import { jsonFault } from '../http/json-fault';
import { invalid } from '../http/request';
import { problem, type RequestFault } from '../problems';
import type { Services } from '../services';
import { callbackParams, saidKept, saidParams, saidTried } from './callback-schemas';
import { objectToSignature } from './signature';

/** Of what could not be read, and so need not have an id as it should be. */
const LONGEST_ID = 200;

/** What partners say of their own accord, and trying anew what orders did not take. */
export function callbackCalls({ db, vault }: Services): Call[] {
  return [
    call({
      operationId: 'tellOfOrder',
      method: 'post',
      path: '/v1/partners/{code}/callbacks',
      tag: 'Partners',
      summary: 'What a fulfilment partner says',
      description:
        'Signed by the partner over the bytes as they are sent (Standard Webhooks). It is kept before it is answered, once for each id however often it is said, and in any order; what is about an order that is not known yet waits for it. What becomes of it is in the partner’s messages.',
      roles: 'anyone',
      params: callbackParams,
      isRaw: true,
      largest: 256 * 1024,
      limit: { by: 'code', limit: 5_000, windowMs: 10_000, ofEachAddress: true },
      answers: { 202: { description: 'It is kept.', schema: saidKept } },
      problems: ['invalid-signature', 'validation', 'body-too-large', 'database-unavailable'],
      keepsAnswer: () => false,
      async handle({ params: { code }, sent, headers }) {
        const raw = Buffer.isBuffer(sent) ? sent : Buffer.alloc(0);
        const detail = objectToSignature(
          await secretsOf(db, vault, partnerSigner, code),
          raw,
          headers,
        );
        if (detail !== undefined) return problem('invalid-signature', { detail });
        const about = { partner: code, via: 'callback' } as const;
        const read = readSigned(raw, headers);
        if ('said' in read) {
          const { outcome, differs } = await keepSaid(db, { ...about, said: read.said });
          return answer(202, { id: read.said.id, repeated: outcome === 'repeated', differs });
        }
        // Whoever sent it may not look at answers: its log says what was wrong.
        const { no, unread } = read;
        await keepSaid(db, { ...about, unread });
        return no;
      },
    }),
    call({
      operationId: 'retryPartnerMessage',
      method: 'post',
      path: '/v1/partners/{code}/messages/{id}/retry',
      tag: 'Partners',
      summary: 'Try anew what an order did not take',
      description:
        'One that waits for its order is tried at once. One that was refused is put to the order again, as another command. One that is done stays done.',
      roles: ['clerk'],
      params: saidParams,
      answers: { 202: { description: 'It is tried.', schema: saidTried } },
      async handle({ params: { code, id } }) {
        if (await retryMessage(db, { partner: code, id })) {
          return answer(202, { id, status: 'waiting' });
        }
        const found = await findInboxMessage(db, code, id);
        if (!found) {
          const detail = `${code} has said nothing under the id ${id}.`;
          return problem('not-found', { detail, figures: { partner: code, message: id } });
        }
        const why =
          found.status === 'done'
            ? 'It is done; nothing is left to be tried.'
            : 'It could not be read; the partner has to send it anew.';
        return invalid([{ pointer: '/id', detail: why, in: 'path' }]);
      },
    }),
  ];
}

type Read =
  | { readonly said: Said }
  | {
      readonly no: Answer;
      readonly unread: { readonly id: string; readonly sent: unknown; readonly why: string };
    };

/** Reads bytes that are signed; what is wrong with them is kept under the id they were signed with. */
function readSigned(raw: Buffer, headers: IncomingHttpHeaders): Read {
  const id = String(headers['webhook-id']).slice(0, LONGEST_ID);
  const text = raw.toString();
  const { sent, errors: noJson } = parsed(text);
  const read = noJson ? { faults: noJson } : readSaid(sent);
  const errors: readonly RequestFault[] = 'faults' in read ? read.faults : otherId(read.said, id);
  if ('said' in read && errors.length === 0) return read;
  const why = errors.map(({ pointer, detail }) => `${pointer || '/'}: ${detail}`).join(' ');
  return { no: invalid(errors), unread: { id, sent, why } };
}

function parsed(text: string): { sent: unknown; errors?: readonly RequestFault[] } {
  try {
    return { sent: JSON.parse(text) as unknown };
  } catch {
    const detail = jsonFault(text) ?? 'The body stops being JSON.';
    return { sent: text, errors: [{ pointer: '', detail }] };
  }
}

function otherId({ id }: Said, signed: string): readonly RequestFault[] {
  if (id === signed) return [];
  return [{ pointer: '/id', detail: `It is not the id of the header webhook-id, ${signed}.` }];
}
