import type { Knex } from 'knex';
import type { MoveMoney } from '../machines/effects';
import type { Capabilities } from '../machines/payment/capabilities';

/** What is known of a request to a gateway. `sent`: it may have arrived; `unreachable`: it surely did not. */
export interface GatewayCall {
  readonly key: string;
  readonly status: 'sent' | 'moved' | 'declined' | 'unreachable';
  readonly payment: string;
  readonly amount: number;
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
 * back as it stands, and is kept for good because a gateway forgets its keys. Undefined, and nothing
 * written, where the order's history does not end at `seq`: whoever decided that it moves knew less. Not
 * looked at where no `seq` is given, as by workflows of an earlier release.
 */
export async function claimCall(
  knex: Knex,
  effect: Omit<MoveMoney, 'type'>,
  seq?: number,
): Promise<GatewayCall | undefined> {
  const { key, order, kind, payment, gateway, amount, currency } = effect;
  const { rows } = await knex.raw<{ rows: GatewayCall[] }>(
    `insert into gateway_calls (key, order_number, kind, payment, gateway, amount, currency, status, attempts)
     select :key, :order, :kind, :payment, :gateway, :amount, :currency, 'sent', 1
     where :seq::integer is null
       or coalesce((select seq from orders where number = :order), 0) = :seq
     on conflict (key) do update set attempts = gateway_calls.attempts + 1
     returning key, status, payment, amount, moved, reference, code, message, expires_at, can,
       attempts, created_at as since`,
    { key, order, kind, payment, gateway, amount, currency, seq: seq ?? null },
  );
  return rows[0];
}

/** What is known of a request by its key; undefined when none was ever claimed. */
export async function findCall(knex: Knex, key: string): Promise<GatewayCall | undefined> {
  const since = { since: 'created_at' };
  return knex('gateway_calls').where({ key }).first<GatewayCall | undefined>('*', since);
}

/** Marks a call as on its way again; false when its outcome has become known, and nothing is to be sent. */
export async function resendCall(knex: Knex, key: string): Promise<boolean> {
  const marked = await knex('gateway_calls')
    .where({ key })
    .whereNotIn('status', ['moved', 'declined'])
    .update({ status: 'sent' });
  return marked > 0;
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
