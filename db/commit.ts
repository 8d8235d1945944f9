import type { Knex } from 'knex';
import type { Commit, Committed } from '../machines/history';
import { allocationRules, type AllocationRules } from '../machines/stock';
import { findCommand } from './commands';
import { wasWithdrawn } from './commits/fence';
import { shortage } from './commits/shortage';
import { moveStock, movesOf } from './commits/stock-moves';
import { isWithdrawal, lockPlacing, withdraw } from './commits/withdrawal';
import { write } from './commits/write';
import { loadOrder } from './orders';
import { keepShop } from './commits/shops';
import { again } from './commits/transient';
import { moveVouchers, voucherMovesOf } from './vouchers/uses';

/** Thrown inside a transaction so that it is rolled back; it never leaves this file. */
class Undone extends Error {
  constructor(readonly written: Exclude<Committed, { outcome: 'committed' | 'stale' }>) {
    super(written.outcome);
  }
}

/**
 * Writes everything one command changes, in one transaction or not at all: only when the history still
 * ends at `after`, only once per event, and only when the stock is there. `rules` say where the units of
 * an order are held. Throws when PostgreSQL is away.
 */
export async function commit(
  knex: Knex,
  input: Commit,
  rules: AllocationRules = allocationRules,
): Promise<Committed> {
  const shopHash = input.shop && (await keepShop(knex, input.shop));
  try {
    const written = await again(() => attempt(knex, input, rules, shopHash));
    if (written) return { outcome: 'committed', seq: input.after + input.events.length };
  } catch (error) {
    if (error instanceof Undone) return error.written;
    if (!isRepeatedEvent(error)) throw error;
  }
  return compare(knex, input);
}

/** One statement writes everything; only with what orders share, vouchers and stock, is it more. */
async function attempt(
  knex: Knex,
  input: Commit,
  rules: AllocationRules,
  shopHash?: string,
): Promise<boolean> {
  const moves = movesOf(input);
  const writeRest = (db: Knex) =>
    isWithdrawal(input) ? withdraw(db, input) : write(db, input, shopHash);
  const vouchers = voucherMovesOf(input);
  if (moves.length + vouchers.length === 0) return writeRest(knex);
  const moveShared = async (trx: Knex) => {
    const used = vouchers.length > 0 && (await moveVouchers(trx, input, vouchers));
    if (used) throw new Undone({ outcome: 'refused', refusal: used });
    if (moves.length === 0) return;
    // Last, so that other orders wait for the records as briefly as can be.
    const settled = await moveStock(trx, input, moves, rules);
    if (settled.outcome === 'short') throw new Undone(settled);
    if (settled.outcome === 'settled') return;
    throw new Undone({ outcome: 'refused', refusal: shortage(input, settled) });
  };
  return knex.transaction(async (trx) => {
    // A placing that is withdrawn may be waiting for goods: whoever brings them holds the records and then
    // writes to it, so that its row is taken away after its stock.
    if (isWithdrawal(input) && input.after > 0) {
      if (!(await lockPlacing(trx, input))) return false;
      await moveShared(trx);
      return writeRest(trx);
    }
    if (!(await writeRest(trx))) return false;
    await moveShared(trx);
    return true;
  });
}

/** What is there instead of what the commit was decided on; perhaps it is the commit itself. */
async function compare(knex: Knex, input: Commit): Promise<Committed> {
  const { number, after, events } = input;
  const ids = events.map(({ event }) => event.id);
  const rows = await knex<{ order_number: string; seq: number; event_id: string }>('events')
    .where('order_number', number)
    .whereIn('event_id', ids)
    .orderBy('seq')
    .select('seq', 'event_id');
  const isOurs =
    rows.length === ids.length &&
    rows.every(({ seq, event_id }, index) => seq === after + index + 1 && event_id === ids[index]);
  if (isOurs) return written(knex, number, after + events.length);
  if (await wasWithdrawn(knex, input)) return afterWithdrawal(knex, input);
  const recorded = rows.map(({ event_id }) => event_id);
  return { outcome: 'stale', stored: await loadOrder(knex, number), recorded };
}

/**
 * An earlier attempt wrote it. A workflow whose task was lost decides the same again at a later time, and
 * must go on from what the history says.
 */
async function written(knex: Knex, number: string, seq: number): Promise<Committed> {
  const stored = await loadOrder(knex, number);
  return { outcome: 'committed', seq, ...(stored?.seq === seq && { state: stored.state }) };
}

/** The withdrawal itself is done; the placing that it ended gets the answer that it got then. */
async function afterWithdrawal(knex: Knex, input: Commit): Promise<Committed> {
  const { number, after, events } = input;
  if (isWithdrawal(input)) return { outcome: 'committed', seq: after + events.length };
  const place = events.find(({ event }) => event.type === 'place');
  const record = place && (await findCommand(knex, number, place.event.id));
  if (record?.refusal) return { outcome: 'refused', refusal: record.refusal };
  return { outcome: 'stale', stored: await loadOrder(knex, number), recorded: [] };
}

/** An event that the history has already, at an earlier place. */
function isRepeatedEvent(error: unknown): boolean {
  return (
    error instanceof Error &&
    'constraint' in error &&
    error.constraint === 'events_order_number_event_id_key'
  );
}
