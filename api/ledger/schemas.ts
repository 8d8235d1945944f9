import { z } from 'zod';
import type { LedgerFigures } from '../../db/ledger/entries';
import { actor, count, countedUnits, shownTime } from '../schemas/common';

const figures = z
  .object({
    owed: count.meta({ description: 'What the order costs now.' }),
    authorised: count,
    captured: count,
    refunded: count,
    voided: count,
    held: count.meta({ description: 'Authorised and neither captured nor voided.' }),
    balance: count.meta({
      description: 'Still to be paid; negative when something is to go back.',
    }),
  })
  .meta({ id: 'LedgerFigures' }) satisfies z.ZodType<LedgerFigures>;

const account = z.enum(['payer', 'held', 'taken', 'owed', 'allowances', 'sales']);

const entry = z
  .object({
    seq: count.meta({ description: 'The place in the timeline of what booked it.' }),
    event: z.string().meta({
      description: 'The shop’s own word for the money that moved; of a bill, what led to it.',
    }),
    kind: z.enum([
      ...(['authorise', 'capture', 'refund', 'void'] as const),
      ...(['bill', 'unbill', 'allow', 'disallow'] as const),
    ]),
    payment: z.string().nullable().meta({ description: 'null for what the order costs.' }),
    gateway: z.string().nullable(),
    debit: account.meta({ description: 'The account that the amount comes to.' }),
    credit: account.meta({ description: 'The account that it leaves.' }),
    amount: count,
    at: shownTime,
    key: z.string().nullable().meta({ description: 'Under which the gateway was asked.' }),
    reference: z.string().nullable().meta({ description: 'The gateway’s own.' }),
    lines: z.array(countedUnits).nullable(),
    charges: z.array(z.string()).nullable(),
    reason: z.string().nullable(),
    actor: actor.nullable(),
  })
  .meta({ id: 'LedgerEntry' });

export const orderLedger = z
  .object({
    number: z.string(),
    currency: z.string(),
    figures,
    accounts: z.array(z.object({ account, balance: count })).meta({
      description: 'What is in each account; together always nothing.',
    }),
    entries: z.array(entry),
  })
  .meta({
    id: 'OrderLedger',
    description: 'Every figure of an order’s money and the entries it is the sum of.',
  });
