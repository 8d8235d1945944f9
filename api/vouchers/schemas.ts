import { z } from 'zod';
import type { Voucher } from '../../db/vouchers/vouchers';
import { longest } from '../../machines/placing/texts';
import { count, page, shownTime, time } from '../schemas/common';

const MOST = 1_000_000_000;
const CODE = /^[^\p{Cc}]*[^\p{Cc}\s][^\p{Cc}]*$/u;

export const voucherParams = z.object({
  code: z
    .string()
    .max(longest.discount.voucher)
    .regex(CODE, 'A voucher has a code.')
    .meta({ description: 'The code of a voucher; its case is ignored.', example: 'SPRING-10' }),
});

export const voucherTerms = z
  .strictObject({
    uses: count.min(0).max(MOST).optional(),
    perCustomer: count.min(1).max(MOST).optional(),
    from: time.optional(),
    until: time.optional(),
  })
  .refine(({ from, until }) => !from || !until || Date.parse(from) < Date.parse(until), {
    path: ['until'],
    error: 'A voucher ends after it begins.',
  })
  .meta({
    id: 'VoucherTerms',
    description: 'What a voucher is good for; what is left out sets no limit.',
    example: { uses: 100, perCustomer: 1, until: '2027-01-01T00:00:00Z' },
  });

export const voucher = z
  .object({
    code: z.string(),
    registered: z.boolean().meta({
      description: 'False when it is known only because an order had the single use of it.',
    }),
    uses: count.nullable(),
    perCustomer: count.nullable(),
    from: shownTime.nullable(),
    until: shownTime.nullable(),
    used: count,
    left: count.nullable().meta({ description: 'null for any number.' }),
    updatedAt: shownTime,
  })
  .meta({ id: 'Voucher' }) satisfies z.ZodType<Voucher>;

export const voucherPage = page('vouchers', voucher).meta({ id: 'VoucherPage' });
