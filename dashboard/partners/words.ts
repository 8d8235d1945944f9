import type { Partner } from './queries';

/** How a partner is told, in a few words. */
export function saysTransport(transport: Partner['transport']): string {
  switch (transport.kind) {
    case 'http':
      return `Posted to ${transport.url}`;
    case 'folder':
      return `Files in ${transport.path}`;
    case 'sftp':
      return `SFTP to ${transport.user}@${transport.host}, ${transport.path}`;
  }
}

/** How a partner tells us, in a few words. */
export function saysFeed(feed: Partner['feed']): string {
  if (!feed) return 'Calls us';
  const where = feed.kind === 'http' ? feed.url : feed.path;
  return `Fetched from ${where} every ${feed.everySeconds.toLocaleString()} s`;
}
