import { partnerFigures } from '../../db/partners/figures';
import { findPartner, listPartners, putPartner } from '../../db/partners/registry';
import { rotateSecret } from '../../db/partners/secrets';
import { answer, type Answer } from '../http/answers';
import { call, type Call } from '../http/call';
import { problem } from '../problems';
import { messageStatuses } from '../schemas/message-status';
import type { Services } from '../services';
import {
  partner,
  partnerList,
  partnerParams,
  putPartner as putBody,
  registered,
  rotatedSecret,
  secretRotation,
} from './schemas';

const tag = 'Partners';
const readers = ['clerk', 'viewer'] as const;

/** A secret is kept by nobody but its owner, not even to be answered again. */
function withoutSecret(body: unknown): unknown {
  const hasSecret = typeof body === 'object' && body !== null && 'secret' in body;
  return hasSecret ? { ...body, secret: null } : body;
}

/** The registry of fulfilment partners. */
export function partnerCalls({ db, vault }: Services): Call[] {
  return [
    call({
      operationId: 'listPartners',
      method: 'get',
      path: '/v1/partners',
      tag,
      summary: 'All fulfilment partners, how each does, and the statuses of messages',
      roles: readers,
      answers: { 200: { description: 'Every partner, by its code.', schema: partnerList } },
      async handle() {
        const [found, figures] = await Promise.all([listPartners(db), partnerFigures(db)]);
        const partners = found.map((each) => ({ ...each, figures: figures.get(each.code) }));
        return answer(200, { partners, statuses: messageStatuses });
      },
    }),
    call({
      operationId: 'getPartner',
      method: 'get',
      path: '/v1/partners/{code}',
      tag,
      summary: 'One fulfilment partner',
      roles: readers,
      params: partnerParams,
      answers: { 200: { description: 'The partner.', schema: partner } },
      async handle({ params: { code } }) {
        const found = await findPartner(db, code);
        return found ? answer(200, found) : noSuchPartner(code);
      },
    }),
    call({
      operationId: 'putPartner',
      method: 'put',
      path: '/v1/partners/{code}',
      tag,
      summary: 'Register a fulfilment partner, or change one',
      description:
        'The whole of it: what is left out is as it is without being said. A new partner gets a secret; one that is there keeps its own.',
      roles: [],
      params: partnerParams,
      body: putBody,
      answers: {
        200: { description: 'The partner, as it is now.', schema: registered },
        201: { description: 'The new partner with its secret.', schema: registered },
      },
      async handle({ params: { code }, body }) {
        const { partner: put, secret = null } = await putPartner(db, vault, { code, ...body });
        return answer(secret === null ? 200 : 201, { partner: put, secret });
      },
    }),
    call({
      operationId: 'rotatePartnerSecret',
      method: 'post',
      path: '/v1/partners/{code}/secret',
      tag,
      summary: 'Give a partner a new secret',
      description:
        'Both ways are signed with the new one at once. Until the old one ends, what is sent is signed with both, and what comes may be signed with either.',
      roles: [],
      params: partnerParams,
      body: secretRotation,
      keptBody: withoutSecret,
      answers: { 201: { description: 'The new secret; it is shown once.', schema: rotatedSecret } },
      async handle({ params: { code }, body }) {
        const rotated = await rotateSecret(db, vault, code, body.overlapHours);
        return rotated ? answer(201, rotated) : noSuchPartner(code);
      },
    }),
  ];
}

export function noSuchPartner(code: string): Answer {
  return problem('not-found', {
    detail: `There is no partner ${code}; PUT /v1/partners/${code} registers it.`,
    figures: { partner: code },
  });
}
