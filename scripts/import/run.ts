import { Client, Connection } from '@temporalio/client';
import type { Knex } from 'knex';
import { connect } from '../../db/connection';
import { passTaken } from '../../db/numbers';
import { knownOrders } from '../../db/placed/known-orders';
import type { AllocationRules } from '../../machines/stock';
import type { Refusal } from '../../machines/refusals';
import type { Orders } from '../../machines/step';
import { chunksOf, linesOf, type Line } from './lines';
import { createOneRow, type Outcome } from './one-row';
import type { Progress } from './progress';
import type { Report } from './report';
import type { ImportSettings } from './system';

/** How many rows are looked up at a time, and how many are written at once. */
const CHUNK = 200;
const LANES = 16;

/** How many rows came to what. */
export interface Tally {
  readonly imported: number;
  readonly same: number;
  readonly refused: number;
  /** Of those imported or there already: orders whose clock was started. */
  readonly woken: number;
}

export interface ImportTask extends ImportSettings {
  readonly files: readonly string[];
  readonly dryRun: boolean;
  readonly stock: 'leave' | 'take';
  readonly orders: Orders;
  /** Where stock is held, with --stock take. */
  readonly rules: AllocationRules;
  readonly report: Report;
  readonly progress: Progress;
}

/** A line that was read, as far as it could be. */
export interface ReadLine {
  readonly line: Line;
  readonly row: unknown;
  readonly number: string | undefined;
  readonly fault?: Refusal;
}

/** Imports every row of the files, however many: what is in memory is a chunk of them. */
export async function importAll(task: ImportTask): Promise<Tally> {
  const { databaseUrl, dryRun, orders, progress, report } = task;
  const knex = connect(databaseUrl, { min: 0, max: LANES, applicationName: 'conveyor import' });
  const connection = Connection.lazy({ address: task.temporal.address });
  const client = new Client({ connection, namespace: task.temporal.namespace });
  const tally = { imported: 0, same: 0, refused: 0, woken: 0 };
  const one = createOneRow({ ...task, knex, client });
  const finish = async (read: ReadLine, known: ReadonlyMap<string, string | null>) => {
    const outcome = await one(read, known);
    count(tally, outcome);
    if (outcome.outcome === 'refused')
      await report.refused(read.line, read.number, outcome.refusal);
  };
  try {
    for await (const lines of chunksOf(
      linesOf(task.files, (bytes) => progress.read(bytes)),
      CHUNK,
    )) {
      const reads = lines.map(readLine);
      const numbers = reads.flatMap(({ number }) => number ?? []);
      const known = await knownOrders(knex, numbers);
      await inLanes(reads, (read) => finish(read, known));
      progress.done(tally);
    }
    if (!dryRun) await passTaken(knex, orders.shop.numbers, new Date().toISOString());
    return tally;
  } finally {
    await close(knex, connection);
  }
}

function count(tally: { -readonly [K in keyof Tally]: number }, outcome: Outcome): void {
  tally[outcome.outcome] += 1;
  if (outcome.outcome !== 'refused' && outcome.isWoken) tally.woken += 1;
}

function readLine(line: Line): ReadLine {
  try {
    const row = JSON.parse(line.text) as unknown;
    const { number } = (row ?? {}) as { number?: unknown };
    return { line, row, number: typeof number === 'string' ? number : undefined };
  } catch (error) {
    const detail = `The line is not JSON: ${error instanceof Error ? error.message : String(error)}`;
    const errors = [{ pointer: '', detail }];
    const fault: Refusal = { code: 'validation', guard: 'rowIsJson', detail, figures: {}, errors };
    return { line, row: undefined, number: undefined, fault };
  }
}

/** Some at a time; the first that throws ends it, when those at work are done. */
async function inLanes<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items];
  const lane = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  const ended = await Promise.allSettled(Array.from({ length: LANES }, lane));
  const failed = ended.find((each) => each.status === 'rejected');
  if (failed) throw failed.reason;
}

async function close(knex: Knex, connection: Connection): Promise<void> {
  await knex.destroy();
  await connection.close().catch(() => undefined);
}
