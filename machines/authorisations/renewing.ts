import { alert, change, changePayment, type Draft } from '../deciding/draft';
import { limits } from '../deciding/limits';
import { milliseconds } from '../duration';
import type { EventOf } from '../events';
import { sum, written } from '../money';
import { agreed, type OrderContext, type PaymentState } from '../state';
import type { Shop } from '../table';
import { balanceOf, capturable, isOwing, onTheWay, roomIn } from '../payment/balance';
import { plainCapabilities } from '../payment/capabilities';
import { queue } from '../payment/movements';

const RENEWAL = 'renewal';

/** The payment whose renewal a deadline is about; undefined for other deadlines. */
export function paymentOfRenewal(name: string): string | undefined {
  const [kind, payment] = name.split(':');
  return kind === RENEWAL ? payment : undefined;
}

/** When an authorisation is to be made again: so long before its end, or at half of its life. */
function renewalAt(shop: Shop, { expiresAt, authorisedAt }: PaymentState): string | undefined {
  if (!shop.authorisations || expiresAt === undefined) return undefined;
  const end = Date.parse(expiresAt);
  const before = milliseconds(shop.authorisations.renewBefore);
  const half = authorisedAt === undefined ? before : (end - Date.parse(authorisedAt)) / 2;
  return new Date(end - Math.min(before, half)).toISOString();
}

/** The authorisations that are to be made again, or warned of, and when. */
export function dueRenewals(shop: Shop, context: OrderContext): { name: string; at: string }[] {
  if (!shop.authorisations) return [];
  const ending = context.payments.filter(
    (payment) =>
      capturable(payment) > 0 &&
      !isEnding(payment) &&
      !context.movements.some((movement) => movement.payment === payment.id),
  );
  const due = ending.flatMap((payment) => {
    const at = renewalAt(shop, payment);
    return at === undefined ? [] : [{ name: `${RENEWAL}:${payment.id}`, at }];
  });
  return due.length > 0 && isOwing(shop, context) ? due : [];
}

/** One whose end was looked at already: it covers nothing beyond that. */
export function isEnding({ renewedFor, expiresAt }: PaymentState): boolean {
  return renewedFor !== undefined && renewedFor === expiresAt;
}

/** What the order owes that is neither captured nor covered by these payments' authorisations. */
function uncoveredBy({ shop, context }: Draft, others: readonly PaymentState[]): number {
  const { owed, captured } = balanceOf(shop, context);
  const held = sum(others.map(capturable)) + onTheWay(context, ['authorise']);
  return Math.max(0, owed - captured - held);
}

/** Holds the card of a payment again, under a new key, as a payment that takes its place. */
function authoriseAgain(
  draft: Draft,
  { id, gateway, method }: PaymentState,
  amount: number,
  { why, chain }: { readonly why: string; readonly chain?: string },
): void {
  const { payments } = draft.context;
  const none = { authorised: 0, captured: 0, refunded: 0, voided: 0 };
  const renewed: PaymentState = {
    id: `p${payments.length + 1}`,
    gateway,
    ...(method !== undefined && { method }),
    requested: amount,
    ...none,
    renews: id,
  };
  change(draft, { payments: [...payments, renewed] });
  draft.facts.push({ type: 'renewal-asked', payment: renewed.id, renews: id, amount, why });
  queue(draft, 'authorise', { amount, parts: [{ payment: renewed.id, amount }] }, { chain });
}

function mayRenew({ payments }: OrderContext, { can = plainCapabilities }: PaymentState): boolean {
  const renewed = payments.filter(({ renews }) => renews !== undefined).length;
  return can.renewable && payments.length < limits.payments && renewed < limits.renewals;
}

/** What a capture let go of is held again, where the order still owes it and the card allows. */
export function renewRest(draft: Draft, id: string, rest: number): void {
  const payment = draft.context.payments.find((each) => each.id === id);
  const others = draft.context.payments.filter((each) => each.id !== id);
  const amount = Math.min(rest, uncoveredBy(draft, others));
  if (!payment || amount <= 0) return;
  const { currency } = agreed(draft.context);
  if (mayRenew(draft.context, payment)) {
    const why = `${id} can be captured once, and that let go of ${written(rest, currency)}.`;
    return authoriseAgain(draft, payment, amount, { why });
  }
  const text = `${written(amount, currency)} is owed that ${id} had held: it can be captured once, and its card cannot be authorised again without its holder.`;
  alert(draft, 'capture-short', text);
}

/**
 * An authorisation that is still needed is about to end: it is made again and the old one given up, or
 * people are warned while there is time.
 */
export function renewAuthorisation(draft: Draft, { name }: EventOf<'deadline'>): void {
  const id = paymentOfRenewal(name);
  const payment = draft.context.payments.find((each) => each.id === id);
  if (!payment) return;
  const { expiresAt, can = plainCapabilities } = payment;
  changePayment(draft, payment.id, { renewedFor: expiresAt });
  const lasting = draft.context.payments.filter((each) => each.id !== id && !isEnding(each));
  const amount = Math.min(capturable(payment), uncoveredBy(draft, lasting));
  if (amount <= 0) return;
  const said = written(amount, agreed(draft.context).currency);
  if (!mayRenew(draft.context, payment)) {
    const cannot = can.renewable
      ? 'It was made again as often as it may be'
      : 'Its card cannot be authorised again without its holder';
    const text = `The authorisation of ${said} on ${payment.id} ends at ${expiresAt}. ${cannot}: take the payment before, or have it paid in another way.`;
    return alert(draft, 'authorisation-ending', text);
  }
  const chain = draft.event.id;
  const why = `The authorisation of ${said} on ${payment.id} ends at ${expiresAt}.`;
  authoriseAgain(draft, payment, amount, { why, chain });
  const rest = roomIn(draft.context, payment, 'void');
  queue(draft, 'void', { amount: rest, parts: [{ payment: payment.id, amount: rest }] }, { chain });
}
