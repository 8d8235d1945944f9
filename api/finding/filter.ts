import { z } from 'zod';
import { isCurrency } from '../../machines/money';
import { reasons } from '../../machines/tasks/reasons';
import { isKeepable, KEEPABLE } from '../schemas/common';
import { words as wordsOf } from '../schemas/parameters';

/** Values of a list: more would only make the request longer. */
const MOST_VALUES = 100;
const LONGEST = 200;

const text = z.string().max(LONGEST);
const someValues = (values: string[]) => values.length > 0 && values.length <= MOST_VALUES;
const COUNT = `Write 1 to ${MOST_VALUES} values.`;

const words = (description: string) =>
  wordsOf(description).refine((given) => given === undefined || someValues(given), {
    error: COUNT,
  });

/** Values of an open set, which may have commas in them: the parameter several times; an array in JSON. */
const values = (description: string) =>
  z
    .union([text, z.array(text)])
    .transform((given) => (typeof given === 'string' ? [given] : given))
    .refine(someValues, { error: COUNT })
    .optional()
    .meta({ description: `${description} Any of several: repeat the parameter.` });

export const yesNo = (description: string) =>
  z
    .union([z.boolean(), z.enum(['true', 'false'])], { error: 'Write true or false.' })
    .transform((word) => word === true || word === 'true')
    .optional()
    .meta({ description });

const when = (description: string) =>
  z
    .union([z.iso.datetime({ offset: true }), z.iso.date()], {
      error: 'Write a time or a day in ISO 8601, such as 2026-11-23T10:00:00Z or 2026-11-23.',
    })
    .refine(isKeepable, { error: KEEPABLE })
    .optional()
    .meta({ description: `${description} A day begins at 00:00 UTC.` });

const AMOUNT = 'An amount is a whole number of minor units.';
const amount = (description: string) =>
  z.coerce
    .number({ error: AMOUNT })
    .int({ error: AMOUNT })
    .min(-1e12, { error: AMOUNT })
    .max(1e12, { error: AMOUNT })
    .optional()
    .meta({ description });

export const paymentStatuses = [
  ...(['unpaid', 'authorised', 'partly paid', 'paid'] as const),
  ...(['partly refunded', 'refunded', 'outcome unknown'] as const),
];

/** Everything orders are filtered by: parameters of a list, and the `filter` of whatever takes one as JSON. */
export const filterFields = {
  status: words('Order statuses.'),
  payment: words(`Payment statuses: ${paymentStatuses.join(', ')}.`).refine(
    (given) => given?.every((word) => paymentStatuses.some((known) => known === word)) ?? true,
    { error: `A payment status is one of ${paymentStatuses.join(', ')}.` },
  ),
  shipping: words(
    'Shipping: `none`, `in progress`, `cancelled`, or a type of shipping event that is complete.',
  ),
  hold: yesNo('Whether it is on hold.'),
  needsAttention: yesNo('Whether somebody should look at it.'),
  attention: words(
    `Reasons for which somebody should look at it: ${Object.keys(reasons).join(', ')}.`,
  ).refine((given) => given?.every((word) => word in reasons) ?? true, {
    error: `A reason is one of ${Object.keys(reasons).join(', ')}.`,
  }),
  openReturns: yesNo('Whether a return of it is still to be worked on.'),
  sku: values('A line has this SKU.'),
  upc: values('A line has this UPC.'),
  partner: values('A line is this fulfilment partner’s.'),
  title: text.optional().meta({ description: 'Beginnings of words of a line’s title.' }),
  customer: text.optional().meta({
    description: 'A part of the customer’s name or e-mail, whatever its case and accents.',
  }),
  number: text.optional().meta({ description: 'How the number begins.' }),
  voucher: values('A voucher of this code was used.'),
  method: values('A payment is made this way, such as `card`.'),
  gateway: values('A payment is made through this gateway, such as `offline`.'),
  currency: values('Its currency, by ISO 4217.').refine(
    (given) => given?.every((code) => isCurrency(code.toUpperCase())) ?? true,
    { error: 'A currency is a code of ISO 4217, such as GBP.' },
  ),
  source: values('Where it was placed.'),
  placedFrom: when('Placed then or later.'),
  placedTo: when('Placed before.'),
  updatedFrom: when('Last changed then or later.'),
  updatedTo: when('Last changed before.'),
  totalFrom: amount('Its total with tax is at least this, in minor units.'),
  totalTo: amount('Its total with tax is less than this, in minor units.'),
  q: text.optional().meta({
    description:
      'Words that are all found in it: in its number, customer, SKUs, UPCs, titles, vouchers, gateway references or tracking numbers.',
  }),
};

/** A filter as JSON, for what acts on all orders that match. */
export const orderFilter = z.strictObject(filterFields).meta({ id: 'OrderFilter' });
