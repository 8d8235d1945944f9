import type { Entry } from './queries';

/** "take-payment", "payment.captured", "expiresAt" as people write them: "Take payment". */
export function inWords(name: string): string {
  const spaced = name.replace(/([a-z])([A-Z])/g, '$1 $2').replace(/[-._]+/g, ' ');
  return spaced.charAt(0).toUpperCase() + spaced.slice(1).toLowerCase();
}

/** The day of a moment where the reader is; the same text for moments of the same day. */
export function dayOf(iso: string): string {
  return day.format(new Date(iso));
}

export function timeOf(iso: string): string {
  return time.format(new Date(iso));
}

const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'full' });
const time = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });

/** Nobody did it and nothing came of it: a step that only who looks for a cause wants to see. */
export function isSilent({ actor, outcome, says }: Entry): boolean {
  return outcome === 'accepted' && actor.role === 'system' && says.length === 0;
}
