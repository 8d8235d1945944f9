const form = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/;

/** How to write a time. */
export const TIME = 'Write a time in ISO 8601 with its zone, such as 2026-03-02T12:00:00Z.';

/** A moment that is the same everywhere; one without a zone would be another in each place. */
export function isTime(text: string): boolean {
  return form.test(text) && !Number.isNaN(Date.parse(text));
}
