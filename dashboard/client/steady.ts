import { useState } from 'react';

interface Steady<Row> {
  /** What stands on the screen, where it stood; what is not there any more is marked. */
  readonly rows: readonly { readonly row: Row; readonly isGone: boolean }[];
  /** How many came since, and wait to be shown. */
  readonly fresh: number;
  readonly showFresh: () => void;
}

interface Kept<Row> {
  readonly question: string;
  readonly rows: readonly Row[];
}

/**
 * Keeps a live list from moving under the cursor: what is gone stays in its place, and what is new waits until it is
 * asked for. `question`: what was asked; another question, or a further page of it, is shown at once.
 */
export function useSteady<Row>(
  question: string,
  now: readonly Row[],
  idOf: (row: Row) => string,
): Steady<Row> {
  const [kept, setKept] = useState<Kept<Row>>({ question, rows: now });
  const isOther = kept.question !== question || kept.rows.length === 0;
  // Set while rendering, as React advises for state that follows what is given.
  if (isOther && kept.rows !== now && (kept.question !== question || now.length > 0)) {
    setKept({ question, rows: now });
  }
  const shown = isOther ? now : kept.rows;
  const current = new Map(now.map((row) => [idOf(row), row]));
  const known = new Set(shown.map(idOf));
  return {
    rows: shown.map((row) => {
      const live = current.get(idOf(row));
      return { row: live ?? row, isGone: live === undefined };
    }),
    fresh: now.filter((row) => !known.has(idOf(row))).length,
    showFresh: () => setKept({ question, rows: now }),
  };
}
