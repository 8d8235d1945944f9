import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import type { Knex } from 'knex';

/** Secrets by what they are of; none of them is in a finding. */
export type Secrets = Readonly<Record<string, string>>;

/** Where whoever runs Conveyor keeps what opens it; on a real machine these are settings. */
const KEPT_THERE = ['admin-key', 'secrets-key', 'gateway-secret', 'postgres-password'];

/** A secret as it may be written: with its prefix or without, as bytes, as digits. */
function forms(secret: string): Buffer[] {
  const bare = secret.replace(/^whsec_/, '');
  const bytes = Buffer.from(bare, 'base64');
  return [
    Buffer.from(bare),
    Buffer.from(bare.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')),
    ...(bytes.length >= 16 ? [bytes, Buffer.from(bytes.toString('hex'))] : []),
  ];
}

/** Gives the names of the secrets that a text or file has in it, wherever it is said to be. */
export function createSearch(secrets: Secrets) {
  const wanted = Object.entries(secrets).map(([name, secret]) => ({ name, forms: forms(secret) }));
  return (content: Buffer, where: string): string[] =>
    wanted
      .filter((each) => each.forms.some((form) => content.includes(form)))
      .map(({ name }) => `${name} is in ${where}`);
}

export type Search = ReturnType<typeof createSearch>;

/** Looks through every file below a folder: logs, the files of PostgreSQL, of Temporal, of partners. */
export function leaksInFiles(folder: string, search: Search): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !KEPT_THERE.includes(entry.name))
    .flatMap((entry) => {
      const file = join(entry.parentPath, entry.name);
      return search(readFileSync(file), file.slice(folder.length + 1));
    });
}

/** Looks through every row of every table. */
export async function leaksInTables(knex: Knex, search: Search): Promise<string[]> {
  const { rows: tables } = (await knex.raw(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname not in ('pg_catalog', 'information_schema')`,
  )) as { rows: { name: string }[] };
  const leaks: string[] = [];
  for (const { name } of tables) {
    const { rows } = (await knex.raw(`select t::text as row from ${name} t`)) as {
      rows: { row: string }[];
    };
    for (const { row } of rows) leaks.push(...search(Buffer.from(row), `table ${name}`));
  }
  return [...new Set(leaks)];
}

/** Every payload of an event, as text. */
function payloadsOf(part: unknown): Buffer[] {
  if (part instanceof Uint8Array) return [Buffer.from(part)];
  if (typeof part !== 'object' || part === null) {
    return typeof part === 'string' ? [Buffer.from(part)] : [];
  }
  return Object.values(part).flatMap(payloadsOf);
}

/** Looks through the histories of all workflows that Temporal has. */
export async function leaksInHistories(client: Client, search: Search): Promise<string[]> {
  const leaks = new Set<string>();
  for await (const { workflowId, runId } of client.workflow.list()) {
    const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
    const content = Buffer.concat(payloadsOf(history));
    for (const leak of search(content, `history ${workflowId}`)) leaks.add(leak);
  }
  return [...leaks];
}
