import { isAmount, sum, written } from '../money';
import { listed, type Fault } from '../refusals';
import { agreed, type OrderContext, type PaymentState } from '../state';
import { OFFLINE, partIn, partsOf, roomIn, type Part } from './balance';
import {
  chooseAmount,
  chooseUnits,
  objectToMoney,
  type MoneyAsked,
  type MoneyPlan,
  type Planned,
} from './charging';
import type { Scope } from './scope';

const notAnAmount = (amount: number) =>
  `An amount is a whole number of minor units from 1, not ${amount}.`;

/** What is wrong with the payments that somebody chose: each is one of the order's, named once, with room. */
function shareFaults(context: OrderContext, { kind }: Scope, shares: readonly Part[]): Fault[] {
  const ids = context.payments.map(({ id }) => id);
  const { currency } = agreed(context);
  return shares.flatMap(({ payment: id, amount }, position): Fault[] => {
    const at = `/shares/${position}`;
    const payment = context.payments.find((each) => each.id === id);
    if (!payment) {
      const detail = `${id} is no payment of this order; it has ${listed(ids)}.`;
      return [{ pointer: `${at}/payment`, detail }];
    }
    if (shares.findIndex((each) => each.payment === id) !== position) {
      return [{ pointer: `${at}/payment`, detail: `${id} is named twice.` }];
    }
    if (!isAmount(amount)) return [{ pointer: `${at}/amount`, detail: notAnAmount(amount) }];
    if (partIn(context, payment, kind, amount) === amount) return [];
    const detail = whyNot(context, payment, kind, amount, currency);
    return [{ pointer: `${at}/amount`, detail }];
  });
}

/** Why a payment cannot move an amount: it has less, or is captured whole. */
function whyNot(
  context: OrderContext,
  payment: PaymentState,
  kind: Scope['kind'],
  amount: number,
  currency: string,
): string {
  const room = Math.max(0, roomIn(context, payment, kind));
  const [asked, most] = [written(amount, currency), written(room, currency)];
  if (amount > room) return `${asked} is too much for ${payment.id}: it leaves ${most}.`;
  return `${payment.id} can only be captured whole: ${most}, not ${asked}.`;
}

function fieldFaults(context: OrderContext, scope: Scope, asked: MoneyAsked): Fault[] {
  const ids = context.payments.map(({ id }) => id);
  const { payment, amount, shares } = asked;
  if (payment !== undefined && !ids.includes(payment)) {
    const detail = `${payment} is no payment of this order; it has ${listed(ids)}.`;
    return [{ pointer: '/payment', detail }];
  }
  if (shares && payment !== undefined) {
    return [{ pointer: '/shares', detail: 'Give a payment, or shares of several, not both.' }];
  }
  if (shares?.length === 0) return [{ pointer: '/shares', detail: 'Name at least one payment.' }];
  if (amount !== undefined && !isAmount(amount)) {
    return [{ pointer: '/amount', detail: notAnAmount(amount) }];
  }
  if (amount !== undefined && (asked.lines ?? asked.charges)) {
    return [{ pointer: '/amount', detail: 'Give an amount, or lines and charges, not both.' }];
  }
  return shares ? shareFaults(context, scope, shares) : [];
}

/** The payments that an amount is put to: those chosen, the one named, or as the order has them. */
function share(
  context: OrderContext,
  scope: Scope,
  amount: number,
  { payment: id, shares }: Pick<MoneyAsked, 'payment' | 'shares'>,
): readonly Part[] {
  if (shares) return shares;
  const payment = context.payments.find((each) => each.id === id);
  if (!payment) return partsOf(context, scope.kind, amount);
  const part = partIn(context, payment, scope.kind, amount);
  return part > 0 ? [{ payment: payment.id, amount: part }] : [];
}

const amountsOf = (parts: readonly Part[]) => parts.map(({ amount }) => amount);

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
  const amount = sum(amountsOf(parts));
  if (amount === 0) return { wanted: chosen.amount };
  const plan = amount === chosen.amount ? { ...chosen, parts } : { amount, parts };
  return { wanted: chosen.amount, plan };
}

const nothingLeft = {
  capture: 'nothing is left to capture: all that the order owes is captured.',
  refund: 'nothing is left to refund: all that was captured went back.',
};

