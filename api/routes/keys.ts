import { z } from 'zod';
import { createApiKey, listApiKeys, revokeApiKey, rotateApiKey } from '../../db/api-keys';
import { answer, type Answer } from '../http/answers';
import { call, type Call } from '../http/call';
import { problem } from '../problems';
import { createdApiKey, keyList, newApiKey, rotation } from '../schemas/lists';
import type { Services } from '../services';

const keyParams = z.object({ id: z.string().max(100).meta({ description: 'The id of a key.' }) });
const tag = 'Keys';
const onlyAdmins = [] as const;

/** A key is kept by nobody but its owner, not even to be answered again. */
function withoutKey(body: unknown): unknown {
  const isCreated = typeof body === 'object' && body !== null && 'key' in body;
  return isCreated ? { ...body, key: null } : body;
}

export function keyCalls({ db, keyRing }: Services): Call[] {
  return [
    call({
      operationId: 'createKey',
      method: 'post',
      path: '/v1/keys',
      tag,
      summary: 'Make a key',
      roles: onlyAdmins,
      body: newApiKey,
      keptBody: withoutKey,
      answers: { 201: { description: 'The key; it is shown once.', schema: createdApiKey } },
      handle: async ({ body }) => answer(201, await createApiKey(db, body)),
    }),
    call({
      operationId: 'listKeys',
      method: 'get',
      path: '/v1/keys',
      tag,
      summary: 'All keys, without the keys themselves',
      roles: onlyAdmins,
      answers: { 200: { description: 'Every key.', schema: keyList } },
      handle: async () => answer(200, { keys: await listApiKeys(db) }),
    }),
    call({
      operationId: 'rotateKey',
      method: 'post',
      path: '/v1/keys/{id}/rotate',
      tag,
      summary: 'Replace a key by a new one of the same role',
      roles: onlyAdmins,
      params: keyParams,
      body: rotation,
      keptBody: withoutKey,
      answers: { 201: { description: 'The new key; it is shown once.', schema: createdApiKey } },
      async handle({ params: { id }, body }) {
        const created = await rotateApiKey(db, id, body);
        keyRing.forget();
        return created ? answer(201, created) : noSuchKey(id);
      },
    }),
    call({
      operationId: 'revokeKey',
      method: 'delete',
      path: '/v1/keys/{id}',
      tag,
      summary: 'End a key at once',
      roles: onlyAdmins,
      params: keyParams,
      answers: { 204: { description: 'It opens nothing any more.' } },
      async handle({ params: { id } }) {
        const ended = await revokeApiKey(db, id);
        keyRing.forget();
        return ended ? answer(204) : noSuchKey(id);
      },
    }),
  ];
}

function noSuchKey(id: string): Answer {
  return problem('not-found', { detail: `There is no key ${id} in use.`, figures: { key: id } });
}
