import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where a running Conveyor answers, and the key it answers to. */
export interface System {
  readonly api: string;
  readonly key: string;
  readonly temporalUi?: string;
}

/** Nothing to talk to; the message says what to do. */
class NotRunning extends Error {
  override readonly name = 'NotRunning';
}

interface Processes {
  readonly api?: { readonly port: number };
  readonly temporal?: { readonly uiPort: number };
}

/** Finds the system that `npm start` runs on this data, by what it wrote there. */
export function systemIn(dataDir: string, adminKey: string | undefined): System {
  const processes = join(dataDir, 'processes.json');
  const advice = 'Run `npm start` in another terminal and wait until it says that Conveyor is up.';
  if (!existsSync(processes)) throw new NotRunning(`Nothing runs on ${dataDir}. ${advice}`);
  const { api, temporal } = JSON.parse(readFileSync(processes, 'utf8')) as Processes;
  if (!api) throw new NotRunning(`The API is not up yet. ${advice}`);
  const keyFile = join(dataDir, 'admin-key');
  const key = adminKey ?? (existsSync(keyFile) ? readFileSync(keyFile, 'utf8').trim() : undefined);
  if (!key) throw new NotRunning('Set ADMIN_KEY to the key that the system was started with.');
  return {
    api: `http://127.0.0.1:${api.port}`,
    key,
    ...(temporal && { temporalUi: `http://localhost:${temporal.uiPort}` }),
  };
}

export interface Answer {
  readonly status: number;
  // What each call answers is the API's to say; the demo reads a few fields and shows the rest.
  readonly body: Readonly<Record<string, unknown>>;
}

/** Calls the API with its key; every answer that is JSON is an answer, a problem too. Under `once` it takes effect once. */
export async function call(
  { api, key }: System,
  method: string,
  path: string,
  body?: unknown,
  once?: string,
): Promise<Answer> {
  const response = await fetch(`${api}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      ...(once !== undefined && { 'idempotency-key': once }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Answer['body'] };
}
