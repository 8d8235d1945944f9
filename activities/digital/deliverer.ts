import type { Knex } from 'knex';
import { loadOrder } from '../../db/orders';
import { orderOf, type Deliverer, type Ended, type Later, type OutboxRow } from '../delivery';
import type { DigitalProvider } from './provider';

export interface DigitalSetting {
  readonly knex: Knex;
  readonly provider: DigitalProvider;
}

const LONGEST_WHY = 2_000;

/** Has the digital provider deliver what an order asked it for, and says what came of it. */
export function createDigitalDeliverer({ knex, provider }: DigitalSetting): Deliverer {
  return {
    async deliver(row) {
      const number = orderOf(row);
      const stored = await loadOrder(knex, number);
      const placement = stored?.state.context.placement;
      if (!stored || !placement) throw new Error(`There is no order ${number}.`);
      const request = stored.state.context.digital.find(({ id }) => id === idOf(row));
      const lines = placement.lines.flatMap(({ id, sku, upc, title }) => {
        const units = request?.lines.find((each) => each.id === id);
        return units ? [{ id, sku, upc, title, quantity: units.quantity }] : [];
      });
      // Cancelled or recorded by hand meanwhile: there is nothing to deliver any more.
      if (!request || lines.length === 0) return failed(row, 'Nothing of it is left to deliver.');
      const { email, name } = placement.customer;
      const asked = {
        key: `${number}/digital/${request.id}${request.renews ? `/${row.seq}` : ''}`,
        order: number,
        customer: { email, name },
        lines,
        renews: request.renews ?? false,
      };
      const done = await provider.fulfil(asked).catch(notNow);
      if (done.outcome === 'later') return done;
      if (done.outcome === 'refused') return failed(row, done.why);
      const { downloads, reference } = done;
      const report = { type: 'digital.delivered', request: request.id, downloads } as const;
      return {
        outcome: 'done',
        report: { ...report, ...(reference !== undefined && { reference }) },
      };
    },

    giveUp: (row, why) => Promise.resolve(failed(row, why)),
  };
}

function notNow(error: unknown): Later {
  return { outcome: 'later', says: error instanceof Error ? error.message : String(error) };
}

function idOf({ payload }: OutboxRow): string {
  return String(payload.request);
}

function failed(row: OutboxRow, said: string): Ended {
  const why = (said.trim() || 'Nothing was said.').slice(0, LONGEST_WHY);
  const report = { type: 'digital.failed', request: idOf(row), why } as const;
  return { outcome: 'failed', says: why, report };
}
