/** The Idempotency-Key of one press of a button that is shut until it is answered. */
export function newIntent(): { readonly 'Idempotency-Key': string } {
  // By random bytes, because `randomUUID` is missing where a phone opens the dashboard over plain HTTP.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return {
    'Idempotency-Key': [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(''),
  };
}
