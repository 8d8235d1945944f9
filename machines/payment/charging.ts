import { change, changeLines, type Draft } from '../deciding/draft';
import { resolveUnits, unitsAmong, type ResolvedUnits } from '../fulfilment/units';
import type { CountedUnits, EventOf, Units } from '../events';
import { isAmount, sum, written } from '../money';
import { listed, type Fault, type Objection } from '../refusals';
import { agreed, passed, type LineState, type OrderContext, type PaymentState } from '../state';
import type { MovementKind } from '../table';
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
  const done = (index: number) => {
    const line = context.lines[index];
    return line ? passed(line, scope.type) : 0;
  };
  const why = (index: number) =>
    `${scope.limit(index)} can be ${scope.type}, ${done(index)} already are`;
  return resolveUnits(context, asked, (index) => {
    return { units: scope.limit(index) - done(index), why };
  });
}

export function chargeFaults(
  context: OrderContext,
  scope: Scope,
  asked: readonly string[],
): Fault[] {
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
  return sum(
    unitsAmong(context, units).map(({ index, line, quantity }) =>
      price.next(index, passed(line, type), quantity),
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

export type Chosen = Pick<MoneyPlan, 'amount' | 'lines' | 'charges'>;

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
export function chooseAmount(context: OrderContext, scope: Scope, amount: number): Chosen {
  if (amount !== scope.room || context.movements.length > 0) return { amount };
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
  const part = Math.min(amount, roomIn(context, payment, scope.kind));
  return part > 0 ? [{ payment: payment.id, amount: part }] : [];
}

/** As much as may move of what the units and charges cost, or of all that is left where none are named. */
export function planMost(
  context: OrderContext,
  scope: Scope,
  asked: MoneyAsked,
): { readonly wanted: number; readonly plan?: MoneyPlan } {
  const rest = () => chooseAmount(context, scope, Math.max(0, scope.room));
  const named = asked.lines || asked.charges ? chooseUnits(context, scope, asked) : rest();
  if (Array.isArray(named)) return { wanted: 0 };
  const chosen = named.amount > scope.room ? rest() : named;
  const parts = partsOf(context, scope.kind, chosen.amount);
  const amount = sum(parts.map((part) => part.amount));
  if (amount === 0) return { wanted: chosen.amount };
  const plan = amount === chosen.amount ? { ...chosen, parts } : { amount, parts };
  return { wanted: chosen.amount, plan };
}

const nothingLeft = {
  capture: 'nothing is left to capture: all that the order owes is captured.',
  refund: 'nothing is left to refund: all that was captured went back.',
};

const outOfReach = {
  capture: (amount: string, type: string) =>
    `${amount} is owed, but no authorisation is left to capture. Money from outside is recorded as ${type}.`,
  refund: (amount: string, type: string) =>
    `${amount} may go back, but no card took it. Money given back outside is recorded as ${type}.`,
};

/** Why an amount cannot move: nothing may, nothing can, or how much could. */
function amountSentence(
  context: OrderContext,
  { kind, type, room }: Scope,
  amount: number,
  movable: number,
): string {
  const inWords = (minor: number) => written(minor, agreed(context).currency);
  if (room <= 0) return nothingLeft[kind];
  if (movable <= 0) return outOfReach[kind](inWords(room), type);
  if (amount === 0) return `what was named costs nothing: there is nothing to ${kind}.`;
  const limit = room <= movable ? 'the order' : 'the payments';
  const most = inWords(Math.min(room, movable));
  return `${inWords(amount)} is too much to ${kind}: ${limit} leave${room <= movable ? 's' : ''} ${most}.`;
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
  const detail = amountSentence(context, scope, amount, movable);
  return objectToMoney(context, detail, {
    figures: { asked: amount, room: scope.room, movable, most },
    errors: [{ pointer: asked.amount === undefined ? '' : '/amount', detail }],
  });
}

/** Counts the units and charges that money moved for. */
export function countPaid(
  draft: Draft,
  type: string,
  kind: MovementKind,
  { lines = [], charges: codes = [] }: Pick<MoneyPlan, 'lines' | 'charges'>,
): void {
  const changed = new Map<number, LineState>();
  for (const { index, line, quantity } of unitsAmong(draft.context, lines)) {
    const before = passed(line, type);
    changed.set(index, { ...line, passed: { ...line.passed, [type]: before + quantity } });
  }
  changeLines(draft, changed);
  if (codes.length === 0) return;
  const { settledCharges, refundedCharges } = draft.context;
  if (kind === 'capture') change(draft, { settledCharges: [...settledCharges, ...codes] });
  if (kind === 'refund') change(draft, { refundedCharges: [...refundedCharges, ...codes] });
}
