import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import pino from 'pino';
import { defaults, readSettings } from '../../config';
import { createApp } from './app';
import { createAnnouncer } from './callbacks';
import type { Entry } from './entries';
import { createGateway } from './gateway';
import { openJournal } from './journal';

const KEEP_ALIVE_MS = 60_000;
const LAST_ANSWERS_MS = 3000;

const settings = readSettings();
const port = settings.port ?? Number(new URL(defaults.gatewayUrl).port);
const host = settings.host ?? defaults.host;
const file = path.resolve(settings.dataDir ?? defaults.dataDir, 'gateway', 'journal.ndjson');
const log = pino({ name: 'gateway', level: settings.logLevel ?? defaults.logLevel });

async function main(): Promise<void> {
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS });
  // The port is the lock on the journal: a second gateway fails here, before it has read anything.
  server.listen(port, host);
  await once(server, 'listening');
  const bound = server.address() as AddressInfo;

  const journal = openJournal<Entry>(file, (error) => {
    log.fatal({ err: error }, 'the journal cannot be written');
    process.exit(1);
  });
  if (journal.torn > 0) log.warn({ bytes: journal.torn }, 'half-written last line was cut off');
  const secret = settings.gatewaySecret;
  if (secret === undefined) log.warn('nothing is told by callbacks: GATEWAY_SECRET is not set');
  const announce = secret === undefined ? undefined : createAnnouncer({ log, secret });
  const gateway = createGateway({ journal, announce });
  server.on('request', createApp({ gateway, log }));
  log.info({ port: bound.port, entries: journal.lines.length }, 'ready');
  process.send?.({ ready: true, port: bound.port });

  let ending = false;
  const end = async (why: string) => {
    if (ending) return;
    ending = true;
    log.info({ why }, 'ending');
    // First, because the next gateway may open the journal as soon as the port is free.
    await journal.close();
    setTimeout(() => server.closeAllConnections(), LAST_ANSWERS_MS);
    server.close(() => process.exit(0));
  };
  for (const why of ['SIGTERM', 'SIGINT', 'disconnect'] as const)
    process.once(why, () => void end(why));
}

main().catch((error: unknown) => {
  log.fatal({ err: error }, 'could not start');
  process.exit(1);
});
