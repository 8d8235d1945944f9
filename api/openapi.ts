import {
  OpenApiGeneratorV31,
  OpenAPIRegistry,
  type ResponseConfig,
  type RouteConfig,
} from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import { headerNotes, type Call, type Documented, type HeaderName } from './http/call';
import { acceptsNothing } from './http/request';
import { problemKinds, type ProblemCode } from './problem-kinds';
import { problemSchema } from './schemas/problem';
import { SESSION_COOKIE } from './sessions/cookie';

const SECURITY = 'apiKey';
const SESSION = 'session';

const description = `Places orders and processes them, each exactly once.

Every answer that is no success is a problem (RFC 9457); its \`code\` is explained at \`/docs/problems\`.
Every POST takes an \`Idempotency-Key\`: the same key with the same body gets the first answer again.
Amounts are whole minor units of the order's currency.`;

const idempotencyKey = z.string().optional().meta({
  description:
    '1 to 128 visible ASCII characters. It becomes the id of the command; the same request again gets the first answer.',
});
const ifMatch = z
  .string()
  .optional()
  .meta({ description: 'The ETag the command is meant for.', example: '"3"' });

const lastEventId = z
  .string()
  .optional()
  .meta({ description: 'The id of the last event that arrived; the stream goes on after it.' });

/** The description of the API for programs, made from the calls themselves, and of what it sends. */
export function openApiDocument(calls: readonly Call[], webhooks: readonly RouteConfig[]) {
  const registry = new OpenAPIRegistry();
  registry.registerComponent('securitySchemes', SECURITY, {
    type: 'http',
    scheme: 'bearer',
    description: 'A key made by `POST /v1/keys`.',
  });
  registry.registerComponent('securitySchemes', SESSION, {
    type: 'apiKey',
    in: 'cookie',
    name: SESSION_COOKIE,
    description:
      'The dashboard’s: `POST /v1/sessions` sets it. Whatever changes something also needs the header `X-Conveyor`.',
  });
  for (const call of calls) registry.registerPath(route(call));
  for (const webhook of webhooks) registry.registerWebhook(webhook);
  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: { title: 'Conveyor', version: '1', description },
    servers: [{ url: '/' }],
    tags: [...new Set(calls.map(({ tag }) => tag))].map((name) => ({ name })),
  });
}

function route(call: Call): RouteConfig {
  const { operationId, method, path, tag, summary, description, roles, body, isRaw } = call;
  const asked = body && {
    body: { required: !acceptsNothing(body), content: { 'application/json': { schema: body } } },
  };
  const raw = isRaw && {
    body: { required: true, content: { 'application/json': { schema: z.looseObject({}) } } },
  };
  const request = { ...parameters(call), ...asked, ...raw };
  return {
    operationId,
    method,
    path,
    tags: [tag],
    summary,
    description: [description, whose(roles)].filter(Boolean).join('\n\n'),
    ...(roles !== 'anyone' && { security: [{ [SECURITY]: [] }, { [SESSION]: [] }] }),
    request,
    responses: { ...answersOf(call), ...problemResponses(problemsOf(call)) },
  };
}

function whose(roles: Call['roles']): string {
  if (roles === 'anyone') return 'Needs no key.';
  return `For keys of the role ${['admin', ...roles].join(', ')}.`;
}

function parameters({
  params,
  query,
  method,
  ifMatch: matches,
  resumes,
}: Call): RouteConfig['request'] {
  const headers = {
    ...(method === 'post' && { 'Idempotency-Key': idempotencyKey }),
    ...(matches && { 'If-Match': ifMatch }),
    ...(resumes && { 'Last-Event-ID': lastEventId }),
  };
  return {
    ...(params && { params: params as z.ZodObject }),
    ...(query && { query: query as z.ZodObject }),
    ...(Object.keys(headers).length > 0 && { headers: z.object(headers) }),
  };
}

function answersOf({ answers, method }: Call): Record<number, ResponseConfig> {
  return Object.fromEntries(
    Object.entries(answers).map(([status, documented]) => {
      const replayed: HeaderName[] = method === 'post' ? ['Idempotent-Replayed'] : [];
      return [status, response(documented, [...(documented.headers ?? []), ...replayed])];
    }),
  );
}

function response(documented: Documented, headers: readonly HeaderName[]): ResponseConfig {
  const { description, schema, contentType = 'application/json' } = documented;
  return {
    description,
    ...(headers.length > 0 && { headers: headerSchemas(headers) }),
    ...(schema && { content: { [contentType]: { schema } } }),
  };
}

function headerSchemas(names: readonly HeaderName[]) {
  const schema = { type: 'string' as const };
  return Object.fromEntries(
    names.map((name) => [name, { description: headerNotes[name], schema }]),
  );
}

/** The problems a call names, and those that its checks imply. */
function problemsOf(call: Call): ProblemCode[] {
  const { roles, params, query, body, isRaw, method, ifMatch: matches, problems = [] } = call;
  const implied: (ProblemCode | false | undefined)[] = [
    'internal',
    ...(roles === 'anyone' ? [] : (['unauthenticated', 'forbidden', 'rate-limited'] as const)),
    ...(roles === 'anyone' ? [] : (['database-unavailable'] as const)),
    roles !== 'anyone' && method !== 'get' && 'cross-site',
    params && 'not-found',
    // A parameter that is not known is refused; calls that need no key ignore it.
    ((query ?? body) || roles !== 'anyone') && 'validation',
    ...(body ? (['malformed-json', 'body-too-large', 'unsupported-media-type'] as const) : []),
    isRaw && 'body-too-large',
    ...(method === 'post' ? (['idempotency-key-reused', 'request-in-progress'] as const) : []),
    matches && 'precondition-failed',
  ];
  const all = [...implied, ...problems].filter((code) => code !== false && code !== undefined);
  return [...new Set(all)];
}

function problemResponses(codes: readonly ProblemCode[]): Record<number, ResponseConfig> {
  const statuses = [...new Set(codes.map((code) => problemKinds[code].status))];
  return Object.fromEntries(
    statuses.map((status) => {
      const here = codes.filter((code) => problemKinds[code].status === status);
      const waits = here.some((code) => problemKinds[code].retryAfter !== undefined);
      return [
        status,
        {
          description: here.map((code) => `\`${code}\`: ${problemKinds[code].title}.`).join('\n'),
          ...(waits && { headers: headerSchemas(['Retry-After']) }),
          content: { 'application/problem+json': { schema: problemSchema } },
        },
      ];
    }),
  );
}
