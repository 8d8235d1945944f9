import { findDelivery, listDeliveries } from '../../db/deliveries/deliveries';
import { listAttempts } from '../../db/deliveries/attempts';
import { deliverNow } from '../../db/deliveries/again';
import { countChosen, lockChosen, type Chosen } from '../../db/deliveries/choosing';
import { findEndpoint } from '../../db/webhooks/endpoints';
import { answer, type Answer } from '../http/answers';
import { call, type Call } from '../http/call';
import { problem } from '../problems';
import { listAnswer } from '../routes/pages';
import type { Services } from '../services';
import { noSuchEndpoint, notTold } from './endpoints';
import * as schemas from './schemas';

/** How many are sent again by one request. */
const MOST = 1_000;
const [onlyAdmins, readers] = [[] as const, ['clerk', 'viewer'] as const];
const tag = 'Webhooks';
const path = '/v1/webhooks/{id}/deliveries';

export function webhookDeliveryCalls({ db }: Services): Call[] {
  /** Sends again what the endpoint was sent, or says how much that is. */
  async function again(
    id: string,
    chosen: Omit<Chosen, 'kind' | 'target'>,
    isPreview = false,
  ): Promise<{ no: Answer } | { found: number; sent: number }> {
    const endpoint = await findEndpoint(db, id);
    if (!endpoint || endpoint.status === 'stopped') return { no: notTold(id, endpoint) };
    const all = { kind: 'webhook', target: id, ...chosen } as const;
    const found = await countChosen(db, all);
    if (isPreview) return { found, sent: 0 };
    const sent = await db.transaction(async (trx) =>
      deliverNow(trx, await lockChosen(trx, all, MOST)),
    );
    return { found, sent: sent.length };
  }

  return [
    call({
      operationId: 'listWebhookDeliveries',
      method: 'get',
      path,
      tag,
      summary: 'What an endpoint was sent, newest first, and what came of it',
      roles: readers,
      params: schemas.endpointParams,
      query: schemas.deliveryQuery,
      answers: {
        200: { description: 'A page.', schema: schemas.deliveryPage, headers: ['Link'] },
      },
      async handle({ params: { id }, query }) {
        if (!(await findEndpoint(db, id))) return noSuchEndpoint(id);
        const { limit, cursor: after, ...filter } = query;
        return listAnswer(path.replace('{id}', id), query, 'deliveries', () =>
          listDeliveries(db, { kind: 'webhook', target: id, ...filter }, { limit, after }),
        );
      },
    }),
    call({
      operationId: 'getWebhookDelivery',
      method: 'get',
      path: `${path}/{delivery}`,
      tag,
      summary: 'One delivery: its body as it is sent, and every attempt with what was answered',
      roles: readers,
      params: schemas.deliveryParams,
      answers: { 200: { description: 'The delivery.', schema: schemas.fullDelivery } },
      async handle({ params: { id, delivery } }) {
        const found = await findDelivery(db, delivery);
        if (found?.kind !== 'webhook' || found.target !== id) return noSuchDelivery(id, delivery);
        return answer(200, { ...found, log: await listAttempts(db, delivery) });
      },
    }),
    call({
      operationId: 'redeliverWebhook',
      method: 'post',
      path: `${path}/{delivery}/redeliveries`,
      tag,
      summary: 'Send one delivery again, now',
      description: 'It has the same id and body, so that a receiver that had it knows it again.',
      roles: onlyAdmins,
      params: schemas.deliveryParams,
      answers: { 202: { description: 'It is on its way.', schema: schemas.redelivered } },
      problems: ['webhook-stopped'],
      async handle({ params: { id, delivery } }) {
        const made = await again(id, { ids: [delivery] });
        if ('no' in made) return made.no;
        return made.found === 0 ? noSuchDelivery(id, delivery) : answer(202, made);
      },
    }),
    call({
      operationId: 'redeliverWebhooks',
      method: 'post',
      path: '/v1/webhooks/{id}/redeliveries',
      tag,
      summary: 'Send a range of deliveries again',
      description: `Oldest first, each under its own id; at most ${MOST} by one request: where \`found\` is more, ask for the rest by its time. With \`preview=true\` it only counts.`,
      roles: onlyAdmins,
      params: schemas.endpointParams,
      query: schemas.redeliveryQuery,
      body: schemas.redelivering,
      keepsAnswer: ({ preview }) => preview !== true,
      answers: {
        200: { description: 'How many it would be.', schema: schemas.redelivered },
        202: { description: 'They are on their way.', schema: schemas.redelivered },
      },
      problems: ['webhook-stopped'],
      async handle({ params: { id }, query: { preview }, body }) {
        const made = await again(id, body, preview);
        return 'no' in made ? made.no : answer(preview ? 200 : 202, made);
      },
    }),
  ];
}

function noSuchDelivery(id: string, delivery: string): Answer {
  return problem('not-found', {
    detail: `There is no delivery ${delivery} to this endpoint.`,
    figures: { webhook: id, delivery },
  });
}
