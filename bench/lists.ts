import { parseArgs } from 'node:util';
import type { Knex } from 'knex';
import { readSettings } from '../config';
import { connect } from '../db/connection';
import { conditionsOf } from '../db/finding/conditions';
import { usualSort, type OrderFilter, type OrderSort } from '../db/finding/filter';
import { statementFor } from '../db/finding/list';
import { median, percentile } from './statistics';

type Asked = OrderFilter & { readonly sort?: OrderSort };

const lists: Readonly<Record<string, Asked>> = {
  'first page': {},
  'largest first': { sort: 'largest' },
  'one status, oldest first': { status: ['Pending'], sort: 'oldest' },
  'paid and not shipped': { payment: ['paid'], shipping: ['none'] },
  'a partner’s open orders': { partner: ['acme'], status: ['Being processed'] },
  'a common SKU': { sku: ['TEA-0001'] },
  'a rare SKU': { sku: ['TEA-4999'] },
  'a part of a customer': { customer: 'hopper' },
  'a voucher': { voucher: ['SAVE3'] },
  'search: a number': { q: '2000123' },
  'search: a tracking number': { q: 'ZX700000123GB' },
  'search: a common word': { q: 'blue' },
  'search: two words': { q: 'grace tanaka' },
};

interface Measured {
  readonly api: number[];
  readonly raw: number[];
}

const bearer = (key: string) => ({ headers: { authorization: `Bearer ${key}` } });

/** Reads orders of a filled database through a running API and straight from PostgreSQL, by turns. */
export async function benchLists(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      api: { type: 'string', default: 'http://127.0.0.1:3000' },
      key: { type: 'string' },
      rounds: { type: 'string', default: '30' },
    },
  });
  const { databaseUrl, adminKey } = readSettings();
  const key = values.key ?? adminKey;
  if (databaseUrl === undefined || key === undefined) {
    throw new Error('Set DATABASE_URL to the database of a running API, and ADMIN_KEY (or --key).');
  }
  const knex = connect(databaseUrl, { min: 1, max: 1, applicationName: 'conveyor bench' });
  try {
    const readings = readingsOf(knex, values.api, key);
    const found = new Map<string, Measured>(readings.map(([name]) => [name, { api: [], raw: [] }]));
    // The first round warms up.
    await measure(readings, new Map());
    for (let round = 0; round < Number(values.rounds); round += 1) await measure(readings, found);
    process.stdout.write(tableOf(found));
  } finally {
    await knex.destroy();
  }
}

async function measure(
  readings: readonly [string, Reading][],
  found: ReadonlyMap<string, Measured>,
): Promise<void> {
  for (const [name, read] of readings) {
    const api = await timed(read.api);
    const raw = await timed(read.raw);
    found.get(name)?.api.push(api);
    found.get(name)?.raw.push(raw);
  }
}

interface Reading {
  readonly api: () => Promise<unknown>;
  readonly raw: () => Promise<unknown>;
}

function readingsOf(knex: Knex, api: string, key: string): [string, Reading][] {
  const get = (path: string) => async () => {
    const response = await fetch(`${api}${path}`, bearer(key));
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    await response.text();
  };
  const number = '2000123';
  const pages = Object.entries(lists).map(([name, asked]): [string, Reading] => {
    const search = new URLSearchParams(
      Object.entries(asked).flatMap(([field, value]) =>
        [value].flat().map((each): [string, string] => [field, String(each)]),
      ),
    );
    return [name, { api: get(`/v1/orders?${search.toString()}`), raw: () => rawPage(knex, asked) }];
  });
  const order: Reading = {
    api: get(`/v1/orders/${number}`),
    raw: () => knex.raw('select state from orders where number = ?', [number]),
  };
  const timeline: Reading = {
    api: get(`/v1/orders/${number}/events`),
    raw: () => knex.raw('select * from events where order_number = ? order by seq', [number]),
  };
  return [...pages, ['order page', order], ['timeline', timeline]];
}

async function rawPage(knex: Knex, { sort, ...filter }: Asked): Promise<void> {
  const conditions = conditionsOf(filter);
  const wanted = { filter, conditions, sort: sort ?? usualSort(filter), limit: 51 };
  const statement = await statementFor(knex, wanted);
  if (statement) await knex.raw(statement.sql, statement.bindings as Knex.RawBinding[]);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

function tableOf(found: ReadonlyMap<string, Measured>): string {
  const of = (values: readonly number[]) =>
    [0.5, 0.95].map((share) => percentile(values, share).toFixed(1)).join(' / ');
  const rows = [...found].map(([name, { api, raw }]) => {
    const ratio = median(api.map((each, round) => each / (raw[round] ?? NaN))).toFixed(1);
    return `| ${name} | ${of(raw)} | ${of(api)} | ${ratio} |`;
  });
  const head = ['| ms: p50 / p95 | query | API | API ÷ query |', '| --- | --- | --- | --- |'];
  return `${[...head, ...rows].join('\n')}\n`;
}
