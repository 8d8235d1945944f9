/** A whole number from `least` on. */
export const whole = (value: unknown, least: number) =>
  Number.isSafeInteger(value) && (value as number) >= least;
