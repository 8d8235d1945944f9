import { describe, expect, it } from '@jest/globals';
import { isTime } from '../../machines/time';
import { anOrder, later, moved, noon, nothing, placed, play, send, tell } from './support';

describe('a time', () => {
  it.each([
    ['2026-03-02T12:00:00Z'],
    ['2026-03-02T12:00Z'],
    ['2026-03-02T12:00:00.123456Z'],
    ['2024-02-29T23:59:59+14:00'],
    ['1000-01-02T00:00:00-14:00'],
  ])('is %s', (text) => {
    expect(isTime(text)).toBe(true);
  });

  it.each([
    ['a day alone', '2026-03-02'],
    ['no zone', '2026-03-02T12:00:00'],
    ['a day there is not', '2026-02-30T12:00:00Z'],
    ['a leap day of another year', '2025-02-29T12:00:00Z'],
    ['a month there is not', '2026-13-01T12:00:00Z'],
    ['day 0', '2026-03-00T12:00:00Z'],
    ['hour 24', '2026-03-02T24:00:00Z'],
    ['minute 60', '2026-03-02T12:60:00Z'],
    ['second 60', '2026-03-02T12:00:60Z'],
    ['a zone there is not', '2026-03-02T12:00:00+14:01'],
    ['a zone of odd minutes', '2026-03-02T12:00:00+01:60'],
    ['an early year', '0999-12-31T12:00:00Z'],
    ['a year that its zone makes late', '9999-12-31T23:00:00-02:00'],
    ['a year that its zone makes early', '1000-01-01T00:00:00+01:00'],
    ['words', 'March 7, 2027'],
    ['more lines', '2026-03-02T12:00:00Z\n'],
  ])('is not %s', (_, text) => {
    expect(isTime(text)).toBe(false);
  });
});

describe('a time is kept in UTC', () => {
  const oddNoon = '2026-03-02T14:00:00+02:00';

  it('of a hold', () => {
    const until = '2026-03-02T15:00+02:00';
    const { state, facts } = send(placed(), { type: 'hold', reason: 'fraud', until });
    expect(state.context.hold?.until).toBe(later(1));
    expect(facts).toMatchObject([{ type: 'held', until: later(1) }]);
  });

  it('of a placing and its payments, and the same request is the same order', () => {
    const elsewhere = { gateway: 'sandbox', reference: 'a', authorised: 3600 };
    const placement = anOrder({
      placedAt: oddNoon,
      payments: [{ ...elsewhere, expiresAt: oddNoon }],
    });
    const state = placed(placement);
    expect(state.context.placement).toMatchObject({
      placedAt: noon,
      payments: [{ expiresAt: noon }],
    });
    expect(state.context.payments).toMatchObject([{ expiresAt: noon }]);
    for (const again of [placement, { ...placement, placedAt: noon }]) {
      expect(tell(state, { type: 'place', placement: again }).outcome).toBe('unchanged');
    }
    expect(
      tell(state, { type: 'place', placement: { ...placement, placedAt: 'soon' } }).outcome,
    ).toBe('refused');
  });

  it('of a gateway, and what is no time is not kept', () => {
    const asked = send(nothing, { type: 'place', placement: anOrder() }).state;
    const answer = (expiresAt: string) => ({ ...moved(asked), expiresAt });
    const expiry = (expiresAt: string) => play(asked, answer(expiresAt)).context.payments[0];
    expect(expiry(oddNoon)?.expiresAt).toBe(noon);
    expect(expiry('soon')?.expiresAt).toBeUndefined();
  });
});
