import { describe, expect, it } from '@jest/globals';
import { upToDate, type OrderState } from '../../machines/state';
import { placed } from './support';

describe('a state that an earlier release stored', () => {
  it('is read with what was added since, and keeps what it says', () => {
    const state = placed();
    const { lines, notes: _, attention: __, ...older } = state.context;
    const stored = {
      value: state.value,
      context: { ...older, lines: lines.map(({ consumed: ___, ...line }) => line) },
    } as unknown as OrderState;
    expect(upToDate(stored)).toEqual(state);
  });
});
