import type { Command } from '../events';
import { reachOf } from '../fulfilment/reach';
import { typesMeaning } from '../fulfilment/units';
import { sum } from '../money';
import { openUnits, unsent } from '../partners/lines';
import { capturable, roomIn, voidable } from '../payment/balance';
import { captureScope, refundScope, type Scope } from '../payment/scope';
import { arrived, awaited, granted } from '../returns/counts';
import { returnType } from '../returns/requesting';
import type { ReturnLine, ReturnState } from '../returns/state';
import { planGrant } from '../returns/worth';
import { agreed, passed, type OrderState } from '../state';
import type { Shop } from '../table';

/** As much as a command could move now; figures of nothing are left out. */
export interface Most {
  /** Minor units of the order's currency. */
  readonly amount?: number;
  /** Minor units, by payment. */
  readonly payments?: Readonly<Record<string, number>>;
  /** Units, by line. */
  readonly lines?: Readonly<Record<string, number>>;
  /** The charges beside the lines. */
  readonly charges?: readonly string[];
}

interface About {
  readonly shop: Shop;
  readonly context: OrderState['context'];
}

function positive(figures: readonly (readonly [string, number])[]): Record<string, number> {
  return Object.fromEntries(figures.filter(([, figure]) => figure > 0));
}

function perLine({ context }: About, units: (index: number, id: string) => number): Most {
  return { lines: positive(context.lines.map(({ id }, index) => [id, units(index, id)])) };
}

function perPayment({ context }: About, room: typeof voidable): Record<string, number> {
  return positive(context.payments.map((payment) => [payment.id, room(context, payment)]));
}

function ofShippingEvent({ shop, context }: About, type: string | undefined, free = false): Most {
  if (type === undefined) return {};
  const reach = reachOf(shop, context, type, free);
  return perLine({ shop, context }, (index) => reach(index).units);
}

function ofScope(about: About, scope: Scope): Most {
  const payments = perPayment(about, (context, payment) => roomIn(context, payment, scope.kind));
  const { lines } = perLine(about, (index) => {
    const line = about.context.lines[index];
    return line ? scope.limit(index) - passed(line, scope.type) : 0;
  });
  const amount = Math.max(0, Math.min(scope.room, sum(Object.values(payments))));
  return { amount, payments, lines, charges: scope.charges };
}

function ofReturn(
  { context }: About,
  id: string,
  units: (returned: ReturnState, line: ReturnLine) => number,
): Most {
  const returned = context.returns.find((each) => each.id === id);
  const lines = returned?.lines.map((line) => [line.id, units(returned, line)] as const);
  return { lines: positive(lines ?? []) };
}

function ofGrant(about: About, id: string): Most {
  const planned = planGrant(about.shop, about.context, { return: id });
  const left = ofReturn(about, id, (returned, line) => arrived(line) - granted(returned, line.id));
  return {
    ...left,
    amount: 'grant' in planned ? planned.grant.amount : 0,
    charges: refundScope(about.shop, about.context).charges,
  };
}

/** What may still be recorded of money outside; whoever authorises there, authorises what he likes. */
function ofRecording({ shop, context }: About, event: string): Most | undefined {
  switch (shop.paymentEvents[event]?.means) {
    case 'capture':
      return { amount: Math.max(0, captureScope(shop, context).room) };
    case 'refund':
      return { amount: Math.max(0, refundScope(shop, context).room) };
    case 'void':
      return { amount: sum(context.payments.map(capturable)) };
    default:
      return undefined;
  }
}

/** What a form for the command states and fills in; nothing for one that moves neither units nor money. `free`: of the shop's rules between events. */
export function mostOf(
  shop: Shop,
  { context }: OrderState,
  command: Command,
  free: boolean,
): Most | undefined {
  const about = { shop, context };
  switch (command.type) {
    case 'take-payment':
      return ofScope(about, captureScope(shop, context));
    case 'refund':
      return command.return === undefined
        ? ofScope(about, refundScope(shop, context))
        : ofGrant(about, command.return);
    case 'void':
      return { payments: perPayment(about, voidable) };
    case 'record-payment-event':
      return ofRecording(about, command.event);
    case 'confirm-payment': {
      const payment = context.payments.find(({ id }) => id === command.payment);
      return payment && { amount: Math.max(0, payment.requested - payment.captured) };
    }
    case 'record-shipping-event':
      return ofShippingEvent(about, command.event, free);
    case 'cancel':
      return ofShippingEvent(about, typesMeaning(shop, 'cancelled')[0]);
    case 'request-return':
      return ofShippingEvent(about, returnType(shop));
    case 'receive-return':
      return ofReturn(about, command.return, awaited);
    case 'set-line-status': {
      const wanted = new Set(command.lines.map(({ id }) => id));
      const { lines } = agreed(context);
      return perLine(about, (index, id) => (wanted.has(id) ? (lines[index]?.quantity ?? 0) : 0));
    }
    case 'hand-over':
      return perLine(about, (_, id) => openUnits(shop, context, id));
    case 'accept-hand-over':
    case 'decline-hand-over': {
      const asked = context.handOvers.find(({ id }) => id === command.handOver);
      return asked && perLine(about, (_, id) => unsent(asked, id));
    }
    default:
      return undefined;
  }
}
