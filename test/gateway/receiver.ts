import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A callback as it arrived. */
export interface Received {
  readonly raw: Buffer;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** Somebody to tell: keeps what was posted to it, and answers 204 unless it is told to answer otherwise. */
export async function startReceiver() {
  const received: Received[] = [];
  /** Statuses of the next answers. */
  const answers: number[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({ raw: Buffer.concat(chunks), headers: request.headers });
      response.writeHead(answers.shift() ?? 204).end();
      server.emit('received');
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    received,
    answers,
    /** The bodies of the first so many, once they are there. */
    async bodies(count: number): Promise<Record<string, unknown>[]> {
      while (received.length < count) await once(server, 'received');
      return received.map(({ raw }) => JSON.parse(raw.toString()));
    },
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}

export type Receiver = Awaited<ReturnType<typeof startReceiver>>;
