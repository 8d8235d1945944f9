import { describe, expect, it } from '@jest/globals';
import shop from '../../machines/shop';
import type { OrderState } from '../../machines/state';
import { attributesOf } from '../../machines/views/attributes';
import { detailsOf } from '../../machines/views/details';
import { aLine, anOrder, placed, play } from './support';

describe('the partners an order is found by', () => {
  const partnersOf = (...partners: string[]) => {
    const lines = partners.map((partner, index) => aLine({ id: `L${index}`, partner }));
    return attributesOf(shop, placed(anOrder({ lines })))?.partners ?? [];
  };
  const bytes = (partners: readonly string[]) => Buffer.byteLength(JSON.stringify(partners));

  it('are all of them, once, in order', () => {
    expect(partnersOf('b', 'a', 'b')).toEqual(['a', 'b']);
  });

  it.each(['x', 'é', '字', '😀', '"'])('are as many as fit, of %s', (letter) => {
    const many = Array.from({ length: 200 }, (_, n) => `${letter.repeat(20)}${n}`);
    const kept = partnersOf(...many);
    expect(bytes(kept)).toBeLessThanOrEqual(1500);
    expect(bytes(kept)).toBeGreaterThan(1350);
  });

  it('go on after one that is too long by itself', () => {
    const { value, context } = placed(anOrder({ lines: ['A', 'B'].map((id) => aLine({ id })) }));
    // An earlier release took names of any length.
    const lines = ['a'.repeat(2000), 'b'].map((partner) => aLine({ partner }));
    const old = { value, context: { ...context, placement: anOrder({ lines }) } };
    expect(attributesOf(shop, old)?.partners).toEqual(['b']);
  });
});

describe('an order at a glance', () => {
  const text = 'One | two\r\n| three |\u2028four';

  it('keeps its table whole whatever people write', () => {
    const lines = [aLine({ id: 'A|1', title: text }), aLine({ id: 'B\n2' })];
    const state = play(placed(anOrder({ lines })), { type: 'hold', reason: text });
    const attention = [{ id: 't1', reason: 'odd', text, since: '' }];
    const told: OrderState = { ...state, context: { ...state.context, attention } };
    const details = detailsOf(shop, told).split(/[\r\n\u2028\u2029]/);
    const plain = detailsOf(shop, placed(anOrder({ lines: [aLine(), aLine({ id: 'B' })] })));
    expect(details).toHaveLength(plain.split('\n').length + 1);
    const table = details.filter((row) => row.startsWith('|'));
    expect(table).toHaveLength(4);
    for (const row of table) expect(row.split('|')).toHaveLength(8);
    expect(details[0]).toContain('(on hold: One / two / three / four)');
  });
});
