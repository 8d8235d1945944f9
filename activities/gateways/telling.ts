import type { Knex } from 'knex';
import { findCall, settleCall, type GatewayCall } from '../../db/gateway-calls';
import { loadOrder } from '../../db/orders';
import type { GatewayReport } from '../../machines/events';
import { orderOf, type Deliverer, type Ended, type OutboxRow } from '../delivery';
import type { GatewayNews } from './port';

/** What a row of the outbox with the topic "gateway" says. */
interface Told {
  readonly gateway: string;
  readonly news: GatewayNews;
}

export interface TellingDependencies {
  readonly knex: Knex;
  /** An amount in minor units as people read it, with its currency. */
  readonly written: (amount: number, currency: string) => string;
}

const nouns = { authorise: 'authorisation', capture: 'capture', refund: 'refund', void: 'void' };

/** Brings what a gateway told to its order: it settles the movement, and says where our records differ. */
export function createTellingDeliverer({ knex, written }: TellingDependencies): Deliverer {
  /** Whether the order waits to be told of this movement, and asks for it until then. */
  const isAwaited = async (order: string, key: string): Promise<boolean> => {
    const stored = await loadOrder(knex, order);
    const [first] = stored?.state.context.movements ?? [];
    return first?.key === key && first.askAt !== undefined;
  };

  const said = ({ gateway, news }: Told): string => {
    const { kind, outcome, amount, currency, reference, authorisation, key, code, message } = news;
    const on = reference === authorisation ? '' : ` on ${authorisation}`;
    const under = key === undefined ? '' : ` under ${key}`;
    const what = `the ${nouns[kind]} of ${written(amount, currency)} (${reference}${on}${under})`;
    if (outcome === 'moved') return `${gateway} says that ${what} went through`;
    return `${gateway} says that ${what} did not go through: ${message ?? code ?? 'it gave no reason'}`;
  };

  /** What the gateway says that our records do not; undefined when they agree. */
  const difference = (told: Told, call: GatewayCall | undefined): string | undefined => {
    const { outcome, amount, currency, key } = told.news;
    const look = 'Compare it with the records of the gateway, and record what our records miss.';
    if (key === undefined) {
      return `${said(told)}, and it was not asked for here. Find out who did it, and record it with record-payment-event.`;
    }
    if (!call) return `${said(told)}, and our records do not have its key. ${look}`;
    if (call.status !== outcome) {
      const ours = call.status === 'moved' ? 'went through' : 'was declined';
      return `${said(told)}. By our records it ${ours}. ${look}`;
    }
    const isSame = outcome === 'declined' || call.moved === amount;
    if (isSame) return undefined;
    return `${said(told)}. By our records it was ${written(call.moved ?? 0, currency)}. ${look}`;
  };

  const settle = async ({ news }: Told, key: string): Promise<void> => {
    const { outcome, amount, reference, expiresAt, can, code = '', message = '' } = news;
    await settleCall(
      knex,
      key,
      outcome === 'moved'
        ? { status: 'moved', moved: amount, reference, expires_at: expiresAt, can }
        : { status: 'declined', code, message },
    );
  };

  return {
    async deliver(row) {
      const told = row.payload as unknown as Told;
      const { key } = told.news;
      if (key !== undefined) await settle(told, key);
      const call = key === undefined ? undefined : await findCall(knex, key);
      const differs = difference(told, call);
      const isWaiting = key !== undefined && (await isAwaited(orderOf(row), key));
      if (differs === undefined && !isWaiting) return { outcome: 'done', says: said(told) };
      return reported(said(told), {
        type: 'gateway.told',
        ...(key !== undefined && { movement: key }),
        ...(differs !== undefined && { differs }),
      });
    },

    giveUp: (_row: OutboxRow, why: string): Promise<Ended> =>
      Promise.resolve({ outcome: 'failed', says: why }),
  };
}

function reported(says: string, report: GatewayReport): Ended {
  return { outcome: 'done', says, report };
}
