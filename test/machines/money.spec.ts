import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { digitsOf, isCurrency, share, spread, sum, written } from '../../machines/money';

describe('money', () => {
  it.each([
    [4100, 'GBP', '41.00 GBP'],
    [5, 'GBP', '0.05 GBP'],
    [-5, 'GBP', '-0.05 GBP'],
    [4100, 'JPY', '4100 JPY'],
    [0, 'JPY', '0 JPY'],
    [4100, 'KWD', '4.100 KWD'],
    [1, 'CLF', '0.0001 CLF'],
  ])('%d %s is written %s', (amount, currency, text) => {
    expect(written(amount, currency)).toBe(text);
  });

  it('knows the currencies of ISO 4217 and their digits', () => {
    expect(['GBP', 'JPY', 'KWD'].map(digitsOf)).toEqual([2, 0, 3]);
    expect([isCurrency('EUR'), isCurrency('eur'), isCurrency('XXX')]).toEqual([true, false, false]);
  });

  it('is shared exactly, however large', () => {
    const large = Number.MAX_SAFE_INTEGER;
    expect(share(large, large - 1, large)).toBe(large - 1);
    expect(share(100, 1, 3)).toBe(33);
    expect(share(100, 1, 0)).toBe(0);
  });

  it('is spread to the unit, nobody getting more than a unit beside their share', () => {
    const weights = fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(fc.nat(100_000_000), weights, (amount, shares) => {
        const whole = sum(shares);
        const parts = spread(amount, shares);
        expect(sum(parts)).toBe(whole === 0 ? 0 : amount);
        parts.forEach((part, index) => {
          const due = whole === 0 ? 0 : (amount * (shares[index] ?? 0)) / whole;
          expect(Math.abs(part - due)).toBeLessThanOrEqual(1);
        });
      }),
    );
    expect(spread(100, [1, 1, 1])).toEqual([34, 33, 33]);
    expect(spread(5, [1, 3, 0])).toEqual([1, 4, 0]);
  });
});
