import type { Knex } from 'knex';
import type { Vault } from '../../db/secrets/vault';
import type { Deliverer } from '../delivery';
import { createPoster } from '../sending/post';
import { createWebhookDeliverer } from './deliverer';

/** For one attempt, from looking up the receiver to its answer. */
const TIMEOUT_MS = 15_000;

/** Who posts webhooks, to public addresses and those that are allowed. */
export function setUpWebhooks({
  knex,
  vault,
  allowed,
}: {
  readonly knex: Knex;
  readonly vault: Vault;
  readonly allowed: readonly string[];
}): Deliverer {
  return createWebhookDeliverer({
    ...{ knex, vault },
    post: createPoster({ allowed, timeoutMs: TIMEOUT_MS }),
  });
}
