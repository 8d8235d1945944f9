import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import { pinoHttp } from 'pino-http';

const ID = /^[\w.:-]{1,100}$/;
/** Asked every few seconds by machines. */
const QUIET = ['/healthz', '/readyz', '/metrics'];

/** Gives each request its id and logs it by path and status: no query, no body, no header, no person. */
export function logRequests(logger: Logger): RequestHandler {
  return pinoHttp<IncomingMessage, ServerResponse>({
    logger,
    genReqId: (request, response) => {
      const sent = request.headers['x-request-id'];
      const id = typeof sent === 'string' && ID.test(sent) ? sent : randomUUID();
      response.setHeader('X-Request-Id', id);
      return id;
    },
    autoLogging: { ignore: (request) => QUIET.includes(pathOf(request)) },
    customLogLevel: (_request, response, error) => {
      if (error ?? response.statusCode >= 500) return 'error';
      return 'info';
    },
    wrapSerializers: false,
    serializers: {
      err: shownError,
      req: (request: IncomingMessage) => ({
        id: request.id,
        method: request.method,
        path: pathOf(request),
      }),
      res: (response: { statusCode: number }) => ({ status: response.statusCode }),
    },
  });
}

/**
 * An error without what it was about: statements, their values and rows that PostgreSQL quotes may
 * hold customers.
 */
export function shownError(error: unknown) {
  if (!(error instanceof Error)) return { type: typeof error };
  const { code } = error as { code?: unknown };
  // Knex writes the whole statement with its values before what PostgreSQL said of it.
  const said = error.message.split(' - ').at(-1) ?? '';
  const message = said.replace(/"[^"]*"/g, '"…"');
  const stack = error.stack?.split('\n').filter((line) => /^\s+at /.test(line));
  return { type: error.name, code, message, stack: stack?.join('\n') };
}

/** Express shortens the address for what it mounts, and keeps the whole one beside it. */
function pathOf(request: IncomingMessage & { readonly originalUrl?: string }): string {
  const { originalUrl, url = '' } = request;
  const path = (originalUrl ?? url).split('?')[0] ?? '';
  // The token of a link opens an order.
  return path.replace(/^(\/v1\/guest\/).+/, '$1…');
}
