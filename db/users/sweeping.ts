import type { Knex } from 'knex';
import { IDLE_DAYS } from './sessions';

/** Forgets what has ended: sessions, links, and tries of long ago. */
export async function sweepSessions(knex: Knex): Promise<void> {
  await knex('sessions')
    .whereRaw('expires_at < now()')
    .orWhereRaw(`used_at < now() - ? * interval '1 day'`, [IDLE_DAYS])
    .delete();
  await knex('sign_in_links').whereRaw(`expires_at < now() - interval '30 days'`).delete();
  await knex('sign_in_tries').whereRaw(`last_at < now() - interval '1 day'`).delete();
}
