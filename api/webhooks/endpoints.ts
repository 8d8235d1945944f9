import { randomUUID } from 'node:crypto';
import { endHouseTask } from '../../db/tasks/house';
import { deliverNow } from '../../db/deliveries/again';
import { lockChosen } from '../../db/deliveries/choosing';
import * as endpoints from '../../db/webhooks/endpoints';
import { newSecret, webhookSigner } from '../../db/secrets/signing';
import { sendPing } from '../../db/webhooks/sending';
import { PING, WEBHOOKS } from '../../machines/webhooks/payload';
import { webhookTypes } from '../../machines/webhooks/telling';
import { answer, type Answer } from '../http/answers';
import { call, type Call } from '../http/call';
import { invalid } from '../http/request';
import { problem } from '../problems';
import { listAnswer } from '../routes/pages';
import { pageQuery } from '../schemas/parameters';
import { deliveryStatuses } from '../schemas/message-status';
import type { Services } from '../services';
import { viewEndpoint } from './endpoint-view';
import * as schemas from './schemas';

const [onlyAdmins, readers] = [[] as const, ['clerk', 'viewer'] as const];
const tag = 'Webhooks';
const one = { params: schemas.endpointParams, tag } as const;
const path = '/v1/webhooks/{id}';

/** A secret is kept by nobody but its owner, not even to be answered again. */
function withoutSecret(body: unknown): unknown {
  const isShown = typeof body === 'object' && body !== null && 'secret' in body;
  return isShown ? { ...body, secret: null } : body;
}

export function noSuchEndpoint(id: string): Answer {
  return problem('not-found', {
    detail: `There is no webhook endpoint ${id}.`,
    figures: { webhook: id },
  });
}

const shown = (id: string, endpoint: endpoints.Endpoint | undefined): Answer =>
  endpoint ? answer(200, viewEndpoint(endpoint)) : noSuchEndpoint(id);

