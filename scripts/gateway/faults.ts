import type { RequestHandler } from 'express';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

const faultSchema = z.discriminatedUnion('mode', [
  z.strictObject({ mode: z.literal('ok') }),
  z.strictObject({ mode: z.literal('down') }),
  z.strictObject({ mode: z.literal('slow'), ms: z.int().min(0).max(600_000) }),
]);

/** An outage on demand, until it is set to `ok` or the process ends. */
export function createFaults(): { set: RequestHandler; apply: RequestHandler } {
  let fault: z.infer<typeof faultSchema> = { mode: 'ok' };

  return {
    set(request, response) {
      const parsed = faultSchema.safeParse(request.body);
      if (!parsed.success) {
        const error = { code: 'invalid_request', message: z.prettifyError(parsed.error) };
        response.status(400).json({ error });
        return;
      }
      fault = parsed.data;
      response.json(fault);
    },
    async apply(_request, response, next) {
      if (fault.mode === 'down') {
        const error = { code: 'unavailable', message: 'The gateway is down.' };
        response.status(503).json({ error });
        return;
      }
      if (fault.mode === 'slow') await sleep(fault.ms);
      next();
    },
  };
}
