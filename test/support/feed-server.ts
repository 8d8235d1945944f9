import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';

/** A partner's feed over HTTP, which answers nobody who has not its secret. */
export async function startFeed(pageSize = 100) {
  const all: unknown[] = [];
  const asked: string[] = [];
  let secrets: readonly string[] = [];
  let answer: { status: number; body: string } | undefined;
  const server = createServer((request, response) => {
    const target = request.url ?? '';
    asked.push(target);
    const { status, body } = answer ?? reply(target, request.headers as Record<string, string>);
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  });

  function reply(target: string, headers: Record<string, string>) {
    const isSigned = secrets.some((secret) => {
      try {
        new Webhook(secret).verify(target, headers, { jsonParse: false });
        return true;
      } catch {
        return false;
      }
    });
    if (!isSigned) return { status: 401, body: 'Who are you?' };
    const query = new URL(target, 'http://feed').searchParams;
    const from = Number(query.get('after') ?? 0);
    const most = Math.min(pageSize, Number(query.get('limit')));
    const messages = all.slice(from, from + most);
    return {
      status: 200,
      body: JSON.stringify({ messages, next: String(from + messages.length) }),
    };
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/feed`,
    /** The addresses that were asked for, without the beginning. */
    asked,
    /** What it has to say, oldest first. */
    put: (...messages: unknown[]) => void all.push(...messages),
    trust: (...known: string[]) => void (secrets = known),
    /** Answers otherwise than it should, until it is told not to. */
    answerWith: (status?: number, body = '') =>
      void (answer = status === undefined ? undefined : { status, body }),
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

export type FeedServer = Awaited<ReturnType<typeof startFeed>>;