export function webhookCalls(services: Services): Call[] {
  const { db, vault, objectionTo } = services;

  /** Why webhooks cannot be posted there. */
  async function faultOf(url: string): Promise<Answer | undefined> {
    const detail = await objectionTo(url);
    return detail === undefined ? undefined : invalid([{ pointer: '/url', detail }]);
  }

  return [
    call({
      operationId: 'listWebhookTypes',
      method: 'get',
      path: '/v1/webhooks/types',
      tag,
      summary: 'What endpoints can be told of, and the statuses of deliveries',
      description: 'The body of each is described among the webhooks of this document.',
      roles: readers,
      answers: { 200: { description: 'Every type.', schema: schemas.typeList } },
      handle: async () => {
        const types = Object.entries(webhookTypes).map(([type, says]) => ({ type, says }));
        return answer(200, { types, statuses: deliveryStatuses });
      },
    }),
    call({
      operationId: 'createWebhook',
      method: 'post',
      path: '/v1/webhooks',
      tag,
      summary: 'Make an endpoint that is told what happens to orders',
      description:
        'It is told what happens from now on. Its secret, which signs what it is sent, is shown once.',
      roles: onlyAdmins,
      body: schemas.endpointTerms,
      keptBody: withoutSecret,
      answers: {
        201: { description: 'The endpoint.', schema: schemas.endpointWithSecret },
      },
      async handle({ body }) {
        const fault = await faultOf(body.url);
        if (fault) return fault;
        const secret = newSecret();
        const made = await endpoints.createEndpoint(db, body, (id) =>
          vault.seal(secret, webhookSigner.about(id)),
        );
        return answer(201, { ...viewEndpoint(made), secret });
      },
    }),
    call({
      operationId: 'listWebhooks',
      method: 'get',
      path: '/v1/webhooks',
      tag,
      summary: 'All endpoints, oldest first',
      roles: readers,
      query: pageQuery,
      answers: {
        200: { description: 'A page.', schema: schemas.endpointPage, headers: ['Link'] },
      },
      handle: ({ query }) =>
        listAnswer('/v1/webhooks', query, 'webhooks', async () => {
          const page = { limit: query.limit, after: query.cursor };
          const { rows, next } = await endpoints.listEndpoints(db, page);
          return { rows: rows.map(viewEndpoint), next };
        }),
    }),
    call({
      ...one,
      operationId: 'getWebhook',
      method: 'get',
      path,
      summary: 'One endpoint, and whether it takes what it is sent',
      roles: readers,
      answers: { 200: { description: 'The endpoint.', schema: schemas.endpoint } },
      handle: async ({ params: { id } }) => shown(id, await endpoints.findEndpoint(db, id)),
    }),
    call({
      ...one,
      operationId: 'changeWebhook',
      method: 'put',
      path,
      summary: 'Change where an endpoint is, and what it is told of',
      description: 'What waits for it already goes to the new address.',
      roles: onlyAdmins,
      body: schemas.endpointTerms,
      answers: { 200: { description: 'The endpoint after it.', schema: schemas.endpoint } },
      async handle({ params: { id }, body }) {
        const fault = await faultOf(body.url);
        return fault ?? shown(id, await endpoints.changeEndpoint(db, id, body));
      },
    }),
    call({
      ...one,
      operationId: 'removeWebhook',
      method: 'delete',
      path,
      summary: 'Forget an endpoint',
      description: 'What waits for it is not sent any more.',
      roles: onlyAdmins,
      answers: { 204: { description: 'It is told nothing more.' } },
      async handle({ params: { id } }) {
        return (await remove(services, id)) ? answer(204) : noSuchEndpoint(id);
      },
    }),
    call({
      ...one,
      operationId: 'pauseWebhook',
      method: 'post',
      path: `${path}/pause`,
      summary: 'Send an endpoint nothing until it is resumed',
      description: 'Nothing is lost: it is told then. One that is not active stays as it is.',
      roles: onlyAdmins,
      body: schemas.pausing,
      answers: { 200: { description: 'The endpoint after it.', schema: schemas.endpoint } },
      async handle({ params: { id }, body: { why } }) {
        const paused = await endpoints.pauseEndpoint(db, id, why);
        return shown(id, paused ?? (await endpoints.findEndpoint(db, id)));
      },
    }),
    call({
      ...one,
      operationId: 'resumeWebhook',
      method: 'post',
      path: `${path}/resume`,
      summary: 'Have an endpoint told again',
      description:
        'One that was paused is told everything that happened since, and what waited is sent at once. One that was stopped by its answer 410 is told what happens from now on.',
      roles: onlyAdmins,
      answers: { 200: { description: 'The endpoint after it.', schema: schemas.endpoint } },
      async handle({ params: { id } }) {
        const resumed = await resume(services, id);
        return shown(id, resumed ?? (await endpoints.findEndpoint(db, id)));
      },
    }),
    call({
      ...one,
      operationId: 'rotateWebhookSecret',
      method: 'post',
      path: `${path}/secret`,
      summary: 'Give an endpoint another secret',
      description:
        'For the overlap each webhook has two signatures, one of each secret, so that the receiver can change when it likes.',
      roles: onlyAdmins,
      body: schemas.rotating,
      keptBody: withoutSecret,
      answers: {
        201: {
          description: 'The endpoint with its new secret, which is shown once.',
          schema: schemas.endpointWithSecret,
        },
      },
      async handle({ params: { id }, body: { overlapHours } }) {
        const secret = newSecret();
        const sealed = vault.seal(secret, webhookSigner.about(id));
        const rotated = await endpoints.rotateSecret(db, id, sealed, overlapHours);
        return rotated ? answer(201, { ...viewEndpoint(rotated), secret }) : noSuchEndpoint(id);
      },
    }),
    call({
      ...one,
      operationId: 'testWebhook',
      method: 'post',
      path: `${path}/test`,
      summary: 'Send an endpoint a ping',
      description:
        'It goes the way of every webhook, but is tried once, and also while the endpoint is paused. The log of deliveries says what came of it.',
      roles: onlyAdmins,
      answers: { 202: { description: 'It is on its way.', schema: schemas.pinged } },
      problems: ['webhook-stopped'],
      async handle({ params: { id } }) {
        const found = await endpoints.findEndpoint(db, id);
        if (found?.status !== 'active' && found?.status !== 'paused') return notTold(id, found);
        const delivery = randomUUID();
        const [at, data] = [services.now(), { endpoint: id }];
        await sendPing(db, { id: delivery, type: PING, version: WEBHOOKS, at, data });
        return answer(202, { delivery });
      },
    }),
  ];
}

/** Why an endpoint is sent nothing at all. */
export function notTold(id: string, found: endpoints.Endpoint | undefined): Answer {
  if (!found) return noSuchEndpoint(id);
  const detail = `The endpoint is stopped: ${found.why ?? ''}`;
  return problem('webhook-stopped', { detail, figures: { webhook: id } });
}

/** Forgets an endpoint, and what people were asked to do about it; false when there is none. */
function remove({ db }: Services, id: string): Promise<boolean> {
  return db.transaction(async (trx) => {
    for (const reason of ['webhook-paused', 'delivery-failed'] as const) {
      await endHouseTask(trx, { reason, about: id }, 'itself');
    }
    return endpoints.removeEndpoint(trx, id);
  });
}

/** Resumes an endpoint and has what waited for it sent at once; undefined when it is active, or there is none. */
function resume({ db }: Services, id: string): Promise<endpoints.Endpoint | undefined> {
  return db.transaction(async (trx) => {
    const resumed = await endpoints.resumeEndpoint(trx, id);
    if (!resumed) return undefined;
    const waiting = { kind: 'webhook', target: id, status: ['waiting'] } as const;
    await deliverNow(trx, await lockChosen(trx, waiting));
    await endHouseTask(trx, { reason: 'webhook-paused', about: id }, 'itself');
    return resumed;
  });
}
