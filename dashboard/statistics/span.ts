import type { Search } from '../app/search';

const DAY_MS = 86_400_000;
const DAYS = 30;

export interface Span {
  /** The first day, and the day after the last one. */
  readonly from: string;
  readonly to: string;
  readonly by: 'day' | 'week' | 'month';
  readonly zone: string;
}

export const steps = ['day', 'week', 'month'] as const;

const ofDay = (ms: number) => new Date(ms).toISOString().slice(0, 10);

/** A day so many days after another. */
export const plusDays = (day: string, days: number) => ofDay(Date.parse(day) + days * DAY_MS);

/** How many days there are from one day to another. */
export const daysBetween = (from: string, to: string) =>
  Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);

const ownZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The day that it is in a time zone. */
export function todayIn(zone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(new Date());
}

/** The last so many days, today included. */
export function lastDays(days: number, zone = ownZone()): Span {
  const to = plusDays(todayIn(zone), 1);
  const by = days > 120 ? 'month' : days > 45 ? 'week' : 'day';
  return { from: plusDays(to, -days), to, by, zone };
}

const isDay = (text: unknown): text is string =>
  typeof text === 'string' && /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text));

/** The span of an address; the last thirty days where it says none. */
export function spanOf({ from, to, by, zone }: Search): Span {
  const usual = lastDays(DAYS, typeof zone === 'string' ? zone : undefined);
  const step = steps.find((each) => each === by);
  if (!isDay(from) || !isDay(to)) return { ...usual, ...(step && { by: step }) };
  return { ...usual, from, to, by: step ?? usual.by };
}

/** As many days before it. */
export function spanBefore(span: Span): Span {
  return { ...span, from: plusDays(span.from, -daysBetween(span.from, span.to)), to: span.from };
}

/** The first day of each period, so that one without an order is shown as well; weeks begin on Monday. */
export function periodsOf({ from, to, by }: Span): string[] {
  const periods = new Set<string>();
  for (let day = from; day < to; day = plusDays(day, 1)) periods.add(periodOf(day, by));
  return [...periods];
}

function periodOf(day: string, by: Span['by']): string {
  if (by === 'day') return day;
  if (by === 'month') return `${day.slice(0, 7)}-01`;
  const weekday = (new Date(day).getUTCDay() + 6) % 7;
  return plusDays(day, -weekday);
}
