import { createHash } from 'node:crypto';
import type { Arrival } from '../../db/partners/inbox';
import type * as saying from '../../machines/letters/saying';

/** How a message is read, which is decided purely. */
export type ReadSaid = typeof saying.readSaid;

function idOf(value: unknown): string | undefined {
  const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : undefined;
  return typeof id === 'string' && id !== '' && !id.includes('\0') ? id.slice(0, 200) : undefined;
}

/** An id for what has none: the same thing in the same place has the same. */
export function madeId(prefix: string, parts: readonly unknown[]): string {
  const hash = createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
  return `${prefix}-${hash.slice(0, 32)}`;
}

/** One message of a feed; what cannot be read is kept as that, and does not stop the others. */
export function arrivalOf(partner: string, sent: unknown, readSaid: ReadSaid): Arrival {
  const about = { partner, via: 'feed' } as const;
  const read = readSaid(sent);
  if ('said' in read) return { ...about, said: read.said };
  const why = read.faults.map(({ pointer, detail }) => `${pointer || '/'}: ${detail}`).join(' ');
  return { ...about, unread: { id: idOf(sent) ?? madeId('feed', [sent]), sent, why } };
}
