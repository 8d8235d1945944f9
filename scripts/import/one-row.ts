import type { Client } from '@temporalio/client';
import type { Knex } from 'knex';
import { commit } from '../../db/commit';
import { loadOrder } from '../../db/orders';
import { fingerprintOf } from '../../db/placed/fingerprint';
import { dueOf } from '../../machines/deciding/due';
import { importRow } from '../../machines/importing/history';
import { readRow, type ImportedRow } from '../../machines/importing/row';
import type { Commit } from '../../machines/history';
import { refusal, type Refusal } from '../../machines/refusals';
import { upToDate, type OrderState } from '../../machines/state';
import type { Shop } from '../../machines/table';
import { attributesOf } from '../../machines/views/attributes';
import { orderStart, wakeSignal } from '../../workflows/messages';
import type { ImportTask, ReadLine } from './run';

/** What became of a row. `same`: the order was there already, from this very row. */
export type Outcome =
  | { readonly outcome: 'imported' | 'same'; readonly isWoken: boolean }
  | { readonly outcome: 'refused'; readonly refusal: Refusal };

/** Somebody took the stock meanwhile; the row can be tried again. */
function shortOf(number: string): Refusal {
  const detail = `Order ${number}: its stock was taken meanwhile. Import the row again.`;
  return refusal('stock', { code: 'insufficient-stock', detail, figures: { order: number } });
}

interface Means extends ImportTask {
  readonly knex: Knex;
  readonly client: Client;
}

/** Imports one row: once however often it comes, whole or not at all. */
export function createOneRow(means: Means) {
  const { knex, client, orders, rules, stock, dryRun, taskQueue } = means;
  const now = () => new Date().toISOString();

  /** Starts the clock of an order that waits for something; harmless where it runs. */
  async function wake(number: string, shop: Shop, state: OrderState): Promise<boolean> {
    const { status } = state.value;
    if (dueOf(shop, status, state.context).length === 0) return false;
    const start = orderStart({ number, shop }, taskQueue, attributesOf(shop, state));
    await client.workflow.signalWithStart('order', { ...start, signal: wakeSignal });
    return true;
  }

  /** An earlier run may have ended between the order and its clock. */
  async function wakeStored(number: string): Promise<boolean> {
    if (dryRun) return false;
    const stored = await loadOrder(knex, number);
    return stored ? wake(number, stored.shop, upToDate(stored.state)) : false;
  }

  async function there(number: string, theirs: string | null, ours: string): Promise<Outcome> {
    if (theirs === ours) return { outcome: 'same', isWoken: await wakeStored(number) };
    const detail = `The number ${number} is taken by another order.`;
    const errors = [{ pointer: '/number', detail }];
    return {
      outcome: 'refused',
      refusal: refusal('numberIsFree', { code: 'number-taken', detail, errors }),
    };
  }

  /** Where stock is taken and some of it has to wait, the past is told again on what is there. */
  async function write(first: Commit, row: ImportedRow) {
    const written = await commit(knex, first, rules);
    if (written.outcome !== 'short') return { written, state: first.state };
    const again = importRow(orders, row, now(), written.shelves);
    if ('refusal' in again) {
      return {
        written: { outcome: 'refused', refusal: again.refusal } as const,
        state: first.state,
      };
    }
    return { written: await commit(knex, again.commit, rules), state: again.commit.state };
  }

  return async function one(
    { row: sent, number: known, fault }: ReadLine,
    fingerprints: ReadonlyMap<string, string | null>,
  ): Promise<Outcome> {
    if (fault) return { outcome: 'refused', refusal: fault };
    const fingerprint = fingerprintOf(sent);
    const theirs = known === undefined ? undefined : fingerprints.get(known);
    if (known !== undefined && theirs !== undefined) return there(known, theirs, fingerprint);
    const read = readRow(sent, orders.shop, { fingerprint, stock, now: now() });
    if ('refusal' in read) return { outcome: 'refused', refusal: read.refusal };
    const decided = importRow(orders, read.row, now());
    if ('refusal' in decided) return { outcome: 'refused', refusal: decided.refusal };
    if (dryRun) return { outcome: 'imported', isWoken: decided.due !== undefined };
    const { written, state } = await write(decided.commit, read.row);
    const { number } = decided.commit;
    switch (written.outcome) {
      case 'committed':
        return { outcome: 'imported', isWoken: await wake(number, orders.shop, state) };
      case 'refused':
        return { outcome: 'refused', refusal: written.refusal };
      case 'short':
        return { outcome: 'refused', refusal: shortOf(number) };
      case 'stale': {
        const placed = written.stored?.state.context.placement?.fingerprint ?? null;
        return there(number, placed, fingerprint);
      }
    }
  };
}
