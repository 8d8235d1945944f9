import { randomUUID } from 'node:crypto';
import { createPoster, type Post } from '../../activities/sending/post';
import { createWebhookDeliverer } from '../../activities/webhooks/deliverer';
import type { WebhookType } from '../../machines/webhooks/payload';
import { eventually } from './eventually';
import { startReceiver } from './receiver';
import { startSystem, withKey } from './system';
import { testVault } from './vault';

/** The system with webhooks, which an endpoint is posted after so long at most, and somebody who is told. */
export async function startWebhooks({ patienceMs }: { readonly patienceMs?: number } = {}) {
  const usual = createPoster({ allowed: ['127.0.0.1'], timeoutMs: 2_000 });
  let post: Post = usual;
  const system = await startSystem({
    deliverers: (knex) => ({
      webhook: createWebhookDeliverer({
        ...{ knex, vault: testVault, patienceMs },
        post: (posting) => post(posting),
      }),
    }),
  });
  const receiver = await startReceiver();

  const deliveries = async (id: string, query = '') =>
    (await system.get(`/v1/webhooks/${id}/deliveries?limit=100&${query}`)).body.deliveries;

  return {
    system,
    receiver,
    /** An endpoint at the receiver, with its secret. */
    async endpoint(events: readonly WebhookType[] = [], url = receiver.url) {
      const { status, body } = await system.post('/v1/webhooks', { url, events });
      if (status !== 201) throw new Error(`It was answered ${status}: ${JSON.stringify(body)}`);
      return body as { readonly id: string; readonly secret: string };
    },
    deliveries,
    /** The log of an endpoint once it is as it should be. */
    log: (id: string, isRight: (deliveries: { status: string; attempts: number }[]) => boolean) =>
      eventually(() => deliveries(id), isRight),
    /** Takes an order's payment, which changes its status. */
    pay: (number: string) =>
      system.command(number, { type: 'take-payment' }, withKey(randomUUID())),
    /** From now on webhooks are posted so. */
    postWith: (other: Post) => (post = other),
    /** Ends a story: the next one's endpoint is the only one, and its receiver is well. */
    async clear() {
      receiver.isWell();
      post = usual;
      const { body } = await system.get('/v1/webhooks');
      for (const { id } of body.webhooks) await system.delete(`/v1/webhooks/${id}`);
    },
    async stop() {
      await system.stop();
      receiver.stop();
    },
  };
}

export type Webhooks = Awaited<ReturnType<typeof startWebhooks>>;
