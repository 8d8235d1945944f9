import type { CountedUnits, EventOf } from '../events';
import { cancelledUnits, resolveUnits, unitsAmong } from '../fulfilment/units';
import { isAmount, sum, written } from '../money';
import { balanceOf, OFFLINE, partsOf, refundable, roomIn, type Part } from '../payment/balance';
import { chargeFaults } from '../payment/charging';
import { charges as chargesOf, unitPrices } from '../payment/prices';
import { refundScope } from '../payment/scope';
import { listed, type Fault, type Objection } from '../refusals';
import { agreed, passed, type OrderContext } from '../state';
import type { Shop } from '../table';
import { arrived, granted, owedByHand, promisedUnits } from './counts';
import { objectToNamed, objectToReturn, returnOf } from './finding';
import type { ReturnState } from './state';

/** What a refund of a return gives back, of which payments, and why it is so much. */
export interface Grant {
  readonly lines: readonly CountedUnits[];
  readonly charges: readonly string[];
  /** Minor units: what units and charges cost, what is kept, what went back for them before. */
  readonly worth: number;
  readonly kept: number;
  readonly before: number;
  /** What goes back, and what nobody had paid and nobody has to pay any more. */
  readonly amount: number;
  readonly credited: number;
  readonly parts: readonly Part[];
  readonly byHand: number;
}

type Asked = Pick<
  EventOf<'refund'>,
  'return' | 'lines' | 'charges' | 'amount' | 'keep' | 'payment'
>;

/** Minor units that may still go back, and are promised to nobody. */
export function roomToRefund(shop: Shop, context: OrderContext): number {
  return refundScope(shop, context).room - owedByHand(context);
}

/** Minor units that the order owes and nobody has paid. */
export function unpaidOf(shop: Shop, context: OrderContext): number {
  const { owed, captured } = balanceOf(shop, context);
  return Math.max(0, owed - captured);
}

/** The units among these that count as refunded: those that were settled. */
export function countable(
  shop: Shop,
  context: OrderContext,
  units: readonly CountedUnits[],
): CountedUnits[] {
  const { type, limit } = refundScope(shop, context);
  return unitsAmong(context, units).flatMap(({ index, line, quantity }) => {
    const count = Math.min(quantity, limit(index) - passed(line, type));
    return count > 0 ? [{ id: line.id, quantity: count }] : [];
  });
}

/** What these units cost, after those of their lines that went back or are about to. */
export function worthOf(shop: Shop, context: OrderContext, units: readonly CountedUnits[]): number {
  const { type } = refundScope(shop, context);
  const price = unitPrices(agreed(context));
  const cancelled = cancelledUnits(shop, context);
  return sum(
    unitsAmong(context, units).map(({ index, line, agreed: placed, quantity }) => {
      const kept = placed.quantity - cancelled(index);
      const from = Math.min(kept, passed(line, type) + promisedUnits(context, line.id));
      return price.next(index, from, Math.min(quantity, kept - from));
    }),
  );
}

/** Minor units that went back under decisions that failed before their end, and count for no other yet. */
export function paidBefore({ refunds }: ReturnState): number {
  const failed = refunds.filter(({ outcome }) => outcome === 'failed');
  const others = refunds.filter(({ outcome }) => outcome !== 'failed');
  const went = failed.map(({ moved, credited = 0 }) => moved + credited);
  return sum(went) - sum(others.map(({ before }) => before));
}

/** Units of a return that came and whose money nobody granted yet. */
function unitsOf(context: OrderContext, returned: ReturnState, asked: Asked['lines']) {
  const left = new Map(
    returned.lines.map((line) => [line.id, arrived(line) - granted(returned, line.id)]),
  );
  const { lines } = context;
  if (!asked) {
    const all = [...left].map(([id, quantity]) => ({ id, quantity }));
    return { units: all.filter(({ quantity }) => quantity > 0), faults: [] };
  }
  return resolveUnits(context, asked, (index) => {
    const id = lines[index]?.id ?? '';
    const line = returned.lines.find((each) => each.id === id);
    const came = line ? arrived(line) : 0;
    const done = granted(returned, id);
    const why = () => `${came} of it came with return ${returned.id}, ${done} are refunded`;
    return { units: left.get(id) ?? 0, why };
  });
}

/** Charges that go back: those named, or the shipping charge where the shop gives it back with the last unit. */
function codesOf(shop: Shop, context: OrderContext, units: readonly CountedUnits[], asked: Asked) {
  const scope = refundScope(shop, context);
  if (asked.charges) return asked.charges;
  if (!shop.returns?.refundShipping || !scope.charges.includes('shipping')) return [];
  const cancelled = cancelledUnits(shop, context);
  const going = new Map(units.map(({ id, quantity }) => [id, quantity]));
  const isAll = context.lines.every((line, index) => {
    const kept = (agreed(context).lines[index]?.quantity ?? 0) - cancelled(index);
    const back = passed(line, scope.type) + promisedUnits(context, line.id);
    return back + (going.get(line.id) ?? 0) >= kept;
  });
  return isAll ? ['shipping'] : [];
}

