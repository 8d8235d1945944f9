import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Got {
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** What a partner's server answers; nothing at all when it hangs up. */
export type PartnerAnswer =
  { readonly status: number; readonly body?: string; readonly after?: number } | 'hangs up';

/** A partner's own server, as far as letters reach it. */
export async function startPartner() {
  const got: Got[] = [];
  const partner = {
    got,
    url: '',
    answers: { status: 200 } as PartnerAnswer | ((letter: Got) => PartnerAnswer),
    stop: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const headers = request.headers as Record<string, string>;
      const letter = { headers, body: Buffer.concat(chunks).toString() };
      got.push(letter);
      const { answers } = partner;
      const answer = typeof answers === 'function' ? answers(letter) : answers;
      if (answer === 'hangs up') return void request.socket.destroy();
      response.statusCode = answer.status;
      setTimeout(() => response.end(answer.body ?? ''), answer.after ?? 0);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  partner.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/orders`;
  return partner;
}

export type RunningPartner = Awaited<ReturnType<typeof startPartner>>;
