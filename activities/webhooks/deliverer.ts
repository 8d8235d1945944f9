import { setTimeout as sleep } from 'node:timers/promises';
import type { Knex } from 'knex';
import { deliveryOf } from '../../db/deliveries/again';
import { beginAttempt, endAttempt } from '../../db/deliveries/attempts';
import { settleDelivery } from '../../db/deliveries/deliveries';
import { secretsOf, webhookSigner } from '../../db/secrets/signing';
import type { Vault } from '../../db/secrets/vault';
import { endHouseTask, raiseHouseTask } from '../../db/tasks/house';
import {
  noteDelivered,
  noteFailed,
  pauseEndpoint,
  stopEndpoint,
} from '../../db/webhooks/endpoints';

import { findSending, hasFailures, isItsTurn, type Sending } from '../../db/webhooks/sending';
import type { Delivered, Deliverer, Ended, OutboxRow, Trial } from '../delivery';
import type { Post, Posted } from '../sending/post';
import { signed } from '../sending/sign';

const DAY_MS = 24 * 60 * 60 * 1_000;
/** After so long with nothing but failures an endpoint is paused. */
const PATIENCE_MS = 5 * DAY_MS;
/** For so long what an endpoint is told of an order waits for what it was told before, at the first attempt. */
const TURN_MS = 10_000;
const TURN_LOOK_MS = 50;
/** The longest that a receiver may ask to be left alone. */
const LONGEST_REST_MS = 60 * 60 * 1_000;

export interface WebhookDependencies {
  readonly knex: Knex;
  readonly vault: Vault;
  readonly post: Post;
  /** After so long with nothing but failures an endpoint is paused; 5 days unless said. */
  readonly patienceMs?: number;
}

/** A receiver of ours, as far as deliverers know it. */
type Known = Sending & { readonly url: string };

