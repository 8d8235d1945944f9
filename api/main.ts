import pino from 'pino';
import { readConfig } from '../config';
import { createReaders } from './gateways/readers';
import { shownError } from './http/log';
import { startApi } from './server';

/** Starting again is cheap for a supervisor, so a database that is not there yet is a reason to end. */
async function main(): Promise<void> {
  const config = readConfig();
  const log = pino({ name: 'api', level: config.logLevel, serializers: { err: shownError } });
  const api = await startApi({
    ...config,
    log,
    gateways: (knex) => createReaders({ ...config, knex }),
    tellKey: (key) => process.stdout.write(`Admin key, shown once: ${key}\n`),
  });
  log.info({ port: api.port }, 'ready');
  process.send?.({ ready: true, port: api.port });

  let isEnding = false;
  const end = async (why: string) => {
    if (isEnding) return;
    isEnding = true;
    log.info({ why }, 'ending');
    await api.stop();
    process.exit(0);
  };
  for (const why of ['SIGTERM', 'SIGINT', 'disconnect'] as const) {
    process.once(why, () => void end(why));
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
