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
    serializers: {
      req: (request: { id: unknown; method: string; url: string }) => ({
        id: request.id,
        method: request.method,
        path: request.url.split('?')[0],
      }),
      res: (response: { statusCode: number }) => ({ status: response.statusCode }),
    },
  });
}

function pathOf({ url }: IncomingMessage): string {
  return url?.split('?')[0] ?? '';
}
