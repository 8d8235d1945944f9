import { z } from 'zod';
import * as statistics from '../../db/finding/statistics';
import { answer } from '../http/answers';
import { call, type Call } from '../http/call';
import { invalid } from '../http/request';
import { count, shownTime } from '../schemas/common';
import type { Services } from '../services';

const MOST_DAYS = 366;
const DAY_MS = 86_400_000;

const day = (description: string) =>
  z.iso
    .date({ error: 'Write a day, such as 2026-11-01.' })
    .refine(
      (text) => text >= '1000-01-01' && text <= '9999-12-31',
      'Write a year from 1000 to 9999.',
    )
    .meta({ description });

function isZone(zone: string): boolean {
  try {
    return Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

const query = z.strictObject({
  from: day('The first day.'),
  to: day(`The day after the last one; at most ${MOST_DAYS} days after the first.`),
  by: z
    .enum(['day', 'week', 'month'])
    .default('day')
    .meta({ description: 'Weeks begin on Monday.' }),
  zone: z
    .string()
    .max(64)
    .regex(/^[A-Za-z][A-Za-z0-9_+\-/]*$/, 'Write the name of a time zone, such as Europe/London.')
    .refine(isZone, 'Write the name of a time zone, such as Europe/London.')
    .default('UTC')
    .meta({ description: 'Whose days they are, such as Europe/London.' }),
});

const inPeriod = { period: z.string().meta({ format: 'date' }), currency: z.string() };

const shown = z
  .object({
    sales: z.array(
      z.object({
        ...inPeriod,
        orders: count,
        cancelled: count.meta({ description: 'Orders of which nothing is left.' }),
        units: count.meta({ description: 'Units that are not cancelled.' }),
        ordered: count.meta({ description: 'What was agreed, with tax, in minor units.' }),
        sold: count.meta({ description: 'What of it is not cancelled.' }),
        average: count.nullable().meta({
          description: 'What is sold by an order that is not cancelled; rounded down.',
        }),
      }),
    ),
    money: z.array(
      z.object({
        ...inPeriod,
        captured: count,
        refunded: count,
        net: count.meta({ description: 'Captured less refunded, on the days it moved.' }),
      }),
    ),
    statuses: z.array(
      z.object({
        status: z.string(),
        orders: count.meta({ description: 'Orders that left it in this time.' }),
        medianSeconds: count.nullable(),
        p90Seconds: count.nullable(),
        late: count.meta({
          description: 'Orders in it now for longer than nine of ten were; counted up to 1,000.',
        }),
        longest: z
          .array(z.object({ number: z.string(), since: shownTime }))
          .meta({ description: 'The ten that have been in it for longest.' }),
      }),
    ),
    best: z.array(z.object({ sku: z.string(), title: z.string(), units: count, lines: count })),
  })
  .meta({ id: 'Statistics' });

export function statisticsCalls({ db, shop, now }: Services): Call[] {
  return [
    call({
      operationId: 'getStatistics',
      method: 'get',
      path: '/v1/statistics',
      tag: 'Orders',
      summary: 'Orders, money, time in each status and best SKUs of some days',
      roles: ['clerk', 'viewer'],
      query,
      answers: { 200: { description: 'The figures.', schema: shown } },
      async handle({ query: span }) {
        const days = (Date.parse(span.to) - Date.parse(span.from)) / DAY_MS;
        if (days <= 0 || days > MOST_DAYS) {
          const detail = `From ${span.from} to ${span.to} are ${days} days: ask for 1 to ${MOST_DAYS}.`;
          return invalid([{ in: 'query', pointer: '/to', detail }]);
        }
        const [sales, money, times, best] = await Promise.all([
          statistics.salesIn(db, span),
          statistics.moneyIn(db, span),
          statistics.timesIn(db, span),
          statistics.bestSkus(db, span),
        ]);
        const open = Object.keys(shop.orders.statuses).filter(
          (status) => shop.orders.statuses[status]?.next.length,
        );
        const known = new Map(times.map((time) => [time.status, time]));
        const statuses = await Promise.all(
          [...new Set([...open, ...known.keys()])].map(async (status) => {
            const time = known.get(status);
            const late = time && new Date(Date.parse(now()) - time.p90Seconds * 1000).toISOString();
            const waiting = await statistics.waitingIn(db, status, late);
            const none = { orders: 0, medianSeconds: null, p90Seconds: null };
            return { ...none, ...time, ...waiting };
          }),
        );
        return answer(200, {
          sales: sales.map((each) => ({ ...each, average: averageOf(each) })),
          money: money.map((each) => ({ ...each, net: each.captured - each.refunded })),
          statuses,
          best,
        });
      },
    }),
  ];
}

function averageOf({ orders, cancelled, sold }: statistics.Sales): number | null {
  const left = orders - cancelled;
  return left === 0 ? null : Math.floor(sold / left);
}
