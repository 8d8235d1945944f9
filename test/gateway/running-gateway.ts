import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pino from 'pino';
import { createApp } from '../../scripts/gateway/app';
import { createAnnouncer } from '../../scripts/gateway/callbacks';
import type { Entry } from '../../scripts/gateway/entries';
import { createGateway, type GatewayParts } from '../../scripts/gateway/gateway';
import { openJournal } from '../../scripts/gateway/journal';
import type { LedgerEntry } from '../../scripts/gateway/views';

const log = pino({ level: 'silent' });

/** What the gateways of tests sign their callbacks with. */
export const CALLBACK_SECRET = 'whsec_dGhlIHNhbmRib3ggb2YgdGhlIHRlc3Rz';

export interface Charge extends LedgerEntry {
  status: string;
  authorisation: string;
  expiresAt: string;
  renews?: string;
  can?: { captures: string; renewable: boolean };
}

export interface Answer {
  status: number;
  replayed: boolean;
  /** A charge, or an error. */
  body: Charge & { error: { code: string; message: string } };
}

/** A new empty directory and how to remove it. */
export function temporaryDirectory() {
  const directory = mkdtempSync(path.join(tmpdir(), 'gateway-'));
  return { directory, remove: () => rmSync(directory, { recursive: true, force: true }) };
}

/** The URL of a port at which nobody listens. */
export async function deadUrl(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return `http://127.0.0.1:${port}`;
}

/** The calls of the gateway at that URL. */
export function callsOf(url: string) {
  const get = async (call: string): Promise<unknown> => (await fetch(`${url}${call}`)).json();

  return {
    async post(call: string, body: object, key?: string): Promise<Answer> {
      const response = await fetch(`${url}${call}`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(key !== undefined && { 'idempotency-key': key }),
        },
        body: JSON.stringify(body),
      });
      const replayed = response.headers.get('idempotent-replayed') === 'true';
      return { status: response.status, replayed, body: (await response.json()) as Answer['body'] };
    },
    get,
    ledger: async () => (await get('/ledger')) as LedgerEntry[],
    async charges(reference: string) {
      const answer = await get(`/charges?reference=${encodeURIComponent(reference)}`);
      return (answer as { charges: Charge[] }).charges;
    },
    /** Authorises for order 1 and gives the reference. */
    async authorise(token: string, amount = 1000, more: object = {}): Promise<string> {
      const body = { order: '1', amount, currency: 'GBP', token, ...more };
      for (;;) {
        const answer = await this.post(
          '/authorisations',
          body,
          `authorise ${token} ${amount}`,
        ).catch(() => undefined);
        if (answer?.status === 201) return answer.body.reference;
      }
    },
  };
}

export type Calls = ReturnType<typeof callsOf>;

/** A gateway of one's own in this process, quick where the real one takes its time. */
export async function startGateway(parts: Partial<GatewayParts> = {}) {
  const { directory, remove } = temporaryDirectory();
  const journal = openJournal<Entry>(path.join(directory, 'journal.ndjson'));
  const announce = createAnnouncer({ log, secret: CALLBACK_SECRET, pauseMs: 1 });
  const gateway = createGateway({ journal, announce, ...parts });
  const server = createServer(createApp({ gateway, log, hangMs: 100 }));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    url,
    ...callsOf(url),
    async stop() {
      server.closeAllConnections();
      server.close();
      await journal.close();
      remove();
    },
  };
}

export type RunningGateway = Awaited<ReturnType<typeof startGateway>>;
