import type { Command, ExchangeLine } from '../events';
import { isOpen as isWaitedFor } from '../partners/lines';
import { OFFLINE } from '../payment/balance';
import { nextStatuses } from '../pipeline';
import { isOpen } from '../returns/counts';
import type { OrderState } from '../state';
import type { Shop } from '../table';

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

/** The plainest form of a command, one for every choice the shop's table and the order give. */
export function plainest(
  shop: Shop,
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

const placeholders = ['amount', 'shop'];
const isSample = (value: unknown) => Array.isArray(value) && value[0] === sample;

/** A plainest command without what stands for something that only its sender knows. */
export function withoutAsked(command: Command): Record<string, unknown> {
  const known = Object.entries(command).filter(
    ([field, value]) => value !== 'asked' && !placeholders.includes(field) && !isSample(value),
  );
  return Object.fromEntries(known);
}
