import type { PlacedPayment, Placement } from '../events';
import { sum } from '../money';
import { OFFLINE } from '../payment/balance';
import { listed, type Fault } from '../refusals';
import type { Shop } from '../table';
import { isTime, TIME } from '../time';
import { whole } from './whole';

/** What a payment is to cover: its own amount, or the order's total. */
export function requested({ amount, authorised }: PlacedPayment, placement: Placement): number {
  return authorised ?? amount ?? placement.total.inclTax;
}

/** What is wrong with the payments. */
export function paymentFaults(shop: Shop, placement: Placement): Fault[] {
  const faults = placement.payments.flatMap((payment, position): Fault[] => {
    const pointer = `/payments/${position}`;
    const known = [...shop.gateways, OFFLINE];
    if (!known.includes(payment.gateway)) {
      const detail = `${payment.gateway} is no gateway of this shop; it has ${listed(known)}.`;
      return [{ pointer: `${pointer}/gateway`, detail }];
    }
    if (!whole(requested(payment, placement), placement.total.inclTax > 0 ? 1 : 0)) {
      return [{ pointer: `${pointer}/amount`, detail: 'An amount is whole minor units from 1.' }];
    }
    if (payment.gateway === OFFLINE) return [];
    if (payment.token === undefined && payment.reference === undefined) {
      const detail = 'A card needs a token, or the reference of an authorisation made elsewhere.';
      return [{ pointer, detail }];
    }
    if (payment.reference !== undefined && payment.authorised === undefined) {
      const detail = 'Say how much was authorised elsewhere, in minor units.';
      return [{ pointer: `${pointer}/authorised`, detail }];
    }
    if (payment.authorised !== undefined && payment.reference === undefined) {
      const detail = 'What was authorised elsewhere has a reference there.';
      return [{ pointer: `${pointer}/reference`, detail }];
    }
    if (payment.can !== undefined && payment.reference === undefined) {
      const detail =
        'What a card allows is said by its gateway; say it of an authorisation made elsewhere.';
      return [{ pointer: `${pointer}/can`, detail }];
    }
    if (payment.expiresAt !== undefined && !isTime(payment.expiresAt)) {
      return [{ pointer: `${pointer}/expiresAt`, detail: TIME }];
    }
    return [];
  });
  const asked = sum(placement.payments.map((payment) => requested(payment, placement)));
  if (faults.length === 0 && asked > placement.total.inclTax) {
    const detail = `The payments cover ${asked}, the total is ${placement.total.inclTax}.`;
    faults.push({ pointer: '/payments', detail });
  }
  return faults;
}
