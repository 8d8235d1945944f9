import type { Address, Placement } from '../events';
import type { Fault } from '../refusals';

/** How many characters each text of a placement has at most; the API's schemas are made from it too. */
export const longest = {
  placement: { source: 100 },
  customer: { email: 254, name: 200 },
  address: { name: 200, city: 200, region: 200, postcode: 40, country: 80, phone: 80 },
  addressLine: 200,
  line: {
    ...{ upc: 100, title: 500, partner: 100, partnerSku: 100, partnerReference: 200 },
    ...{ notes: 2000, tax: 100 },
  },
  charge: { code: 100, name: 200, tax: 100 },
  discount: { name: 200, code: 100, voucher: 100, tax: 100 },
  tax: { name: 100 },
  payment: { gateway: 100, method: 100, token: 500, reference: 200 },
} as const;

/** Lines of an address. */
export const ADDRESS_LINES = 10;
/** Characters of all the lines' texts together. */
const ALL_TEXT = 1_500_000;

type Lengths = Readonly<Record<string, number>>;

function longTexts(of: object, lengths: Lengths, at: string): Fault[] {
  return Object.entries(lengths).flatMap(([field, most]) => {
    const text: unknown = Reflect.get(of, field);
    if (text === undefined || text === null) return [];
    const pointer = `${at}/${field}`;
    if (typeof text !== 'string') return [{ pointer, detail: 'Write a text.' }];
    if (text.length <= most) return [];
    return [{ pointer, detail: `Write at most ${most} characters, not ${text.length}.` }];
  });
}

function addressFaults(address: Address | undefined, at: string): Fault[] {
  if (!address) return [];
  const { lines = [] } = address;
  const faults = longTexts(address, longest.address, at);
  if (lines.length > ADDRESS_LINES) {
    const detail = `An address has at most ${ADDRESS_LINES} lines, not ${lines.length}.`;
    faults.push({ pointer: `${at}/lines`, detail });
  }
  const lengths = Object.fromEntries(lines.map((_, index) => [index, longest.addressLine]));
  return [...faults, ...longTexts(lines, lengths, `${at}/lines`)];
}

/** Texts that are longer than an order keeps, each at its place. */
export function textFaults(placement: Placement): Fault[] {
  const { customer, shippingAddress, billingAddress, shipping, taxes = [] } = placement;
  const each = (name: string, list: readonly object[], lengths: Lengths) =>
    list.flatMap((of, index) => longTexts(of, lengths, `/${name}/${index}`));
  const faults = [
    ...longTexts(placement, longest.placement, ''),
    ...longTexts(customer, longest.customer, '/customer'),
    ...addressFaults(shippingAddress, '/shippingAddress'),
    ...addressFaults(billingAddress, '/billingAddress'),
    ...each('lines', placement.lines, longest.line),
    ...(shipping ? longTexts(shipping, longest.charge, '/shipping') : []),
    ...each('surcharges', placement.surcharges, longest.charge),
    ...each('discounts', placement.discounts, longest.discount),
    ...each('taxes', taxes, longest.tax),
    ...each('payments', placement.payments, longest.payment),
  ];
  if (faults.length > 0) return faults;
  const length = JSON.stringify(placement.lines).length;
  if (length <= ALL_TEXT) return [];
  const detail = `The lines have at most ${ALL_TEXT} characters together, not ${length}.`;
  return [{ pointer: '/lines', detail }];
}
