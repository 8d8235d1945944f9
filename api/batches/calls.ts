import { createHash } from 'node:crypto';
import {
  cancelBatch,
  findBatch,
  keepBatch,
  listBatches,
  retryBatch,
  type BatchRow,
} from '../../db/batches/batches';
import { listResults } from '../../db/batches/results';
import { sum } from '../../machines/money';
import { wordings } from '../../machines/offering/wording';
import { actorOf, forbidden } from '../auth';
import { answer, type Answer } from '../http/answers';
import { call, type Call, type Incoming } from '../http/call';
import { problem } from '../problems';
import { listAnswer } from '../routes/pages';
import { maySend, rolesFor } from '../routes/permitted-commands';
import { withTable } from '../routes/sending';
import { pageQuery, previewQuery, type PreviewQuery } from '../schemas/parameters';
import type { Services } from '../services';
import { chosenOrders } from './choosing';
import { previewBatch } from './preview';
import * as schemas from './schemas';

const [staff, readers] = [['clerk'] as const, ['clerk', 'viewer'] as const];
const one = { params: schemas.batchParams, tag: 'Batches' } as const;
const pageLinks = ['Link'] as const;

export function batchCalls(services: Services): Call[] {
  const { db } = services;
  return [
    call({
      operationId: 'startBatch',
      method: 'post',
      path: '/v1/batches',
      tag: 'Batches',
      summary: 'Send one command to many orders, or preview it',
      description: `The orders are chosen now: by number, or all that match a filter, at most ${schemas.MOST_ORDERS}. Each gets the command exactly once, whatever crashes. With \`preview=true\` it says which can and which cannot, because of what, and changes nothing.`,
      roles: staff,
      query: previewQuery,
      body: schemas.newBatch,
      keepsAnswer: ({ preview }) => preview !== true,
      answers: {
        200: { description: 'What it would do.', schema: schemas.batchPreview },
        202: {
          description: 'It is under way.',
          schema: schemas.batchAnswer,
          headers: ['Location'],
        },
      },
      problems: ['temporal-unavailable'],
      handle: (asked) => startBatch(services, asked),
    }),
    call({
      operationId: 'listBatches',
      method: 'get',
      path: '/v1/batches',
      tag: 'Batches',
      summary: 'Batches, newest first',
      roles: readers,
      query: pageQuery,
      answers: {
        200: { description: 'A page of them.', schema: schemas.batchPage, headers: pageLinks },
      },
      handle: ({ query }) =>
        listAnswer('/v1/batches', query, 'batches', async () => {
          const { limit, cursor: after } = query;
          const { rows, next } = await listBatches(db, { limit, after });
          return { next, rows: rows.map(shown) };
        }),
    }),
    call({
      ...one,
      operationId: 'getBatch',
      method: 'get',
      path: '/v1/batches/{id}',
      summary: 'How far a batch is',
      roles: readers,
      answers: { 200: { description: 'Its progress.', schema: schemas.batchAnswer } },
      handle: ({ params: { id } }) => batchAnswer(services, id),
    }),
    call({
      ...one,
      operationId: 'listBatchResults',
      method: 'get',
      path: '/v1/batches/{id}/results',
      summary: 'What became of the command at each order of a batch',
      roles: readers,
      query: schemas.resultQuery,
      answers: {
        200: { description: 'A page of them.', schema: schemas.resultPage, headers: pageLinks },
      },
      async handle({ params: { id }, query }) {
        // Also asks the orders' commands what became of money on its way.
        if (!(await findBatch(db, id))) return noSuchBatch(id);
        return listAnswer(`/v1/batches/${id}/results`, query, 'results', async () => {
          const { limit, cursor: after, outcome } = query;
          const { rows, next } = await listResults(db, id, { limit, after, outcome });
          return {
            next,
            rows: rows.map(({ refusal, why, at, ...row }) => ({
              ...row,
              ...(refusal && { refusal }),
              ...(why !== null && { why }),
              ...(at !== null && { at }),
              command: `batch-${id}-${row.number}`,
            })),
          };
        });
      },
    }),
    call({
      ...one,
      operationId: 'cancelBatch',
      method: 'post',
      path: '/v1/batches/{id}/cancel',
      summary: 'Leave out every order of a batch that nothing was sent to yet',
      roles: staff,
      answers: {
        200: { description: 'What is left of it.', schema: schemas.batchAnswer },
      },
      async handle({ params: { id }, caller }) {
        const no = await mayNotTouch(services, id, caller);
        if (no) return no;
        await cancelBatch(db, id, actorOf(caller));
        return batchAnswer(services, id);
      },
    }),
    call({
      ...one,
      operationId: 'retryBatch',
      method: 'post',
      path: '/v1/batches/{id}/retry',
      summary: 'Send again to every order of a batch where it failed',
      description:
        'Under the same ids: an order that has done it after all gives its first answer. What an order refused stays refused.',
      roles: staff,
      answers: {
        202: { description: 'It is under way again.', schema: schemas.batchAnswer },
      },
      problems: ['temporal-unavailable'],
      async handle({ params: { id }, caller }) {
        const no = await mayNotTouch(services, id, caller);
        if (no) return no;
        await retryBatch(db, id);
        return wake(services, id);
      },
    }),
  ];
}

