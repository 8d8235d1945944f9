/** A retry table for tests, which cannot wait for days. */
export const quickRetries: readonly number[] = [200, 400, 800, 1_600, 3_200, 6_400];
