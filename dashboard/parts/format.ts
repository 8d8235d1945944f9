const currencies = new Map<string, Intl.NumberFormat>();

function formatOf(currency: string): Intl.NumberFormat {
  const known = currencies.get(currency);
  if (known) return known;
  const made = new Intl.NumberFormat(undefined, { style: 'currency', currency });
  currencies.set(currency, made);
  return made;
}

/** How many digits a currency has behind the point: GBP 2, JPY 0, KWD 3. */
export function digitsOf(currency: string): number {
  return formatOf(currency).resolvedOptions().maximumFractionDigits ?? 2;
}

/** Minor units as people write them: 4100 GBP is £41.00. */
export function money(minor: number, currency: string): string {
  return formatOf(currency).format(minor / 10 ** digitsOf(currency));
}

/** What people type, as minor units: "41.00" GBP is 4100; undefined where it is no amount of the currency. */
export function minorOf(typed: string | number, currency: string): number | undefined {
  const digits = digitsOf(currency);
  const text = String(typed).trim();
  const fits = digits === 0 ? /^\d{1,12}$/ : new RegExp(`^\\d{1,12}(?:\\.\\d{1,${digits}})?$`);
  return fits.test(text) ? Math.round(Number(text) * 10 ** digits) : undefined;
}

const dayAndTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });
const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'long' });

const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });
const monthDay = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const monthYear = new Intl.DateTimeFormat(undefined, { month: 'short', year: 'numeric' });

/** As short as a moment can be told: a time today, a day this year, else a month. */
export function shortDate(iso: string, now: number = Date.now()): string {
  const [at, today] = [new Date(iso), new Date(now)];
  if (at.toDateString() === today.toDateString()) return clock.format(at);
  return (at.getFullYear() === today.getFullYear() ? monthDay : monthYear).format(at);
}

export const dateTime = (iso: string) => dayAndTime.format(new Date(iso));
export const date = (iso: string) => day.format(new Date(iso));
export const exactTime = (iso: string) => exact.format(new Date(iso));

const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto', style: 'short' });
const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** How long ago, or in how long: "3 hr ago", "in 2 days". */
export function ago(iso: string, now: number = Date.now()): string {
  const gone = Date.parse(iso) - now;
  for (const [unit, ms] of units) {
    if (Math.abs(gone) >= ms) return relative.format(Math.trunc(gone / ms), unit);
  }
  return relative.format(0, 'minute').replace(/.*/, 'just now');
}

/** "1 order", "3 orders". */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString()} ${number === 1 ? one : many}`;
}