/** The same request again is the same batch, also when the first was interrupted. */
function idOf({ caller, id }: Pick<Incoming<unknown, unknown, unknown>, 'caller' | 'id'>): string {
  return createHash('sha256').update(`${caller.id} ${id}`).digest('hex').slice(0, 24);
}

async function startBatch(
  services: Services,
  asked: Incoming<unknown, PreviewQuery, schemas.NewBatchBody>,
): Promise<Answer> {
  const { body, caller, query, sent } = asked;
  const { type } = body.command;
  if (!maySend(caller, type)) {
    return forbidden(caller.role, ['admin', ...rolesFor(type)], `send ${type}`);
  }
  const chosen = await chosenOrders(services, body);
  if ('no' in chosen) return chosen.no;
  const command = withTable(body.command, services.shop);
  const { numbers } = chosen;
  if (query.preview) return answer(200, await previewBatch(services, caller, command, numbers));
  const { filter } = sent as { readonly filter?: object };
  const id = idOf(asked);
  await keepBatch(services.db, {
    ...{ id, command, numbers, actor: actorOf(caller) },
    chosen: filter ? { filter } : { numbers: numbers.length },
  });
  return wake(services, id);
}

async function wake(services: Services, id: string): Promise<Answer> {
  if (await services.client.wakeBatch(id)) return batchAnswer(services, id, 202);
  const detail = `Temporal cannot be reached: batch ${id} is kept and waits. POST /v1/batches/${id}/retry starts it.`;
  return problem('temporal-unavailable', { detail, figures: { batch: id } });
}

async function mayNotTouch(
  { db }: Services,
  id: string,
  caller: Incoming<unknown, unknown, unknown>['caller'],
): Promise<Answer | undefined> {
  const batch = await findBatch(db, id);
  if (!batch) return noSuchBatch(id);
  const { type } = batch.command;
  if (maySend(caller, type)) return undefined;
  return forbidden(caller.role, ['admin', ...rolesFor(type)], `send ${type}`);
}

async function batchAnswer({ db }: Services, id: string, status = 200): Promise<Answer> {
  const batch = await findBatch(db, id);
  if (!batch) return noSuchBatch(id);
  const headers = status === 202 ? { Location: `/v1/batches/${id}` } : undefined;
  return answer(status, { batch: shown(batch) }, headers);
}

function shown({ counts, cancelled, ...batch }: BatchRow): object {
  const { waiting = 0, running = 0 } = counts;
  const ended = cancelled && counts.cancelled ? 'cancelled' : 'done';
  const state = waiting + running > 0 ? 'running' : ended;
  const { title } = wordings[batch.command.type];
  return { ...batch, title, state, total: sum(Object.values(counts)), counts, cancelled };
}

function noSuchBatch(id: string): Answer {
  return problem('not-found', { detail: `There is no batch ${id}.`, figures: { batch: id } });
}
