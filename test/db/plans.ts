import type { Knex } from 'knex';
import { Client } from 'pg';
import type { Sql } from '../../db/finding/conditions';

/** A node of a plan as PostgreSQL explains it. */
export interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Plan Rows': number;
  readonly Plans?: readonly PlanNode[];
}

/** Tables that grow with the orders. */
const LARGE = [
  ...['orders', 'order_lines', 'order_search', 'events', 'stays', 'commands', 'tasks'],
  ...['payment_ledger', 'shipping_events', 'outbox'],
];

export async function planOf(knex: Knex, { sql, bindings }: Sql): Promise<PlanNode> {
  const { rows } = await knex.raw<{ rows: [{ 'QUERY PLAN': [{ Plan: PlanNode }] }] }>(
    `explain (format json) ${sql}`,
    bindings as Knex.RawBinding[],
  );
  return rows[0]['QUERY PLAN'][0].Plan;
}

/** What a plan must not do: read a large table whole, or sort more than so many rows. */
export function faultsOf(plan: PlanNode, most: number): string[] {
  const { 'Node Type': type, 'Relation Name': table, 'Plan Rows': rows, Plans = [] } = plan;
  const whole = /Seq Scan/.test(type) && LARGE.includes(table ?? '');
  const sorted = Plans.length > 0 && /Sort/.test(type) ? (Plans[0]?.['Plan Rows'] ?? 0) : 0;
  return [
    ...(whole ? [`reads ${table} whole (${rows} rows)`] : []),
    ...(sorted > most ? [`sorts ${sorted} rows`] : []),
    ...Plans.flatMap((each) => faultsOf(each, most)),
  ];
}

interface Asked {
  readonly sql: string;
  readonly bindings?: unknown[];
}

/** The plans of every statement that is run while something works on the database. */
export async function plansOf(
  knex: Knex,
  url: string,
  work: () => Promise<unknown>,
): Promise<PlanNode[]> {
  const asked: Asked[] = [];
  const note = (query: Asked) => asked.push(query);
  knex.on('query', note);
  await work();
  knex.removeListener('query', note);
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const plans: PlanNode[] = [];
    for (const { sql, bindings = [] } of asked.filter((query) => !/^explain/i.test(query.sql))) {
      const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(
        `explain (format json) ${sql}`,
        bindings,
      );
      plans.push(...rows.map((row) => row['QUERY PLAN'][0].Plan));
    }
    return plans;
  } finally {
    await client.end();
  }
}
