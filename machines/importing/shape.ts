import { ADDRESS_LINES, longest } from '../placing/texts';
import { limits } from '../deciding/limits';
import { extraFields, isRecord, isText } from '../commands/checks';
import type { Fault } from '../refusals';
import { isTime, TIME } from '../time';

type Check = (value: unknown, pointer: string) => Fault[];

interface Field {
  readonly check: Check;
  readonly required?: boolean;
}

type Fields = Readonly<Record<string, Field>>;

const only =
  (is: (value: unknown) => boolean, detail: string): Check =>
  (value, pointer) =>
    is(value) ? [] : [{ pointer, detail }];

const number = only((value) => typeof value === 'number', 'Write a number.');
const flag = only((value) => typeof value === 'boolean', 'Write true or false.');
const time = only((value) => isText(value) && isTime(value), TIME);

const text =
  (most: number): Check =>
  (value, pointer) => {
    if (!isText(value)) return [{ pointer, detail: 'Write a text.' }];
    if (value.length <= most) return [];
    return [{ pointer, detail: `Write at most ${most} characters, not ${value.length}.` }];
  };

const object =
  (fields: Fields): Check =>
  (value, pointer) => {
    if (!isRecord(value)) return [{ pointer, detail: 'Write an object.' }];
    const faults = extraFields(value, Object.keys(fields), pointer);
    for (const [name, { check, required }] of Object.entries(fields)) {
      const at = `${pointer}/${name}`;
      if (value[name] !== undefined) faults.push(...check(value[name], at));
      else if (required) faults.push({ pointer: at, detail: `${name} is missing.` });
    }
    return faults;
  };

const list =
  (each: Check, most: number): Check =>
  (value, pointer) => {
    if (!Array.isArray(value)) return [{ pointer, detail: 'Write a list.' }];
    if (value.length > most) {
      return [{ pointer, detail: `Write at most ${most} of them, not ${value.length}.` }];
    }
    return value.flatMap((entry, index) => each(entry, `${pointer}/${index}`));
  };

const may = (check: Check): Field => ({ check });
const must = (check: Check): Field => ({ check, required: true });
const texts = (lengths: Readonly<Record<string, number>>): Fields =>
  Object.fromEntries(Object.entries(lengths).map(([name, most]) => [name, may(text(most))]));

const amounts = { exclTax: must(number), inclTax: must(number) };
const price = object(amounts);
const charge = object({
  ...texts(longest.charge),
  code: must(text(longest.charge.code)),
  name: must(text(longest.charge.name)),
  ...amounts,
});
const address = object({
  ...texts(longest.address),
  lines: may(list(text(longest.addressLine), ADDRESS_LINES)),
});
const line = object({
  ...texts(longest.line),
  id: may(text(limits.id)),
  sku: must(text(limits.id)),
  title: must(text(longest.line.title)),
  quantity: must(number),
  unitPrice: must(price),
  priceBreakdown: may(list(object({ quantity: must(number), ...amounts }), limits.lines)),
  kind: may(only((kind) => kind === 'physical' || kind === 'digital', 'physical or digital.')),
  trackStock: may(flag),
  total: may(price),
});
const lowered = object({ id: must(text(limits.id)), exclTax: may(number), inclTax: may(number) });
const discount = object({
  ...texts(longest.discount),
  kind: must(
    only(
      (kind) => ['basket', 'shipping', 'deferred'].includes(String(kind)),
      'A discount is basket, shipping or deferred.',
    ),
  ),
  name: must(text(longest.discount.name)),
  singleUse: may(flag),
  lines: may(list(lowered, limits.lines)),
  ...amounts,
});
const payment = object({
  ...texts(longest.payment),
  gateway: must(text(longest.payment.gateway)),
  amount: may(number),
  authorised: may(number),
  expiresAt: may(time),
});
const tax = object({ ...texts(longest.tax), rate: may(number), amount: must(number) });
const stated = object({
  lines: may(price),
  discounts: may(price),
  shipping: may(price),
  surcharges: may(price),
  tax: may(number),
});

/** The most events that a row may tell of. */
const MOST_EVENTS = 5_000;

const row = object({
  number: must(text(limits.id)),
  currency: must(text(limits.id)),
  placedAt: must(time),
  source: may(text(longest.placement.source)),
  customer: may(object({ ...texts(longest.customer), guest: may(flag) })),
  shippingAddress: may(address),
  billingAddress: may(address),
  lines: must(list(line, limits.lines)),
  shipping: may(charge),
  discounts: may(list(discount, limits.discounts)),
  surcharges: may(list(charge, limits.charges)),
  total: must(price),
  totals: may(stated),
  taxes: may(list(tax, limits.charges)),
  payments: may(list(payment, limits.payments)),
  status: may(text(limits.id)),
  // What an event is, the commands' own definition says.
  events: may(list(only(isRecord, 'Write { "type", "at", … }.'), MOST_EVENTS)),
});

/** What is wrong with the shape of a row; whether it adds up is for the machine to say. */
export function rowFaults(value: unknown): Fault[] {
  return isRecord(value) ? row(value, '') : [{ pointer: '', detail: 'A row is an object.' }];
}
