import express, { type ErrorRequestHandler, type Express, type Response } from 'express';
import type { Logger } from 'pino';
import type { Kind } from './entries';
import { createFaults } from './faults';
import type { Gateway, Result } from './gateway';
import { parseRequest } from './requests';
import { charge } from './views';

const PATHS = {
  '/authorisations': 'authorisation',
  '/captures': 'capture',
  '/refunds': 'refund',
  '/voids': 'void',
} as const satisfies Record<string, Kind>;

const LONGEST_KEY = 255;

export interface AppParts {
  gateway: Gateway;
  log: Pick<Logger, 'error'>;
  /** How long a connection hangs that is never answered; 30 s unless said. */
  hangMs?: number;
}

/** The gateway over HTTP. */
export function createApp({ gateway, log, hangMs = 30_000 }: AppParts): Express {
  const app = express();
  const faults = createFaults();
  app.disable('x-powered-by');
  app.use(express.json({ limit: '64kb' }));

  app.get('/healthz', (_request, response) => response.json({ status: 'ok' }));
  app.get('/ledger', async (_request, response) => response.json(await gateway.ledger()));
  app.post('/faults', faults.set);
  app.use(faults.apply);

  app.get('/charges', async (request, response) => {
    const { reference } = request.query;
    if (typeof reference !== 'string' || reference === '')
      return refuse(response, 400, 'invalid_request', 'Say what to look for: ?reference=…');
    const outcomes = await gateway.outcomes(reference);
    if (!outcomes) return refuse(response, 503, 'unavailable', 'The bank has not said yet.');
    response.json({ charges: outcomes.map(charge) });
  });

  for (const [path, kind] of Object.entries(PATHS)) {
    app.post(path, async (request, response) => {
      const key = request.get('idempotency-key');
      if (!key || key.length > LONGEST_KEY)
        return refuse(response, 400, 'invalid_request', 'An Idempotency-Key header is needed.');
      const parsed = parseRequest(kind, request.body);
      if ('fault' in parsed) return refuse(response, 400, 'invalid_request', parsed.fault);
      answer(response, await gateway.submit(parsed.request, key), hangMs);
    });
  }

  app.use((_request, response) => refuse(response, 404, 'not_found', 'There is no such call.'));
  app.use(errorHandler(log));
  return app;
}

function answer(response: Response, result: Result, hangMs: number): void {
  switch (result.result) {
    case 'moved':
      if (result.replayed) response.set('Idempotent-Replayed', 'true');
      response.status(201).json(charge(result.outcome));
      return;
    case 'declined':
      if (result.replayed) response.set('Idempotent-Replayed', 'true');
      return refuse(response, 402, result.outcome.code, result.outcome.message);
    case 'silence':
      return hang(response, hangMs);
    case 'error':
      return refuse(response, 500, 'internal_error', 'Something went wrong.');
    case 'running':
      response.set('Retry-After', '1');
      return refuse(response, 409, 'request_in_progress', 'The first request still runs.');
    case 'key-reused':
      return refuse(response, 422, 'idempotency_key_reused', 'The key came with another request.');
    case 'unknown-authorisation':
      return refuse(response, 404, 'unknown_authorisation', 'It was not made here.');
  }
}

function refuse(response: Response, status: number, code: string, message: string): void {
  response.status(status).json({ error: { code, message } });
}

function hang(response: Response, ms: number): void {
  const timer = setTimeout(() => response.destroy(), ms);
  response.once('close', () => clearTimeout(timer));
}

function errorHandler(log: AppParts['log']): ErrorRequestHandler {
  return (error: unknown, _request, response, _next) => {
    const status = error instanceof Error && 'status' in error ? error.status : 500;
    if (typeof status === 'number' && status < 500) {
      return refuse(response, 400, 'invalid_request', String(error));
    }
    log.error({ err: error }, 'request failed');
    refuse(response, 500, 'internal_error', 'Something went wrong.');
  };
}
