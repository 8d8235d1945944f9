import { dueOf, type Due } from '../deciding/due';
import type { CountedUnits } from '../events';
import type { Fact, StockMove } from '../facts';
import { toldPartners, type ToldPartner } from '../partners/view';
import { agreed, type OrderState } from '../state';
import type { MovementKind, Shop } from '../table';
import { sentenceOf } from './sentences';

/** What a command would do, sorted by what people ask about; nothing of it has happened. */
export interface ChangesView {
  readonly statuses: readonly { readonly from: string | null; readonly to: string }[];
  readonly lines: readonly {
    readonly line: string;
    readonly from: string | null;
    readonly to: string;
  }[];
  readonly shipping: readonly { readonly event: string; readonly lines: readonly CountedUnits[] }[];
  readonly money: readonly {
    readonly kind: MovementKind;
    readonly event: string;
    readonly payment: string;
    readonly gateway: string;
    /** Minor units of the order's currency. */
    readonly amount: number;
  }[];
  readonly stock: readonly {
    readonly move: StockMove;
    readonly line: string;
    readonly sku: string;
    readonly quantity: number;
  }[];
  readonly messages: readonly { readonly kind: string; readonly withheld?: string }[];
  /** What fulfilment partners would be told. */
  readonly partners: readonly ToldPartner[];
  /** Calls of the shop's own effects. */
  readonly calls: readonly { readonly name: string; readonly with?: unknown }[];
  readonly timers: { readonly starts: readonly Due[]; readonly ends: readonly Due[] };
  /** All of it again, a sentence each. */
  readonly says: readonly string[];
}

type FactOf<T extends Fact['type']> = Extract<Fact, { type: T }>;

function only<T extends Fact['type']>(facts: readonly Fact[], type: T): FactOf<T>[] {
  return facts.filter((fact): fact is FactOf<T> => fact.type === type);
}

/** A state, and the table that it follows. */
type Followed = readonly [shop: Shop, state: OrderState];

function timers(...beforeAndAfter: readonly [Followed, Followed]): ChangesView['timers'] {
  const [old, young] = beforeAndAfter.map(([shop, { value, context }]) =>
    dueOf(shop, value.status, context),
  ) as [Due[], Due[]];
  const isIn = (list: readonly Due[]) => (one: Due) =>
    list.some(({ name, at }) => name === one.name && at === one.at);
  return {
    starts: young.filter((one) => !isIn(old)(one)),
    ends: old.filter((one) => !isIn(young)(one)),
  };
}

function messages(facts: readonly Fact[]): ChangesView['messages'] {
  const sent = only(facts, 'message').map(({ kind }) => ({ kind }));
  const withheld = only(facts, 'message-withheld').map(({ kind, why }) => ({
    kind,
    withheld: why,
  }));
  return [...sent, ...withheld];
}

/**
 * Sorts the facts that lead from one state to the next; no facts change nothing. `shopAfter` is the table
 * that the order follows then.
 */
export function viewChanges(
  shop: Shop,
  before: OrderState,
  after: OrderState,
  facts: readonly Fact[],
  shopAfter: Shop = shop,
): ChangesView {
  const { currency } = agreed(after.context);
  const told = facts.filter(({ type }) => type !== 'command');
  return {
    statuses: only(facts, 'order-status').map(({ from, to }) => ({ from, to })),
    lines: only(facts, 'line-status').map(({ line, from, to }) => ({ line, from, to })),
    shipping: only(facts, 'shipping-event').map(({ event, lines }) => ({ event, lines })),
    money: only(facts, 'payment-event').map(({ kind, event, payment, gateway, amount }) => {
      return { kind, event, payment, gateway, amount };
    }),
    stock: only(facts, 'stock').flatMap(({ move, lines }) =>
      lines.map(({ id, sku, quantity }) => ({ move, line: id, sku, quantity })),
    ),
    messages: messages(facts),
    partners: toldPartners(facts),
    calls: only(facts, 'effect-called').map(({ name, with: given }) => {
      return { name, ...(given !== undefined && { with: given }) };
    }),
    timers: timers([shop, before], [shopAfter, after]),
    says: told.map((fact) => sentenceOf(fact, currency)),
  };
}
