import { useState } from 'react';
import { Offline } from './problem';

/** An id that nobody else has; pages that are served without HTTPS have no crypto.randomUUID. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * The Idempotency-Key of something that somebody means to do once: it stays the same until an answer came, so that
 * sending again what seemed lost does nothing twice.
 */
export function useIntent() {
  const [key, setKey] = useState(newId);
  return {
    header: { 'Idempotency-Key': key },
    onSettled: (_data: unknown, error: unknown) => {
      if (!(error instanceof Offline)) setKey(newId());
    },
  };
}
