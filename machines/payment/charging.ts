import { change, changeLines, type Draft } from '../deciding/draft';
import { resolveUnits, unitsAmong, type ResolvedUnits } from '../fulfilment/units';
import type { CountedUnits, EventOf, Units } from '../events';
import { sum } from '../money';
import { listed, type Fault, type Objection } from '../refusals';
import { agreed, passed, type LineState, type OrderContext } from '../state';
import type { MovementKind } from '../table';
import type { Part } from './balance';
import { charges, unitPrices } from './prices';
import type { Scope } from './scope';

/** What a command moves: how much, of which payments, for which units and charges. */
export interface MoneyPlan {
  readonly amount: number;
  readonly parts: readonly Part[];
  readonly lines?: readonly CountedUnits[];
  readonly charges?: readonly string[];
}

export type MoneyAsked = Pick<
  EventOf<'take-payment'>,
  'amount' | 'lines' | 'charges' | 'payment' | 'shares'
>;
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

export type Chosen = Pick<MoneyPlan, 'amount' | 'lines' | 'charges'>;

export function chooseUnits(
  context: OrderContext,
  scope: Scope,
  asked: MoneyAsked,
): Chosen | Fault[] {
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
