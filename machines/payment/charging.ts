import { resolveUnits, type ResolvedUnits } from '../fulfilment/units';
import type { CountedUnits, EventOf, Units } from '../events';
import { isAmount, sum, written } from '../money';
import { listed, type Fault, type Objection } from '../refusals';
import { agreed, passed, type OrderContext, type PaymentState } from '../state';
import { partsOf, roomIn, type Part } from './balance';
import { charges, unitPrices } from './prices';
import type { Scope } from './scope';

/** What a command moves: how much, of which payments, for which units and charges. */
export interface MoneyPlan {
  readonly amount: number;
  readonly parts: readonly Part[];
  readonly lines?: readonly CountedUnits[];
  readonly charges?: readonly string[];
}

export type MoneyAsked = Pick<EventOf<'take-payment'>, 'amount' | 'lines' | 'charges' | 'payment'>;
export type Planned = { readonly plan: MoneyPlan } | { readonly objection: Objection };

export function objectToMoney(
  context: OrderContext,
  detail: string,
  more: Partial<Objection> = {},
) {
  const order = agreed(context).number;
  const code = 'invalid-payment-event' as const;
  const figures = { order, currency: agreed(context).currency, ...more.figures };
  return { objection: { code, detail: `Order ${order}: ${detail}`, ...more, figures } };
}

/** The units among those asked that may still pass the scope's payment event type. */
export function paidUnits(
  context: OrderContext,
  scope: Pick<Scope, 'type' | 'limit'>,
  asked: readonly Units[] | undefined,
): ResolvedUnits {
  return resolveUnits(context, asked, (index) => {
    const line = context.lines[index];
    const done = line ? passed(line, scope.type) : 0;
    const most = scope.limit(index);
    return { units: most - done, why: `${most} can be ${scope.type}, ${done} already are` };
  });
}

function chargeFaults(context: OrderContext, scope: Scope, asked: readonly string[]): Fault[] {
  const known = charges(agreed(context)).map(({ code }) => code);
  return asked.flatMap((code, position) => {
    const pointer = `/charges/${position}`;
    if (!known.includes(code)) {
      return [{ pointer, detail: `${code} is no charge of this order; it has ${listed(known)}.` }];
    }
    if (asked.indexOf(code) !== position) return [{ pointer, detail: `${code} is named twice.` }];
    if (scope.charges.includes(code)) return [];
    return [{ pointer, detail: `${code} cannot be ${scope.type} (again).` }];
  });
}

/** The price of the next units that have not passed the type: what was charged is not charged again. */
function priceOf(context: OrderContext, type: string, units: readonly CountedUnits[]): number {
  const price = unitPrices(agreed(context));
  const wanted = new Map(units.map(({ id, quantity }) => [id, quantity]));
  return sum(
    context.lines.map((line, index) =>
      price.next(index, passed(line, type), wanted.get(line.id) ?? 0),
    ),
  );
}

function fieldFault(context: OrderContext, asked: MoneyAsked): Fault | undefined {
  const ids = context.payments.map(({ id }) => id);
  if (asked.payment !== undefined && !ids.includes(asked.payment)) {
    const detail = `${asked.payment} is no payment of this order; it has ${listed(ids)}.`;
    return { pointer: '/payment', detail };
  }
  if (asked.amount === undefined) return undefined;
  if (!isAmount(asked.amount)) {
    const detail = `An amount is a whole number of minor units from 1, not ${asked.amount}.`;
    return { pointer: '/amount', detail };
  }
  if (!asked.lines && !asked.charges) return undefined;
  return { pointer: '/amount', detail: 'Give an amount, or lines and charges, not both.' };
}

type Chosen = Pick<MoneyPlan, 'amount' | 'lines' | 'charges'>;

function chooseUnits(context: OrderContext, scope: Scope, asked: MoneyAsked): Chosen | Fault[] {
  const { units, faults } = asked.lines
    ? paidUnits(context, scope, asked.lines)
    : { units: [], faults: [] };
  const codes = asked.charges ?? [];
  const errors = [...faults, ...chargeFaults(context, scope, codes)];
  if (errors.length > 0) return errors;
  const prices = new Map(charges(agreed(context)).map(({ code, amount }) => [code, amount]));
  const amount =
    priceOf(context, scope.type, units) + sum(codes.map((code) => prices.get(code) ?? 0));
  return { amount, lines: units, charges: codes };
}

/** An amount is for no unit in particular, unless it is all that is left: then it is for the rest. */
function chooseAmount(context: OrderContext, scope: Scope, amount: number): Chosen {
  if (amount !== scope.room) return { amount };
  const { units } = paidUnits(context, scope, undefined);
  return { amount, lines: units, charges: scope.charges };
}

function share(
  context: OrderContext,
  scope: Scope,
  amount: number,
  payment?: PaymentState,
): Part[] {
  if (!payment) return partsOf(context, scope.kind, amount);
  const part = Math.min(amount, roomIn(payment, scope.kind));
  return part > 0 ? [{ payment: payment.id, amount: part }] : [];
}

/** Decides what a command moves, within the scope and within what the gateways can move. */
export function planMoney(context: OrderContext, scope: Scope, asked: MoneyAsked): Planned {
  const fault = fieldFault(context, asked);
  if (fault) return objectToMoney(context, fault.detail, { errors: [fault] });
  const payment = context.payments.find(({ id }) => id === asked.payment);
  const movable = sum(
    share(context, scope, Number.MAX_SAFE_INTEGER, payment).map(({ amount }) => amount),
  );
  const most = Math.max(0, Math.min(scope.room, movable));
  const chosen =
    asked.lines || asked.charges
      ? chooseUnits(context, scope, asked)
      : chooseAmount(context, scope, asked.amount ?? most);
  if (Array.isArray(chosen)) {
    const detail = chosen.map((each) => each.detail).join(' ');
    return objectToMoney(context, detail, { errors: chosen });
  }
  const { amount } = chosen;
  if (amount > 0 && amount <= most) {
    return { plan: { ...chosen, parts: share(context, scope, amount, payment) } };
  }
  const { currency } = agreed(context);
  const [room, reach] = [written(Math.max(0, scope.room), currency), written(movable, currency)];
  const detail =
    amount === 0
      ? `nothing to ${scope.kind}: by the order ${room} may move, at the gateways ${reach}.`
      : `${written(amount, currency)} is too much to ${scope.kind}: by the order ${room} may move, at the gateways ${reach}.`;
  return objectToMoney(context, detail, {
    figures: { asked: amount, room: scope.room, movable, most },
    errors: [{ pointer: asked.amount === undefined ? '' : '/amount', detail }],
  });
}