/** Posts webhooks, signed; what is not taken is tried again, as the delivery has it, for days. */
export function createWebhookDeliverer(dependencies: WebhookDependencies): Deliverer {
  const { knex, vault, post, patienceMs = PATIENCE_MS } = dependencies;

  async function attempt({ id, endpoint, url, body }: Known, trial?: Trial): Promise<Posted> {
    const secrets = await secretsOf(knex, vault, webhookSigner, endpoint);
    const number = await beginAttempt(knex, id);
    const headers = {
      ...signed(secrets, id, body, new Date()),
      'content-type': 'application/json',
    };
    const posted = await post({ url, body, headers });
    await endAttempt(knex, id, number, { ...keptOf(posted), nextAt: nextAt(posted, trial) });
    return posted;
  }

  async function taken({ id, endpoint }: Known, says: string): Promise<Ended> {
    await settleDelivery(knex, id, { status: 'delivered' });
    await noteDelivered(knex, endpoint);
    if (!(await hasFailures(knex, endpoint))) {
      await endHouseTask(knex, { reason: 'delivery-failed', about: endpoint }, 'itself');
    }
    return { outcome: 'done', says };
  }

  async function failed({ id, endpoint, url }: Known, why: string): Promise<Ended> {
    await settleDelivery(knex, id, { status: 'failed', why });
    return { outcome: 'failed', says: `${url}: ${why} (endpoint ${endpoint})` };
  }

  /** Nothing has got through for days: nothing more is posted, and people are asked to look. */
  async function pause({ endpoint, url }: Known, why: string): Promise<Ended> {
    const says = `Nothing could be delivered for ${lasting(patienceMs)}; the last attempt: ${why}`;
    if (await pauseEndpoint(knex, endpoint, says)) {
      const text = `The webhook endpoint ${url} was paused: ${says} Resume it when it is well: nothing is lost.`;
      await raiseHouseTask(knex, { reason: 'webhook-paused', about: endpoint, text });
    }
    return rests;
  }

  async function send(sending: Known, trial?: Trial): Promise<Delivered> {
    const posted = await attempt(sending, trial);
    const says = saidBy(posted);
    const status = posted.outcome === 'answered' ? posted.status : 0;
    if (status >= 200 && status < 300) return taken(sending, says);
    if (status === 410) {
      await stopEndpoint(knex, sending.endpoint, 'It answered 410: it wants to be told no more.');
      return { outcome: 'done', says: `${says} The endpoint is stopped.` };
    }
    // A ping says how things are now.
    if (sending.order === null) return failed(sending, says);
    if (await noteFailed(knex, sending.endpoint, patienceMs)) return pause(sending, says);
    return { outcome: 'later', says, notBeforeMs: restOf(posted) };
  }

  async function turnOf(sending: Sending): Promise<void> {
    const end = Date.now() + TURN_MS;
    while (sending.attempts === 0 && Date.now() < end && !(await isItsTurn(knex, sending))) {
      await sleep(TURN_LOOK_MS);
    }
  }

  return {
    async deliver(row, trial) {
      const sending = await findSending(knex, deliveryOf(row));
      const over = sending ? reasonNotToSend(sending, row) : 'It is not kept any more.';
      if (over !== undefined || !sending) return { outcome: 'done', says: over };
      const { id, url, endpointStatus, order } = sending;
      if (url === null || endpointStatus === 'stopped') {
        const why = url === null ? 'The endpoint was removed.' : 'The endpoint is stopped.';
        await settleDelivery(knex, id, { status: 'stopped', why });
        return { outcome: 'done', says: why };
      }
      if (endpointStatus === 'paused' && order !== null) return rests;
      await turnOf(sending);
      return send({ ...sending, url }, trial);
    },

    async giveUp(row, why) {
      const sending = await findSending(knex, deliveryOf(row));
      const over = sending ? reasonNotToSend(sending, row) : 'It is not kept any more.';
      if (over !== undefined || !sending) return { outcome: 'done', says: over };
      const { endpoint, url } = sending;
      const text = `Webhooks to ${url} were given up, first that of ${sending.type} of order ${sending.order}: ${why} Send them again when the receiver is well.`;
      await raiseHouseTask(knex, { reason: 'delivery-failed', about: endpoint, text });
      return failed({ ...sending, url: url ?? 'an endpoint that was removed' }, why);
    },
  };
}

/** It stays as it is and waits; whoever resumes the endpoint has it sent. */
const rests: Ended = {
  outcome: 'done',
  says: 'The endpoint is paused: it is sent when the endpoint is resumed.',
};

function reasonNotToSend({ status, sentBy }: Sending, row: OutboxRow): string | undefined {
  if (sentBy !== row.id) return 'It is sent by another delivery, which took it over.';
  return status === 'waiting' ? undefined : `It is ${status} already.`;
}

function saidBy(posted: Posted): string {
  return posted.outcome === 'answered'
    ? `It was answered ${posted.status} after ${posted.tookMs} ms.`
    : posted.why;
}

function keptOf(posted: Posted) {
  const { tookMs } = posted;
  if (posted.outcome !== 'answered') return { why: posted.why, tookMs };
  const { status, excerpt } = posted;
  return { status, excerpt, tookMs };
}

/** When it is tried again if it was not taken. */
function nextAt(posted: Posted, { nextMs }: Partial<Trial> = {}): string | undefined {
  if (nextMs === undefined) return undefined;
  return new Date(Date.now() + Math.max(nextMs, restOf(posted) ?? 0)).toISOString();
}

function restOf(posted: Posted): number | undefined {
  if (posted.outcome !== 'answered' || posted.retryAfterMs === undefined) return undefined;
  return Math.min(posted.retryAfterMs, LONGEST_REST_MS);
}

function lasting(ms: number): string {
  return ms >= DAY_MS ? `${Math.round(ms / DAY_MS)} days` : `${Math.round(ms / 1_000)} seconds`;
}
