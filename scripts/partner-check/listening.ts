import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import type { Heard } from './evidence';

/** Somebody who hears what a partner says. */
export interface Ear {
  readonly heard: readonly Heard[];
  /** The address that it hears at. */
  readonly url: string;
  close(): Promise<void>;
}

async function rawBody(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

/** What is wrong with a signature; undefined where nothing is. */
function faultOf(body: Buffer, headers: IncomingMessage['headers'], secret: string) {
  try {
    new Webhook(secret).verify(body, headers as Record<string, string>, { jsonParse: false });
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/**
 * Hears callbacks at the address, as Conveyor does, whatever the path. It answers 503 to the first attempt
 * of each message, to see it come again. With port 0 it chooses one.
 */
export async function listen(address: string, secret: string): Promise<Ear> {
  const at = new URL(address);
  const heard: Heard[] = [];
  const answerTo = (id: string, unsigned: string | undefined): Heard['answered'] => {
    if (id === '') return 400;
    if (unsigned !== undefined) return 401;
    return heard.some((each) => each.id === id && each.unsigned === undefined) ? 202 : 503;
  };
  const server = createServer((request, response) => {
    void rawBody(request).then((raw) => {
      const id = String(request.headers['webhook-id'] ?? '');
      const unsigned = faultOf(raw, request.headers, secret);
      const answered = answerTo(id, unsigned);
      heard.push({ id, body: raw.toString('utf8'), answered, ...(unsigned && { unsigned }) });
      response.writeHead(answered).end();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(Number(at.port || 80), resolve);
  });
  at.port = String((server.address() as AddressInfo).port);
  return {
    heard,
    url: at.href,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
