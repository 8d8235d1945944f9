import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook as Verifier } from 'standardwebhooks';
import type { Webhook } from '../../machines/webhooks/payload';
import { eventually } from './eventually';

/** A webhook as it arrived. */
export interface Arrival {
  readonly raw: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Webhook;
}

interface Response {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly afterMs?: number;
}

/** Somebody who is told: keeps everything that is posted, and answers 204 unless the test has it answer otherwise. */
export async function startReceiver() {
  const arrivals: Arrival[] = [];
  let answerTo: (arrival: Arrival) => Response = () => ({ status: 204 });
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const raw = Buffer.concat(chunks).toString();
      const arrival = { raw, headers: request.headers, body: JSON.parse(raw) as Webhook };
      arrivals.push(arrival);
      const { status, headers = {}, body, afterMs = 0 } = answerTo(arrival);
      setTimeout(() => response.writeHead(status, headers).end(body), afterMs);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  const about = (number: string) => arrivals.filter(({ body }) => body.order?.number === number);
  return {
    ...{ port, arrivals, about },
    url: `http://127.0.0.1:${port}/hooks`,
    answer(how: (arrival: Arrival) => Response) {
      answerTo = how;
    },
    isWell() {
      answerTo = () => ({ status: 204 });
    },
    /** What arrived about an order, once something of this type has. */
    arrived: (number: string, type: string) =>
      eventually(
        async () => about(number),
        (all) => all.some(({ body }) => body.type === type),
      ),
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}

export type Receiver = Awaited<ReturnType<typeof startReceiver>>;

/** Whether it is signed with this secret, by the library that receivers use. */
export function isSigned(secret: string, { raw, headers }: Arrival): boolean {
  try {
    new Verifier(secret).verify(raw, headers as Record<string, string>);
    return true;
  } catch {
    return false;
  }
}
