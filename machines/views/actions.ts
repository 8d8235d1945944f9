import { commandSpecs, commandTypes } from '../commands';
import type { Command, ExchangeLine, OrderEvent, Stamp } from '../events';
import { isOpen as isWaitedFor } from '../partners/lines';
import { OFFLINE } from '../payment/balance';
import { nextStatuses } from '../pipeline';
import type { Refusal } from '../refusals';
import { isOpen } from '../returns/counts';
import type { OrderState } from '../state';
import { step, type Orders } from '../step';
import type { Shop } from '../table';

/** A command as it could be sent now, or why not. */
export interface ActionView {
  readonly type: Command['type'];
  readonly says: string;
  /** The command in its plainest form; what it needs besides is asked of the sender. */
  readonly command: Record<string, unknown>;
  readonly allowed: boolean;
  readonly refusal?: Refusal;
  /** The rules that an override would go over, where its sender may. */
  readonly override?: readonly string[];
}

export type ActionsView = readonly ActionView[];

/** Something to exchange for, where only the sender knows what. */
const sample: ExchangeLine = {
  sku: 'asked',
  title: 'asked',
  quantity: 1,
  unitPrice: { exclTax: 0, inclTax: 0 },
};

/** The returns that people work on; where there is none, the first there could be. */
function openReturns({ returns }: OrderState['context']): readonly string[] {
  const open = returns.filter(isOpen).map(({ id }) => id);
  return open.length > 0 ? open : ['r1'];
}

/** The plainest form of each command, one for every choice the shop's table gives. */
function plainest(
  { shop }: Orders,
  { value, context }: OrderState,
  type: Command['type'],
  newest: Shop,
): Command[] {
  switch (type) {
    case 'set-status':
      return Object.keys(shop.orders.statuses)
        .filter((status) => status !== value.status)
        .map((status) => ({ type, status }));
    case 'set-line-status': {
      const next = new Set(
        context.lines.flatMap((line) => nextStatuses(shop.lines.statuses, line.status)),
      );
      return [...next].map((status) => {
        const movable = context.lines.filter((line) =>
          nextStatuses(shop.lines.statuses, line.status).includes(status),
        );
        return { type, status, lines: movable.map(({ id }) => ({ id })) };
      });
    }
    case 'record-shipping-event':
      return Object.keys(shop.shippingEvents).map((event) => ({ type, event }));
    case 'record-payment-event':
      return Object.keys(shop.paymentEvents).map((event) => ({ type, event, amount: 1 }));
    case 'confirm-payment': {
      const outside = context.payments.filter(({ gateway }) => gateway === OFFLINE);
      return outside.map(({ id }) => ({ type, payment: id }));
    }
    case 'settle-movement':
      return [{ type, outcome: 'not-moved', note: 'asked' }];
    case 'undo':
      return context.waiting.map(({ event }) => ({ type, command: event.id }));
    case 'authorise-return':
    case 'decline-return':
    case 'receive-return':
    case 'close-return':
      return openReturns(context).map((id) => ({ type, return: id, reason: 'asked' }));
    case 'exchange':
      return openReturns(context).map((id) => ({ type, return: id, lines: [sample] }));
    case 'refund': {
      const returns = context.returns.filter(isOpen);
      const ofReturns = returns.map(({ id }) => ({ type, return: id, reason: 'asked' }) as const);
      return [{ type, reason: 'asked' }, ...ofReturns];
    }
    case 'request-return':
    case 'cancel':
    case 'hold':
      return [{ type, reason: 'asked' }];
    case 'record-print':
      return [{ type, document: 'picking-slip' }];
    case 'add-note':
      return [{ type, text: 'asked' }];
    case 'edit-note':
      // A note of long ago is closed, whoever asks.
      return context.notes
        .filter(({ system }) => !system)
        .slice(-1)
        .map(({ id }) => ({ type, note: id, text: 'asked' }));
    case 'send-message':
      return shop.messages.map((kind) => ({ type, kind }));
    case 'resolve-task':
      return context.attention.map(({ id }) => ({ type, task: id }));
    case 'renew':
      // As text, because the order of a pipeline's statuses is part of a table.
      return JSON.stringify(newest) === JSON.stringify(shop) ? [] : [{ type, shop: newest }];
    // What differs is not for the order to say.
    case 'reconcile':
      return [];
    case 'hand-over':
      return shop.partners ? [{ type }] : [];
    case 'accept-hand-over':
    case 'decline-hand-over':
      return context.handOvers
        .filter(isWaitedFor)
        .map(({ id }) => ({ type, handOver: id, reason: 'asked' }));
    case 'take-payment':
    case 'void':
    case 'send-downloads':
    case 'release-hold':
      return [{ type }];
  }
}

/** What an override of a refused shipping event would go over; nothing where it would not help. */
function overridable(
  orders: Orders,
  state: OrderState,
  command: Command,
  stamp: Stamp,
): Pick<ActionView, 'override'> {
  if (command.type !== 'record-shipping-event') return {};
  const over = { ...command, override: { reason: 'asked' }, ...stamp };
  const decided = step(orders, state, over);
  const facts = decided.outcome === 'accepted' ? decided.facts : [];
  return (
    facts.flatMap((fact) => (fact.type === 'override' ? [{ override: fact.rules }] : []))[0] ?? {}
  );
}

const placeholders = ['amount', 'shop'];
const isSample = (value: unknown) => Array.isArray(value) && value[0] === sample;

/**
 * Each command with each of its choices: allowed now, or refused because of what. `newest` is the shop's
 * present table, to which an order may be moved that follows an older one.
 */
export function actionsOf(
  orders: Orders,
  state: OrderState,
  stamp: Stamp,
  newest: Shop = orders.shop,
): ActionsView {
  return commandTypes.flatMap((type) =>
    plainest(orders, state, type, newest).map((command): ActionView => {
      const decided = step(orders, state, { ...command, ...stamp } as OrderEvent);
      const shown = Object.entries(command).filter(
        ([field, value]) => value !== 'asked' && !placeholders.includes(field) && !isSample(value),
      );
      return {
        type,
        says: commandSpecs[type].says,
        command: Object.fromEntries(shown),
        allowed: decided.outcome === 'accepted',
        ...(decided.outcome === 'refused' && {
          refusal: decided.refusal,
          ...overridable(orders, state, command, stamp),
        }),
      };
    }),
  );
}
