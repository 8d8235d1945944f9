import type { Knex } from 'knex';
import type { Ping } from '../../machines/webhooks/payload';
import { OUTBOX_CHANNEL } from '../commits/notice';
import type { Endpoint } from './endpoints';

/** A webhook that is to be sent, and the endpoint it goes to. */
export interface Sending {
  readonly id: string;
  /** The row of the outbox that is to send it; another is not to. */
  readonly sentBy: string;
  readonly type: string;
  readonly status: 'waiting' | 'delivered' | 'failed' | 'stopped';
  readonly attempts: number;
  readonly body: string;
  readonly order: string | null;
  readonly sequence: number | null;
  readonly endpoint: string;
  /** Null when the endpoint is gone. */
  readonly url: string | null;
  readonly endpointStatus: Endpoint['status'] | null;
}

export async function findSending(knex: Knex, id: string): Promise<Sending | undefined> {
  return knex('deliveries as d')
    .leftJoin('webhook_endpoints as e', knex.raw('e.id::text = d.target'))
    .where({ 'd.id': id, 'd.kind': 'webhook' })
    .first<Sending | undefined>(
      'd.id',
      'd.type',
      'd.status',
      'd.attempts',
      'd.body',
      'd.order_number as order',
      'd.sequence',
      'd.target as endpoint',
      'e.url',
      'e.status as endpointStatus',
      knex.raw('coalesce(d.sent_by, d.id) as "sentBy"'),
    );
}

/** Whether all that the endpoint is told of the order before this has been tried. */
export async function isItsTurn(
  knex: Knex,
  { endpoint, order, sequence }: Pick<Sending, 'endpoint' | 'order' | 'sequence'>,
): Promise<boolean> {
  if (order === null || sequence === null) return true;
  const before = await knex('deliveries as d')
    .where({ kind: 'webhook', target: endpoint, order_number: order, status: 'waiting' })
    .where('sequence', '<', sequence)
    .whereNotExists(
      knex('delivery_attempts as a').whereRaw('a.delivery = d.id').whereNotNull('a.took_ms'),
    )
    .first<{ id: string } | undefined>('id');
  return before === undefined;
}

/** Whether any webhook to the endpoint was given up and not sent since. */
export async function hasFailures(knex: Knex, endpoint: string): Promise<boolean> {
  const failed = await knex('deliveries')
    .where({ kind: 'webhook', target: endpoint, status: 'failed' })
    .first<{ id: string } | undefined>('id');
  return failed !== undefined;
}

/** Has an endpoint sent something that is about no order. */
export async function sendPing(knex: Knex, ping: Ping): Promise<void> {
  const { id, type } = ping;
  const { endpoint } = ping.data;
  await knex.transaction(async (trx) => {
    const row = { id, seq: 0, topic: 'webhook', kind: type, cause: id };
    await trx('outbox').insert({ ...row, payload: JSON.stringify({ endpoint }) });
    const body = JSON.stringify(ping);
    await trx('deliveries').insert({ id, kind: 'webhook', target: endpoint, type, body });
    await trx.raw('select pg_notify(?, ?)', [OUTBOX_CHANNEL, `${id}:0`]);
  });
}
