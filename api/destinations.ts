import { setTimeout as sleep } from 'node:timers/promises';
import { createDestinations } from '../activities/sending/addresses';

/** A host that is looked up for longer is one that nobody knows yet. */
const LOOKED_UP_MS = 3_000;

/** Why nothing may be posted to an address; undefined where something may, or nobody knows yet. */
export type ObjectionTo = (address: string) => Promise<string | undefined>;

/** Looks at addresses that people want something posted to, with those that are allowed though not public. */
export function createObjections(allowed: readonly string[]): ObjectionTo {
  const destinationOf = createDestinations(allowed);
  const publicDestinationOf = createDestinations([]);
  return async (address) => {
    const url = new URL(address);
    const looking = Promise.all([destinationOf(url), publicDestinationOf(url)]);
    const late = sleep(LOOKED_UP_MS, undefined, { ref: false });
    const found = await Promise.race([looking, late]);
    const [destination, isPublic] = found ?? [];
    if (destination && 'forbidden' in destination) return destination.forbidden;
    const isAllowed = isPublic && 'forbidden' in isPublic;
    if (url.protocol === 'https:' || isAllowed || allowed.includes(url.hostname)) return undefined;
    return 'An address begins with https://, where ALLOWED_ADDRESSES does not name it.';
  };
}
