const MOST_DIGITS = 10;

/** What was typed as a whole number of units; undefined where it is none. */
export function unitsOf(typed: string | number): number | undefined {
  const text = String(typed).trim();
  return /^\d+$/.test(text) && text.length <= MOST_DIGITS ? Number(text) : undefined;
}

/** A difference with its sign: "+3", "−2", "0". */
export function signed(units: number): string {
  return units.toLocaleString(undefined, { signDisplay: 'exceptZero' });
}
