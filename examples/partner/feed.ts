import type { Said } from './book';

export interface Page {
  readonly messages: readonly Said['message'][];
  /** Where the next page begins; the same as before when there was nothing new. */
  readonly next: string;
}

/** Everything that was ever said, in order, for shops that fetch instead of being called. */
export class Feed {
  private readonly all: Said[] = [];

  /** A message that is put in twice is read twice. */
  put(said: Said): void {
    this.all.push(said);
  }

  /** What comes after a watermark of ours; undefined for one that is not. */
  page(after: string, limit: number): Page | undefined {
    const from = after === '' ? 0 : Number(after);
    if (!Number.isInteger(from) || from < 0 || from > this.all.length) return undefined;
    // Whoever comes back with a watermark has stored what was before it.
    for (const said of this.all.slice(0, from)) said.outcome = 'taken';
    const messages = this.all.slice(from, from + limit).map(({ message }) => message);
    return { messages, next: String(from + messages.length) };
  }
}
