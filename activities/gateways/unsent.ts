import { isNativeError } from 'node:util/types';

/** Codes of errors that come before a request has left. */
const NOT_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Whether a failed `fetch` has surely sent nothing; of any other error nobody knows. */
export function wasNotSent(error: unknown): boolean {
  const cause = isNativeError(error) ? error.cause : undefined;
  return isNativeError(cause) && 'code' in cause && NOT_SENT.has(String(cause.code));
}
