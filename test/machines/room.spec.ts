import { describe, expect, it } from '@jest/globals';
import { limits } from '../../machines/deciding/limits';
import type { OrderState, Shipment } from '../../machines/state';
import { anOrder, declined, placed, play, refusal, send, tell, unknown } from './support';

const withContext = (state: OrderState, context: Partial<OrderState['context']>): OrderState => {
  return { ...state, context: { ...state.context, ...context } };
};
const times = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => make(index));
const note = (text: string) => (index: number) => {
  return { id: `n${index}`, author: 'Grace', at: '', text, system: false };
};

describe('an order gathers', () => {
  const say = { type: 'add-note', text: 'More.' } as const;
  const move = { type: 'set-status', status: 'Being processed' } as const;

  it.each([
    ['notes', times(limits.notes, note('Hm.'))],
    ['text in notes', times(20, note('x'.repeat(limits.notesText / 20)))],
  ])('no %s without end', (_, notes) => {
    const full = withContext(placed(), { notes });
    const refused = { code: 'validation', guard: 'roomIsLeft' };
    expect(refusal(full, say)).toMatchObject({ ...refused, errors: [{ pointer: '/text' }] });
    expect(refusal(full, { ...move, note: 'More.' })).toMatchObject({
      ...refused,
      errors: [{ pointer: '/note' }],
    });
    expect(tell(full, move).outcome).toBe('accepted');
    expect(tell(withContext(full, { notes: notes.slice(1) }), say).outcome).toBe('accepted');
  });

  it('no shipping events without end', () => {
    const ship = { type: 'record-shipping-event', event: 'Shipped' } as const;
    const shipment = (index: number): Shipment => {
      return { id: `${index + 1}`, event: 'Shipped', at: '', lines: [] };
    };
    const paid = play(placed(), { type: 'take-payment' });
    const many = withContext(paid, { shipments: times(limits.shipments, shipment) });
    expect(refusal(many, ship)).toMatchObject({ code: 'validation', guard: 'roomIsLeft' });
    const long = withContext(paid, {
      shipments: times(2, (n) => ({ ...shipment(n), reference: 'x'.repeat(300_000) })),
    });
    expect(refusal(long, ship).guard).toBe('roomIsLeft');
    expect(refusal(many, { type: 'cancel', reason: 'asked' }).guard).toBe('roomIsLeft');
  });

  it('no payments without end', () => {
    const state = placed();
    const [payment] = state.context.payments;
    const many = times(limits.payments, (n) => ({ ...payment!, id: `p${n + 1}`, authorised: 0 }));
    const full = withContext(state, { payments: many });
    const record = { type: 'record-payment-event', amount: 1 } as const;
    for (const event of ['Authorised', 'Settled']) {
      expect(refusal(full, { ...record, event }).detail).toContain('at most 100 payments');
    }
  });

  it('the newest of what people should look at', () => {
    const known = times(limits.attention, (n) => {
      return { id: `t${n + 1}`, reason: 'old', text: `${n}`, since: '' };
    });
    const asked = send(placed(anOrder()), { type: 'take-payment' }).state;
    const waiting = send(withContext(asked, { attention: known }), unknown(asked)).state;
    const over = send(waiting, declined(waiting, 'No. '.repeat(10_000))).state;
    expect(over.context.attention).toHaveLength(limits.attention);
    expect(over.context.attention[0]).toMatchObject({ text: '1' });
    expect(over.context.attention.at(-1)).toMatchObject({ reason: 'capture-failed' });
    expect(over.context.attention.at(-1)?.text.length).toBeLessThanOrEqual(limits.attentionText);
  });
});
