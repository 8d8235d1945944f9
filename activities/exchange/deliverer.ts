import type { Knex } from 'knex';
import { loadOrder } from '../../db/orders';
import type { Actor, ExchangeReport, Placement } from '../../machines/events';
import type { StoredOrder } from '../../machines/history';
import type { Shop } from '../../machines/table';
import type { CommandSender } from '../batches/working';
import { orderOf, type Deliverer, type Ended, type OutboxRow } from '../delivery';

/** Places an order; placed again, the same order gets the first answer. Throws while Temporal is away. */
export type OrderPlacer = (
  shop: Shop,
  placement: Placement,
  sender: { readonly id: string; readonly actor: Actor },
) => Promise<{
  readonly outcome: 'done' | 'pending' | 'refused';
  readonly refusal?: { readonly detail: string };
}>;

/** What an exchange's row of the outbox says. */
interface Exchange {
  readonly return: string;
  /** Minor units that pay for the new order, and the payment event that says so. */
  readonly transferred: number;
  readonly settled: string;
  readonly placement: Placement;
}

export interface ExchangeDependencies {
  readonly knex: Knex;
  readonly place: OrderPlacer;
  readonly send: CommandSender;
}

const actor: Actor = { role: 'system', name: 'exchange' };

function placed({ return: id, placement: { number } }: Exchange): Ended {
  const report: ExchangeReport = { type: 'exchange.placed', return: id, number };
  return { outcome: 'done', says: `Order ${number} was placed.`, report };
}

function refused({ return: id, placement: { number } }: Exchange, said: string): Ended {
  const why = said.slice(0, 1_000);
  const report: ExchangeReport = { type: 'exchange.refused', return: id, number, why };
  return { outcome: 'failed', says: why, report };
}

/** Whether this is the exchange's own order, and it has the money. */
function isSettled({ state: { context } }: StoredOrder, exchange: Exchange): boolean {
  const { placement, payments } = context;
  const { exchangeOf } = exchange.placement;
  const { order, return: id } = placement?.exchangeOf ?? {};
  if (order !== exchangeOf?.order || id !== exchangeOf?.return) return false;
  return exchange.transferred === 0 || payments.some(({ captured }) => captured > 0);
}

/** Places the order that returned goods are exchanged for, pays it with what they are worth, and says so. */
export function createExchangeDeliverer({ knex, place, send }: ExchangeDependencies): Deliverer {
  const pay = async (row: OutboxRow, { placement, transferred, settled }: Exchange) => {
    if (transferred === 0) return undefined;
    const [{ reference } = { reference: undefined }] = placement.payments;
    const command = {
      ...({ type: 'record-payment-event', event: settled } as const),
      ...{ amount: transferred, reference },
    };
    const told = await send(placement.number, command, {
      ...{ id: `exchange-paying-${row.id}`, actor },
      cause: orderOf(row),
    });
    if (told.outcome === 'done') return undefined;
    // Nobody knows yet: Temporal tries again, under the same id.
    if (told.outcome !== 'refused') throw new Error(`It is not paid yet: ${JSON.stringify(told)}`);
    return told.refusal?.detail ?? 'Its payment was refused.';
  };

  return {
    async deliver(row) {
      const exchange = row.payload as unknown as Exchange;
      const number = orderOf(row);
      const origin = await loadOrder(knex, number);
      if (!origin) return refused(exchange, `There is no order ${number}.`);
      const sender = { id: `exchange-placing-${row.id}`, actor };
      const told = await place(origin.shop, exchange.placement, sender);
      if (told.outcome === 'refused') return refused(exchange, told.refusal?.detail ?? 'Refused.');
      const unpaid = await pay(row, exchange);
      return unpaid === undefined ? placed(exchange) : refused(exchange, unpaid);
    },

    /** After days of trying: what the new order has of the money decides. */
    async giveUp({ payload }, why) {
      const exchange = payload as unknown as Exchange;
      const stored = await loadOrder(knex, exchange.placement.number);
      return stored && isSettled(stored, exchange) ? placed(exchange) : refused(exchange, why);
    },
  };
}
