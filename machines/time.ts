import type { Duration } from './table';

const form =
  /^(\d{4})-(\d\d)-(\d\d)T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-](0\d|1[0-3]):[0-5]\d|[+-]14:00)$/;

/** How to write a time. */
export const TIME = 'Write a time in ISO 8601 with its zone, such as 2026-03-02T12:00:00Z.';

/** A day that the calendar has; `Date` takes the 30th of February for one in March. */
function isDay(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** A moment of the years 1000 to 9999 that is the same everywhere; one without a zone would be another in each place. */
export function isTime(text: string): boolean {
  const [whole, year, month, day] = form.exec(text) ?? [];
  if (whole === undefined || !isDay(Number(year), Number(month), Number(day))) return false;
  const inUtc = new Date(text).getUTCFullYear();
  return Number(year) >= 1000 && inUtc >= 1000 && inUtc <= 9999;
}

/** A span of time in words: `2 days 4 hours`. */
export function writtenDuration(duration: Duration): string {
  const parts = (['days', 'hours', 'minutes', 'seconds'] as const).flatMap((unit) => {
    const count = duration[unit] ?? 0;
    if (count === 0) return [];
    return [`${count} ${count === 1 ? unit.slice(0, -1) : unit}`];
  });
  return parts.join(' ') || 'no time';
}

/** The same moment in UTC; what is in UTC already, or no time at all, stays as it was written. */
export function inUtc(text: string): string {
  return isTime(text) && !text.endsWith('Z') ? new Date(text).toISOString() : text;
}
