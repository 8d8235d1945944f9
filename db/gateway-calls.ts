import type { Knex } from 'knex';
import type { MoveMoney } from '../machines/effects';
import type { Capabilities } from '../machines/payment/capabilities';

/** What is known of a request to a gateway. `sent`: it may have arrived; `unreachable`: it surely did not. */
export interface GatewayCall {
  readonly key: string;
  readonly status: 'sent' | 'moved' | 'declined' | 'unreachable';
  readonly moved: number | null;
  readonly reference: string | null;
  readonly code: string | null;
  readonly message: string | null;
  readonly expires_at: string | null;
  readonly can: Capabilities | null;
  /** When it was first claimed, ISO 8601. */
  readonly since: string;
  /** How often it was claimed, this time included. */
  readonly attempts: number;
}

/**
 * Writes down that a movement is about to be sent, before it is; a key that is known already comes
 * back as it stands, and is kept for good because a gateway forgets its keys. A new key is not taken,
 * and undefined the answer, when the order's history does not end at `after`.
 */
export async function claimCall(
  knex: Knex,
  effect: Omit<MoveMoney, 'type'>,
  after: number | null = null,
): Promise<GatewayCall | undefined> {
  const { key, order, kind, payment, gateway, amount, currency } = effect;
  const { rows } = await knex.raw<{ rows: GatewayCall[] }>(
    `insert into gateway_calls (key, order_number, kind, payment, gateway, amount, currency, status, attempts)
     select :key, :order, :kind, :payment, :gateway, :amount, :currency, 'sent', 1
     where :after::integer is null
       or exists (select from orders where number = :order and seq = :after)
       or exists (select from gateway_calls where key = :key)
     on conflict (key) do update set attempts = gateway_calls.attempts + 1
     returning key, status, moved, reference, code, message, expires_at, can, attempts,
       created_at as since`,
    { key, order, kind, payment, gateway, amount, currency, after },
  );
  return rows[0];
}

/** What is known of a request by its key; undefined when none was ever claimed. */
export async function findCall(knex: Knex, key: string): Promise<GatewayCall | undefined> {
  const since = { since: 'created_at' };
  return knex('gateway_calls').where({ key }).first<GatewayCall | undefined>('*', since);
}

/** Marks a call as on its way again. */
export async function resendCall(knex: Knex, key: string): Promise<void> {
  await knex('gateway_calls').where({ key }).update({ status: 'sent' });
}

/** Keeps that nothing has left; false when somebody else has taken the call up since it was claimed. */
export async function neverSent(
  knex: Knex,
  key: string,
  { message, attempts }: { readonly message: string; readonly attempts: number },
): Promise<boolean> {
  const kept = await knex('gateway_calls')
    .where({ key, status: 'sent', attempts })
    .update({ status: 'unreachable', message });
  return kept > 0;
}

export type Settlement =
  | {
      readonly status: 'moved';
      readonly moved: number;
      readonly reference: string;
      readonly expires_at?: string;
      readonly can?: Capabilities;
    }
  | { readonly status: 'declined'; readonly code: string; readonly message: string };

/** Keeps what the gateway decided, for good; the first word stays. */
export async function settleCall(knex: Knex, key: string, settlement: Settlement): Promise<void> {
  await knex('gateway_calls')
    .where({ key })
    .whereNotIn('status', ['moved', 'declined'])
    .update({ ...settlement, settled_at: knex.fn.now() });
}
