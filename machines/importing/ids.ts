import type { Stamp } from '../events';

// A client's own id has no blank in it.
const PREFIX = 'import ';

/** The id of an event that happened elsewhere, by its place in the row of this mark. */
export function importedId(mark: string, place: number): string {
  return `${PREFIX}${mark} ${place}`;
}

/** Whether an event happened elsewhere, before the order was ours. */
export function isImported({ id }: Pick<Stamp, 'id'>): boolean {
  return id.startsWith(PREFIX);
}
