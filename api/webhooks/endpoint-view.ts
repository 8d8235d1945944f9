import type { z } from 'zod';
import type { Endpoint } from '../../db/webhooks/endpoints';
import type { endpoint } from './schemas';

const views = {
  active: { says: 'Active', tone: 'success', allowed: ['pause', 'test', 'redeliver'] },
  paused: { says: 'Paused', tone: 'warning', allowed: ['resume', 'test', 'redeliver'] },
  stopped: { says: 'Stopped', tone: 'danger', allowed: ['resume'] },
} satisfies Record<Endpoint['status'], Pick<z.infer<typeof endpoint>, 'says' | 'tone' | 'allowed'>>;

/** An endpoint with its status in words, and what can be done with it now. */
export const viewEndpoint = (shown: Endpoint) => ({ ...shown, ...views[shown.status] });
