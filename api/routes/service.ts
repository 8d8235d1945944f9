import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { answer } from '../http/answers';
import { call, type Call } from '../http/call';
import { health, readiness } from '../schemas/answers';
import { shopTable } from '../schemas/shop';
import type { Services } from '../services';

const tag = 'Service';

/** Calls that need no order: how the service is, what the shop is, what the API is. */
export function serviceCalls(services: Services, document: () => unknown): Call[] {
  const { db, client, shop, metrics } = services;
  return [
    call({
      operationId: 'getShop',
      method: 'get',
      path: '/v1/shop',
      tag: 'Shop',
      summary: "The shop's table: its pipelines, event types and rules",
      roles: ['clerk', 'viewer', 'storefront', 'partner'],
      answers: {
        200: { description: 'The table that new orders are placed under.', schema: shopTable },
      },
      handle: async () => answer(200, shop),
    }),
    call({
      operationId: 'isAlive',
      method: 'get',
      path: '/healthz',
      tag,
      summary: 'Whether the process answers',
      roles: 'anyone',
      answers: { 200: { description: 'It does.', schema: health } },
      handle: async () => answer(200, { status: 'ok' }),
    }),
    call({
      operationId: 'isReady',
      method: 'get',
      path: '/readyz',
      tag,
      summary: 'Whether PostgreSQL and Temporal answer too',
      roles: 'anyone',
      answers: {
        200: { description: 'They do.', schema: readiness },
        503: { description: 'One of them does not.', schema: readiness },
      },
      async handle() {
        const asked = db.raw('select 1');
        const [postgres, version] = await Promise.all([isAnswered(asked), client.serverVersion()]);
        const temporal = version !== undefined;
        const ready = postgres && temporal;
        return answer(ready ? 200 : 503, { ready, postgres, temporal });
      },
    }),
    call({
      operationId: 'getMetrics',
      method: 'get',
      path: '/metrics',
      tag,
      summary: 'Figures for Prometheus',
      roles: 'anyone',
      answers: { 200: { description: 'As Prometheus reads them.', ...plain(z.string()) } },
      handle: async () => {
        const { registry } = metrics;
        return answer(200, await registry.metrics(), { 'Content-Type': registry.contentType });
      },
    }),
    call({
      operationId: 'getOpenApi',
      method: 'get',
      path: '/openapi.json',
      tag,
      summary: 'This description of the API',
      roles: 'anyone',
      answers: {
        200: { description: 'OpenAPI 3.1.', schema: z.looseObject({ openapi: z.string() }) },
      },
      handle: async () => answer(200, document()),
    }),
  ];
}

const READY_WITHIN_MS = 1_500;

function isAnswered(asked: PromiseLike<unknown>): Promise<boolean> {
  const answered = asked.then(
    () => true,
    () => false,
  );
  return Promise.race([answered, sleep(READY_WITHIN_MS, false, { ref: false })]);
}

function plain(schema: z.ZodType) {
  return { schema, contentType: 'text/plain' };
}