function fieldFaults(context: OrderContext, asked: Asked): Fault[] {
  const { amount, payment, keep } = asked;
  const ids = context.payments.map(({ id }) => id);
  const faults: Fault[] = [];
  if (amount !== undefined) {
    const detail =
      'A return is refunded by its lines; say what to keep of their price, not an amount.';
    faults.push({ pointer: '/amount', detail });
  }
  if (payment !== undefined && !ids.includes(payment)) {
    const detail = `${payment} is no payment of this order; it has ${listed(ids)}.`;
    faults.push({ pointer: '/payment', detail });
  }
  if (keep !== undefined && keep !== 0 && !isAmount(keep)) {
    const detail = `What is kept is whole minor units from 0, not ${keep}.`;
    faults.push({ pointer: '/keep', detail });
  }
  return faults;
}

function faultsIn(context: OrderContext, errors: readonly Fault[]): { objection: Objection } {
  const detail = errors.map((fault) => fault.detail).join(' ');
  return { objection: objectToReturn(context, detail, { errors }) };
}

/** Why nothing of a return's money can go back. */
function nothingSentence(context: OrderContext, { id }: ReturnState, worth: number): string {
  if (sum(context.payments.map(({ captured }) => captured)) === 0) {
    return `nothing was captured, so return ${id} has nothing to refund; void gives an authorisation up, close-return ends the return.`;
  }
  return worth === 0
    ? `nothing that came with return ${id} is left to refund; close-return ends it.`
    : `all that was captured went back, so return ${id} has nothing left to refund; close-return ends it.`;
}

/** How the amount is put to the payments: the one named, or cards newest first and the rest by hand. */
function putTo(context: OrderContext, amount: number, payment?: string) {
  if (amount === 0) return { parts: [], byHand: 0 };
  const named = context.payments.find(({ id }) => id === payment);
  if (!named) {
    const parts = partsOf(context, 'refund', amount);
    return { parts, byHand: amount - sum(parts.map((part) => part.amount)) };
  }
  const isOffline = named.gateway === OFFLINE;
  const most = isOffline
    ? refundable(named) - owedByHand(context)
    : roomIn(context, named, 'refund');
  if (most < amount) return { most };
  if (isOffline) return { parts: [], byHand: amount };
  return { parts: [{ payment: named.id, amount }], byHand: 0 };
}

/** Decides what a refund of a return gives back: the price of its units and charges, less what is kept. */
export function planGrant(
  shop: Shop,
  context: OrderContext,
  asked: Asked,
): { readonly grant: Grant } | { readonly objection: Objection } {
  const id = asked.return ?? '';
  const named = objectToNamed(context, id, ['authorised', 'received'], 'refunded');
  const returned = returnOf(context, id);
  if (named || !returned) return { objection: named as Objection };
  const faults = fieldFaults(context, asked);
  if (faults.length > 0) return faultsIn(context, faults);
  const { units, faults: odd } = unitsOf(context, returned, asked.lines);
  const codes = codesOf(shop, context, units, asked);
  const errors = [...odd, ...chargeFaults(context, refundScope(shop, context), codes)];
  if (errors.length > 0) return faultsIn(context, errors);
  const prices = new Map(chargesOf(agreed(context)).map(({ code, amount }) => [code, amount]));
  const worth = worthOf(shop, context, units) + sum(codes.map((code) => prices.get(code) ?? 0));
  const before = Math.min(worth, paidBefore(returned));
  const room = roomToRefund(shop, context);
  const unpaid = unpaidOf(shop, context);
  const kept = asked.keep ?? 0;
  const most = Math.max(0, Math.min(worth - before, room + unpaid));
  const figures = { return: id, worth, kept, before, room, unpaid };
  if (most === 0) {
    return {
      objection: objectToReturn(context, nothingSentence(context, returned, worth), { figures }),
    };
  }
  const { currency } = agreed(context);
  const inWords = (minor: number) => written(minor, currency);
  const net = Math.max(0, worth - before - kept);
  const amount = Math.max(0, Math.min(net, room));
  const credited = Math.min(net - amount, unpaid);
  if (amount + credited <= 0) {
    const detail = `${inWords(kept)} cannot be kept of ${inWords(worth - before)}: then nothing goes back. Keep less, or end it with close-return.`;
    return {
      objection: objectToReturn(context, detail, {
        figures,
        errors: [{ pointer: '/keep', detail }],
      }),
    };
  }
  const put = putTo(context, amount, asked.payment);
  if (put.parts === undefined) {
    const detail = `${inWords(amount)} is too much for ${asked.payment}: it leaves ${inWords(put.most)}.`;
    const more = {
      figures: { ...figures, most: put.most },
      errors: [{ pointer: '/payment', detail }],
    };
    return { objection: objectToReturn(context, detail, more) };
  }
  const money = { worth, kept, before, amount, credited };
  return { grant: { lines: units, charges: codes, ...money, ...put } };
}
