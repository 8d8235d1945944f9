import { describe, expect, it } from '@jest/globals';
import { median, percentile, ratios, spreadOf } from '../../bench/statistics';

describe('the figures of the benchmark', () => {
  const hundred = Array.from({ length: 100 }, (_, n) => 100 - n);

  it('percentiles are values that were measured, whatever their order', () => {
    expect([0.5, 0.95, 0.99, 1].map((share) => percentile(hundred, share))).toEqual([
      50, 95, 99, 100,
    ]);
    expect(percentile([7], 0.5)).toBe(7);
    expect(percentile([3, 1, 2], 0)).toBe(1);
    expect(percentile([], 0.5)).toBeNaN();
  });

  it('leave the values as they were', () => {
    const values = [3, 1, 2];
    percentile(values, 0.5);
    median(values);
    expect(values).toEqual([3, 1, 2]);
  });

  it('a median lies in the middle', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([1, 3, 100, 5])).toBe(4);
    expect(median([])).toBeNaN();
  });

  it('a ratio compares a round with the same round', () => {
    // The second round ran on a busy machine: half as fast in both.
    expect(ratios([20, 10], [40, 20])).toEqual([0.5, 0.5]);
    expect(spreadOf(ratios([20, 12, 30], [40, 20, 50]))).toEqual({
      median: 0.6,
      least: 0.5,
      most: 0.6,
    });
  });
});