const outOfReach = {
  capture: (amount: string, type: string, awaited: readonly string[]) =>
    `${amount} is owed, but no authorisation is left to capture. ${awaited.length > 0 ? `What came in for ${listed(awaited)} is confirmed (confirm-payment); other money` : 'Money'} from outside is recorded as ${type}.`,
  refund: (amount: string, type: string) =>
    `${amount} may go back, but no card took it. Money given back outside is recorded as ${type}.`,
};

/** The payments outside every gateway that have not come in whole. */
function awaitedOf({ payments }: OrderContext): string[] {
  return payments
    .filter(({ gateway, requested, captured }) => gateway === OFFLINE && captured < requested)
    .map(({ id }) => id);
}

/** Why an amount cannot move: nothing may, nothing can, or how much could. */
function amountSentence(
  context: OrderContext,
  { kind, type, room }: Scope,
  amount: number,
  movable: number,
): string {
  const inWords = (minor: number) => written(minor, agreed(context).currency);
  if (room <= 0) return nothingLeft[kind];
  if (movable <= 0) return outOfReach[kind](inWords(room), type, awaitedOf(context));
  if (amount === 0) return `what was named costs nothing: there is nothing to ${kind}.`;
  const limit = room <= movable ? 'the order' : 'the payments';
  const most = inWords(Math.min(room, movable));
  return `${inWords(amount)} is too much to ${kind}: ${limit} leave${room <= movable ? 's' : ''} ${most}.`;
}

/** Why the payments cannot be put together to just this amount: some of them are captured whole. */
function wholeSentence(context: OrderContext, amount: number, named?: string): string {
  const { currency } = agreed(context);
  const whole = context.payments.filter(
    (payment) =>
      payment.can?.captures === 'whole' &&
      (named ?? payment.id) === payment.id &&
      roomIn(context, payment, 'capture') > 0,
  );
  const said = whole.map(
    (payment) => `${payment.id} for ${written(roomIn(context, payment, 'capture'), currency)}`,
  );
  return `${written(amount, currency)} cannot be captured: its gateway captures ${listed(said)} whole or not at all. Capture it whole, or have the order paid in another way.`;
}

/** Units, charges and an amount as they were asked for; as much as may move where nothing is said. */
function choose(context: OrderContext, scope: Scope, asked: MoneyAsked, most: number) {
  const inShares = asked.shares && sum(amountsOf(asked.shares));
  const chosen =
    asked.lines || asked.charges
      ? chooseUnits(context, scope, asked)
      : chooseAmount(context, scope, asked.amount ?? inShares ?? most);
  if (Array.isArray(chosen)) return { faults: chosen };
  if (inShares === undefined || inShares === chosen.amount) return { chosen };
  const { currency } = agreed(context);
  const detail = `The shares add up to ${written(inShares, currency)}, not to ${written(chosen.amount, currency)}.`;
  return { faults: [{ pointer: '/shares', detail }] };
}

/** Decides what a command moves, within the scope and within what the gateways can move. */
export function planMoney(context: OrderContext, scope: Scope, asked: MoneyAsked): Planned {
  const odd = fieldFaults(context, scope, asked);
  if (odd.length > 0) return objectToFaults(context, odd);
  const movable = sum(amountsOf(share(context, scope, ALL, asked)));
  const most = Math.max(0, Math.min(scope.room, movable));
  const { chosen, faults } = choose(context, scope, asked, most);
  if (faults) return objectToFaults(context, faults);
  const { amount } = chosen;
  const isWithin = amount > 0 && amount <= most;
  const parts = isWithin ? share(context, scope, amount, asked) : [];
  if (isWithin && sum(amountsOf(parts)) === amount) return { plan: { ...chosen, parts } };
  const detail = isWithin
    ? wholeSentence(context, amount, asked.payment)
    : amountSentence(context, scope, amount, movable);
  return objectToMoney(context, detail, {
    figures: { asked: amount, room: scope.room, movable, most },
    errors: [{ pointer: asked.amount === undefined ? '' : '/amount', detail }],
  });
}

/** More than any order costs. */
const ALL = Number.MAX_SAFE_INTEGER;

function objectToFaults(context: OrderContext, errors: readonly Fault[]): Planned {
  const detail = errors.map((fault) => fault.detail).join(' ');
  return objectToMoney(context, detail, { errors });
}
