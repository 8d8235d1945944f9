import type { RequestHandler } from 'express';
import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';

export interface Metrics {
  readonly registry: Registry;
  /** Counts what became of a command, by its type. */
  countCommand(type: string, outcome: string): void;
  /** Measures every request by the path of its call, never by the address itself. */
  readonly measure: RequestHandler;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const commands = new Counter({
    name: 'conveyor_commands_total',
    help: 'Commands by type and outcome.',
    labelNames: ['type', 'outcome'],
    registers: [registry],
  });
  const requests = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'How long requests took.',
    labelNames: ['method', 'path', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  return {
    registry,
    countCommand: (type, outcome) => commands.inc({ type, outcome }),
    measure: (request, response, next) => {
      const stop = requests.startTimer();
      response.once('close', () => {
        const path = (response.locals.path as string | undefined) ?? 'other';
        stop({ method: request.method, path, status: response.statusCode });
      });
      next();
    },
  };
}
