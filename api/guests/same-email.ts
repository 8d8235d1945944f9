import { createHash, timingSafeEqual } from 'node:crypto';

function digest(email: string): Buffer {
  return createHash('sha256').update(email.trim().toLowerCase()).digest();
}

/** Whether two e-mail addresses are the same, whatever their case; it takes as long for any two. */
export function isSameEmail(one: string, other: string): boolean {
  return timingSafeEqual(digest(one), digest(other));
}
