import { z } from 'zod';
import type { CreditAccount, CreditEntry } from '../../db/credit/accounts';
import { isCurrency } from '../../machines/money';
import { count, page, shownTime, text } from '../schemas/common';

const MOST = 1_000_000_000_000;

export const creditParams = z.object({
  code: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, {
      error: 'An account of store credit has a code of up to 64 letters, digits, ".", "-" and "_".',
    })
    .meta({ description: 'The code of an account of store credit.', example: 'GIFT-7F3A' }),
});

export const newAccount = z
  .strictObject({
    currency: z
      .string()
      .refine(isCurrency, { error: 'Write a currency of ISO 4217, such as GBP.' })
      .meta({ description: 'ISO 4217; it stays.' }),
    holder: text(200, 'Whose it is: a name, an e-mail, a customer number.').min(1),
  })
  .meta({ id: 'NewCreditAccount', example: { currency: 'GBP', holder: 'ada@example.com' } });

export const grant = z
  .strictObject({
    amount: count.min(1).max(MOST).meta({ description: 'Minor units of its currency, from 1.' }),
    reason: text(500, 'Why, for the ledger.').min(1),
  })
  .meta({ id: 'CreditGrant', example: { amount: 2500, reason: 'A parcel that came late' } });

const figure = (description: string) => count.meta({ description });

export const creditAccount = z
  .object({
    code: z.string(),
    currency: z.string(),
    holder: z.string(),
    granted: figure('Minor units that were put in: the sum of the next three.'),
    available: figure('What orders may still be paid with.'),
    held: figure('Authorised for orders and not taken.'),
    spent: figure('Taken and not given back.'),
    createdAt: shownTime,
  })
  .meta({ id: 'CreditAccount' }) satisfies z.ZodType<CreditAccount>;

const creditEntry = z
  .object({
    id: count,
    kind: z.enum(['grant', 'authorise', 'capture', 'refund', 'void', 'rest']).meta({
      description: 'rest: what a final capture left of the hold.',
    }),
    from: z.enum(['shop', 'available', 'held', 'spent']),
    to: z.enum(['available', 'held', 'spent']),
    amount: count,
    reference: z.string(),
    order: z.string().nullable(),
    payment: z.string().nullable(),
    reason: z.string().nullable(),
    actor: z.string().nullable().meta({ description: 'Who granted it.' }),
    at: shownTime,
  })
  .meta({
    id: 'CreditEntry',
    description: 'A movement from one side of an account to another.',
  }) satisfies z.ZodType<CreditEntry>;

export const creditLedgerPage = page('entries', creditEntry).meta({ id: 'CreditLedger' });
