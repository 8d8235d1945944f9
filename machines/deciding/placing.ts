import { boundFaults } from './bounds';
import { change, dropTokens, type Draft } from './draft';
import type { EventOf, PlacedPayment, Placement } from '../events';
import { moveStock } from '../fulfilment/stock';
import { digitsOf, isCurrency, sum } from '../money';
import { OFFLINE } from '../payment/balance';
import { charges, grossOf } from '../payment/prices';
import { queue } from '../payment/movements';
import { inUtc, isTime, TIME } from '../time';
import { listed, type Fault, type Objection } from '../refusals';
import type { LineState, PaymentState } from '../state';
import type { Shop } from '../table';

const whole = (value: unknown, least: number) =>
  Number.isSafeInteger(value) && (value as number) >= least;

function lineFaults(placement: Placement): Fault[] {
  const ids = new Set<string>();
  const faults: Fault[] = [];
  placement.lines.forEach((line, position) => {
    const at = (field: string) => `/lines/${position}/${field}`;
    const say = (field: string, detail: string) => faults.push({ pointer: at(field), detail });
    if (ids.has(line.id)) say('id', `Line ${line.id} is there twice.`);
    ids.add(line.id);
    if (!whole(line.quantity, 1)) {
      say('quantity', `A quantity is a whole number from 1, not ${line.quantity}.`);
    }
    const parts = line.priceBreakdown.map(({ quantity }) => quantity);
    const odd = parts.findIndex((quantity) => !whole(quantity, 1));
    const units = sum(parts);
    if (odd >= 0) {
      say(`priceBreakdown/${odd}`, `A part is of whole units from 1, not ${parts[odd]}.`);
    } else if (units !== line.quantity) {
      say('priceBreakdown', `The breakdown prices ${units} units, the line has ${line.quantity}.`);
    }
    const prices = [line.unitPrice, ...line.priceBreakdown];
    if (!prices.every(({ exclTax, inclTax }) => whole(exclTax, 0) && whole(inclTax, 0))) {
      say('unitPrice', 'Prices are whole minor units from 0.');
    }
  });
  return faults;
}

type Side = 'exclTax' | 'inclTax';

function linesTotal(placement: Placement, side: Side): number {
  if (side === 'inclTax') {
    return sum(placement.lines.map((line) => grossOf(line, line.quantity)));
  }
  const breakdowns = placement.lines.flatMap(({ priceBreakdown }) => priceBreakdown);
  return sum(breakdowns.map(({ quantity, exclTax }) => quantity * exclTax));
}

/** Names the sum that is off, and by how much. */
function totalFaults(placement: Placement): Fault[] {
  return (['exclTax', 'inclTax'] as const).flatMap((side) => {
    const parts = {
      lines: linesTotal(placement, side),
      shipping: placement.shipping?.[side] ?? 0,
      surcharges: sum(placement.surcharges.map((charge) => charge[side])),
      discounts: sum(
        placement.discounts.filter(({ kind }) => kind !== 'deferred').map((each) => each[side]),
      ),
    };
    const due = parts.lines + parts.shipping + parts.surcharges - parts.discounts;
    const stated = placement.total[side];
    if (stated === due) return [];
    const detail =
      `The total is off by ${stated - due}: lines ${parts.lines} + shipping ${parts.shipping} + ` +
      `surcharges ${parts.surcharges} - discounts ${parts.discounts} = ${due}, not ${stated}.`;
    return [{ pointer: `/total/${side}`, detail }];
  });
}

function amountFaults(placement: Placement): Fault[] {
  const faults: Fault[] = [];
  const shipping = placement.shipping ? [{ pointer: '/shipping', of: placement.shipping }] : [];
  const priced = [
    ...shipping,
    ...placement.surcharges.map((of, position) => ({ pointer: `/surcharges/${position}`, of })),
    ...placement.discounts.map((of, position) => ({ pointer: `/discounts/${position}`, of })),
    { pointer: '/total', of: placement.total },
  ];
  for (const { pointer, of } of priced) {
    if (whole(of.exclTax, 0) && whole(of.inclTax, 0)) continue;
    faults.push({ pointer, detail: 'Amounts are whole minor units from 0.' });
  }
  const codes = charges(placement).map(({ code }) => code);
  codes.forEach((code, position) => {
    if (codes.indexOf(code) === position) return;
    faults.push({ pointer: '/surcharges', detail: `The charge ${code} is there twice.` });
  });
  return faults;
}

