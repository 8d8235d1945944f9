import { useCallback, useRef } from 'react';

/** By random bytes, because `randomUUID` is missing where a phone opens the dashboard over plain HTTP. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The Idempotency-Key of one press of a button that is shut until it is answered. */
export const newIntent = () => ({ 'Idempotency-Key': newKey() });

/**
 * Gives the Idempotency-Key of what somebody is about to send: the same while its words are, so that a double click
 * and a retry are one, and another once they are changed.
 */
export function useIntent(): (words: unknown) => { readonly 'Idempotency-Key': string } {
  const last = useRef({ words: '', key: '' });
  return useCallback((words) => {
    const written = JSON.stringify(words);
    if (last.current.words !== written) last.current = { words: written, key: newKey() };
    return { 'Idempotency-Key': last.current.key };
  }, []);
}
