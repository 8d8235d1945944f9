import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { postgresPart, postgresUrl, type PostgresOptions } from '../../scripts/parts/postgres';
import { openCluster } from '../../scripts/parts/postgres-cluster';
import { Ports } from '../../scripts/stack/ports';
import type { Stack } from '../../scripts/stack/stack';
import { until, Workbench } from './stand-ins';

describe('PostgreSQL', () => {
  let bench: Workbench;
  let options: PostgresOptions;
  let stack: Stack;
  beforeEach(async () => {
    bench = new Workbench();
    // Root's own folders are often closed to everybody else, the user postgres included.
    chmodSync(bench.folder, 0o700);
    await open();
  });
  afterEach(async () => {
    await stack.stop();
    bench.clear();
  });

  async function open(): Promise<void> {
    const cluster = await openCluster(bench.dataDir, new AbortController().signal);
    options = { cluster, port: await Ports.rememberedIn(bench.dataDir).byHand('postgres', 0) };
    stack = bench.stack(postgresPart(options));
  }

  async function query(sql: string): Promise<unknown[]> {
    const client = new Client({ connectionString: postgresUrl(options) });
    await client.connect();
    try {
      return (await client.query({ text: sql, rowMode: 'array' })).rows.flat();
    } finally {
      await client.end();
    }
  }

  it('is named by the pid of its postmaster and keeps its data through kill -9', async () => {
    await stack.start();
    await query('create table kept as select 7 as seven');
    const killed = bench.pidOf('postgres');
    expect(await query("select split_part(pg_read_file('postmaster.pid'), E'\\n', 1)")).toEqual([
      String(killed),
    ]);

    process.kill(killed, 'SIGKILL');
    await until(() => bench.said.some((line) => line.includes('runs again')));
    expect(bench.pidOf('postgres')).not.toBe(killed);
    expect(await query('select seven from kept')).toEqual([7]);
  });

  it('knows letters beyond ASCII, whatever languages the machine has', async () => {
    await stack.start();
    expect(await query("select lower('ÅÉÜ')")).toEqual(['åéü']);
  });

  it('logs what went wrong without the row or the statement that it was about', async () => {
    await stack.start();
    await query('create table people (name text check (length(name) > 99))');
    await expect(query("insert into people values ('Ada Lovelace')")).rejects.toThrow('people');
    const log = () => readFileSync(join(bench.dataDir, 'logs', 'postgres.log'), 'utf8');
    await until(() => log().includes('people_name_check'));
    expect(log()).not.toContain('Ada');
  });

  it('lets nobody in without the password', async () => {
    await stack.start();
    const url = new URL(postgresUrl(options));
    url.password = 'guessed';
    await expect(new Client({ connectionString: url.href }).connect()).rejects.toThrow(
      'password authentication failed',
    );
  });

  it('is not stopped by a lock file whose pid went to another program', async () => {
    const lock = `${process.pid}\n${options.cluster.folder}\n`;
    writeFileSync(join(options.cluster.folder, 'postmaster.pid'), lock);
    await open();
    await stack.start();
    expect(await query('select 1')).toEqual([1]);
  });

  it('begins anew where making it was interrupted', async () => {
    rmSync(options.cluster.folder, { recursive: true });
    mkdirSync(join(`${options.cluster.folder}.new`, 'cluster'), { recursive: true });
    await open();
    expect(existsSync(`${options.cluster.folder}.new`)).toBe(false);
    await stack.start();
    expect(await query('select 1')).toEqual([1]);
  });

  it('says what to do when its password was lost', async () => {
    const file = join(bench.dataDir, 'postgres-password');
    renameSync(file, `${file}.lost`);
    await expect(open()).rejects.toThrow(
      /was kept in .*postgres-password, which is gone: put it back/,
    );
  });
});
