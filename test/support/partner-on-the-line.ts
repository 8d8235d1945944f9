import { randomUUID } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { findInboxMessage, type InboxMessage } from '../../db/partners/inbox';
import { putPartner, type NewPartner } from '../../db/partners/registry';
import type { Said } from '../../machines/letters/letters';
import { eventually } from './eventually';
import type { Reply, System } from './system';
import { testVault } from './vault';

export interface Saying {
  /** Signs with another secret, at another time, or under another id. */
  readonly secret?: string;
  readonly at?: Date;
  readonly id?: string;
}

/** A registered fulfilment partner that calls the API, signing as it should. */
export async function partnerOnTheLine(
  system: System,
  changes: Partial<NewPartner> & { readonly code: string },
) {
  const { code } = changes;
  const { secret = '' } = await putPartner(system.database.knex, testVault, {
    ...{ name: code, active: true, feed: null, terms: {}, capabilities: {} },
    transport: { kind: 'http', url: `https://${code}.example/letters` },
    ...changes,
  });

  /** Sends a body of the test's own. */
  function send(body: string, saying: Saying = {}): Promise<Reply> {
    const { secret: signing = secret, at = new Date(), id = randomUUID() } = saying;
    const headers = {
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': new Webhook(signing).sign(id, at, body),
    };
    return system.post(`/v1/partners/${code}/callbacks`, body, { as: null, headers });
  }

  return {
    ...{ code, secret, send },
    /** A message about an order, of an id of its own. */
    said: (type: Said['type'], order: string, more: Partial<Said> = {}): Said => ({
      ...{ id: randomUUID(), type, order, ...more },
    }),
    say: (said: Said, saying: Saying = {}) =>
      send(JSON.stringify(said), { id: said.id, ...saying }),
    /** What became of a message, once it is so. */
    became: (said: Pick<Said, 'id'>, status: InboxMessage['status']) =>
      eventually(
        () => findInboxMessage(system.database.knex, code, said.id),
        (message) => message?.status === status,
      ) as Promise<InboxMessage>,
  };
}

export type PartnerOnTheLine = Awaited<ReturnType<typeof partnerOnTheLine>>;
