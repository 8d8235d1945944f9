import { createHash, randomBytes } from 'node:crypto';

const TOKEN_BYTES = 32;

/** What a cookie or a link carries: nobody can guess it. */
export function newToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

/** What of a token is kept. It is random, so that a quick hash is as good as a slow one. */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
