import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import { connect } from '../../db/connection';

const TEMPLATE = 'conveyor_template';
const TEST_POOL = { min: 0, applicationName: 'conveyor test' };

/** A database of a test file's own, with every table and no row. */
export interface TestDatabase {
  readonly url: string;
  readonly knex: Knex;
  /** Closes `knex` and throws the database away, whoever is still connected. */
  drop(): Promise<void>;
}

/** Copies the migrated template; call it in `beforeAll`, and `drop` in `afterAll`. */
export async function cloneDatabase(): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await onServer(`create database ${name} template ${TEMPLATE}`);
  const url = urlOf(name);
  const knex = connect(url, { ...TEST_POOL, max: 5 });
  return {
    url,
    knex,
    drop: async () => {
      await knex.destroy();
      await onServer(`drop database ${name} with (force)`);
    },
  };
}

/** Makes the template anew; `migrate` has closed its connections when it resolves. */
export async function createTemplate(migrate: (url: string) => Promise<void>): Promise<void> {
  await onServer(`drop database if exists ${TEMPLATE} with (force)`);
  await onServer(`create database ${TEMPLATE}`);
  await migrate(urlOf(TEMPLATE));
  // PostgreSQL refuses to copy a database that somebody is connected to, so nobody may be.
  await onServer(`alter database ${TEMPLATE} allow_connections false`);
}

async function onServer(statement: string): Promise<void> {
  const knex = connect(serverUrl(), { ...TEST_POOL, max: 1 });
  try {
    await knex.raw(statement);
  } finally {
    await knex.destroy();
  }
}

function urlOf(database: string): string {
  const url = new URL(serverUrl());
  url.pathname = `/${database}`;
  return url.href;
}

function serverUrl(): string {
  const url = process.env.TEST_POSTGRES_URL;
  if (url) return url;
  throw new Error('No PostgreSQL runs: test/support/global-setup.ts starts one, under Jest only.');
}
