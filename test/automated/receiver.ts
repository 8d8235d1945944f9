import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Webhook as Standard } from 'standardwebhooks';
import type { Finding } from '../../scripts/automated/audit';
import type { Evidence } from '../../scripts/automated/evidence';

/** What is read of a webhook. */
interface Received {
  readonly id: string;
  readonly type: string;
  readonly order: string;
  readonly sequence: number;
  readonly data: { readonly events?: readonly { readonly event: string }[] };
}

/** A shop's own system that is told by webhooks, each of which it verifies and keeps under its id. */
export async function startReceiver() {
  const received = new Map<string, Received>();
  const counts = { attempts: 0, unsigned: 0, different: 0 };
  let secret = '';
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      counts.attempts += 1;
      try {
        const headers = request.headers as Record<string, string>;
        const webhook = new Standard(secret).verify(body, headers) as Received;
        const known = received.get(webhook.id);
        if (known && JSON.stringify(known) !== JSON.stringify(webhook)) counts.different += 1;
        received.set(webhook.id, webhook);
        response.writeHead(204).end();
      } catch {
        counts.unsigned += 1;
        response.writeHead(401).end();
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`,
    verifyWith: (shared: string) => void (secret = shared),

    /** Each order was told from 1 on without a gap, and each parcel once. */
    finding({ orders }: Evidence): Finding {
      const all = [...received.values()];
      const faultsOf = ({ number, shipments }: Evidence['orders'][number]) => {
        const told = all.filter(({ order }) => order === number);
        const places = told.map(({ sequence }) => sequence).toSorted((a, b) => a - b);
        const events = told.flatMap(({ data }) => data.events ?? []);
        const parcels = events.filter(({ event }) => event === 'Sent').length;
        const wanted = shipments.filter(({ event }) => event === 'Sent').length;
        return [
          ...(places.every((place, index) => place === index + 1)
            ? []
            : [`${number} was told of as ${places.join(', ')}`]),
          ...(parcels === wanted ? [] : [`${number}: told of ${parcels} of ${wanted} parcels`]),
        ];
      };
      return {
        about: 'webhooks',
        figures: `${all.length} received by ${counts.attempts} attempts`,
        faults: [
          ...orders.flatMap(faultsOf),
          ...(counts.unsigned > 0 ? [`${counts.unsigned} were not signed as they should`] : []),
          ...(counts.different > 0 ? [`${counts.different} came again and said other things`] : []),
        ],
      };
    },

    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