/** Discounts can take no more than there is: what the lines cost, what shipping costs. */
function discountFaults(placement: Placement): Fault[] {
  const off = (wanted: 'basket' | 'shipping') =>
    sum(placement.discounts.filter(({ kind }) => kind === wanted).map(({ inclTax }) => inclTax));
  const parts = [
    { what: 'The lines are', taken: off('basket'), of: linesTotal(placement, 'inclTax') },
    { what: 'Shipping is', taken: off('shipping'), of: placement.shipping?.inclTax ?? 0 },
  ];
  const below = parts.filter(({ taken, of }) => taken > of);
  return below.map(({ what, taken, of }) => {
    return {
      pointer: '/discounts',
      detail: `${what} discounted below nothing: ${taken} off ${of}.`,
    };
  });
}

/** What a payment is to cover: its own amount, or the order's total. */
function requested({ amount, authorised }: PlacedPayment, placement: Placement): number {
  return authorised ?? amount ?? placement.total.inclTax;
}

function paymentFaults(shop: Shop, placement: Placement): Fault[] {
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

function headFaults(shop: Shop, placement: Placement): Fault[] {
  const faults: Fault[] = [];
  if (!isCurrency(placement.currency)) {
    const detail = `${placement.currency} is no currency of ISO 4217.`;
    faults.push({ pointer: '/currency', detail });
  }
  const statuses = Object.keys(shop.orders.statuses);
  if (!statuses.includes(placement.status)) {
    const detail = `${placement.status} is no order status of this shop; it has ${listed(statuses)}.`;
    faults.push({ pointer: '/status', detail });
  }
  if (!isTime(placement.placedAt)) faults.push({ pointer: '/placedAt', detail: TIME });
  if (placement.lines.length === 0) {
    faults.push({ pointer: '/lines', detail: 'An order has at least one line.' });
  }
  return faults;
}

/** Why this placement is no order the shop can take; every fault at once. */
export function objectToPlacement(shop: Shop, placement: Placement): Objection | undefined {
  const broken = [
    ...boundFaults(placement),
    ...headFaults(shop, placement),
    ...lineFaults(placement),
    ...amountFaults(placement),
  ];
  const errors =
    broken.length > 0
      ? broken
      : [
          ...discountFaults(placement),
          ...totalFaults(placement),
          ...paymentFaults(shop, placement),
        ];
  if (errors.length === 0) return undefined;
  const unknownStatus = errors.length === 1 && errors[0]?.pointer === '/status';
  return {
    code: unknownStatus ? 'invalid-order-status' : 'invalid-order',
    detail: `Order ${placement.number}: ${errors.map(({ detail }) => detail).join(' ')}`,
    figures: { order: placement.number, digits: digitsOf(placement.currency) },
    ...(unknownStatus && { allowed: Object.keys(shop.orders.statuses) }),
    errors,
  };
}

function paymentState(placed: PlacedPayment, index: number, placement: Placement): PaymentState {
  const { gateway, method, token, reference, authorised = 0, expiresAt } = placed;
  const amount = requested(placed, placement);
  const none = { captured: 0, refunded: 0, voided: 0 };
  return {
    id: `p${index + 1}`,
    gateway,
    method,
    token,
    reference,
    expiresAt,
    requested: amount,
    authorised,
    ...none,
  };
}

/** A placement as it is remembered: times in UTC, and no card's token. */
export function remembered(placement: Placement): Placement {
  const payments = placement.payments.map(({ token: _, ...payment }) => {
    const { expiresAt } = payment;
    return expiresAt === undefined ? payment : { ...payment, expiresAt: inUtc(expiresAt) };
  });
  return { ...placement, placedAt: inUtc(placement.placedAt), payments };
}

/** Takes the order in: its lines, its stock, and the authorisations it still needs. */
export function place(draft: Draft, { placement: asked, id }: EventOf<'place'>): void {
  const placement = remembered(asked);
  const tokens = asked.payments.map(({ token }) => token);
  const { shop } = draft;
  const line = (lineId: string): LineState => {
    return { id: lineId, status: shop.lines.initial, allocated: 0, consumed: 0, passed: {} };
  };
  change(draft, {
    placement,
    lines: placement.lines.map((placed) => line(placed.id)),
    payments: placement.payments.map((payment, index) =>
      paymentState({ ...payment, token: tokens[index] }, index, placement),
    ),
  });
  moveStock(draft, 'allocate', placement.lines);
  for (const payment of draft.context.payments) {
    const needsCard = payment.gateway !== OFFLINE && payment.reference === undefined;
    if (!needsCard || payment.requested === 0) continue;
    const parts = [{ payment: payment.id, amount: payment.requested }];
    queue(draft, 'authorise', { amount: payment.requested, parts }, { command: id, placing: id });
  }
  dropTokens(draft);
}
