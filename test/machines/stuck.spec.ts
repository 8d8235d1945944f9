import { describe, expect, it } from '@jest/globals';
import shop from '../../machines/shop';
import { summaryOf } from '../../machines/history';
import type { OrderState } from '../../machines/state';
import { viewOrder } from '../../machines/views/order';
import {
  act,
  aLine,
  anOrder,
  declined,
  figuresOf,
  moved,
  nothing,
  placed,
  play,
  refusal,
  send,
  tell,
  unknown,
} from './support';

const lineOf = (state: OrderState, id = 'A') =>
  viewOrder(shop, { number: '100001', version: 1, seq: 1, state }).lines.find(
    (line) => line.id === id,
  );

describe('an order is not left behind', () => {
  it('by an answer that nobody waits for: it is refused and the order goes on (vendure #1330, #3235)', () => {
    const waiting = send(placed(), { type: 'take-payment' }).state;
    const capture = moved(waiting);
    const paid = send(waiting, capture).state;
    expect(paid.value.status).toBe('Being processed');
    expect(refusal(paid, capture)).toMatchObject({ code: 'not-found', guard: 'isAnswered' });
    const shipped = play(paid, { type: 'record-shipping-event', event: 'Shipped' });
    expect(shipped.value.status).toBe('Complete');
  });

  it('by a card that was charged while the order looked the other way (vendure #3411)', () => {
    const unsure = play(placed(), { type: 'hold', reason: 'fraud' });
    const released = play(unsure, { type: 'release-hold' });
    const charging = send(released, { type: 'take-payment' }).state;
    const lost = send(charging, unknown(charging)).state;
    expect(refusal(lost, { type: 'cancel', reason: 'too late' }).code).toBe(
      'payment-outcome-unknown',
    );
    const known = act(lost, moved(lost)).state;
    expect(known.value.status).toBe('Being processed');
    const cancelled = play(known, { type: 'cancel', reason: 'too late' });
    expect(figuresOf(cancelled)).toMatchObject({ captured: 3600, refunded: 3600 });
  });

  it('by what payment says of shipping: the two are told apart (solidus #2318, #2622)', () => {
    const shipped = play(
      placed(),
      { type: 'set-status', status: 'Being processed' },
      { type: 'record-shipping-event', event: 'Shipped', lines: [{ id: 'A', quantity: 2 }] },
    );
    expect(summaryOf(shop, shipped)).toMatchObject({
      paymentStatus: 'authorised',
      shippingSummary: '2 of 3 Shipped',
    });
    const paid = play(shipped, { type: 'take-payment' });
    expect(summaryOf(shop, paid)).toMatchObject({
      paymentStatus: 'paid',
      shippingSummary: '2 of 3 Shipped',
    });
  });

  it('by a step that runs again after it is being undone (medusa PR 16434)', () => {
    const cards = [
      { gateway: 'sandbox', token: 'tok_ok', amount: 1000 },
      { gateway: 'sandbox', token: 'tok_declined', amount: 2600 },
    ];
    const first = send(nothing, {
      type: 'place',
      placement: anOrder({ payments: cards }),
      id: 'x',
    });
    const authorised = moved(first.state);
    const second = send(first.state, authorised).state;
    const undoing = send(second, declined(second)).state;
    expect(undoing.value.payment).toBe('voiding');
    expect(tell(undoing, authorised).outcome).toBe('refused');
    const undone = act(undoing, moved(undoing)).state;
    expect(undone.value.status).toBe('(withdrawn)');
    expect(tell(undone, authorised).outcome).toBe('refused');
  });
});

describe('quantities after partial operations (saleor-dashboard #4514)', () => {
  it('add up on every line, whatever happened in parts', () => {
    const state = play(
      placed(anOrder({ lines: [aLine({ quantity: 10 }), aLine({ id: 'B', quantity: 5 })] })),
      { type: 'take-payment' },
      { type: 'record-shipping-event', event: 'Shipped', lines: [{ id: 'A', quantity: 4 }] },
      { type: 'cancel', lines: [{ id: 'A', quantity: 1 }], reason: 'damaged' },
      { type: 'record-shipping-event', event: 'Shipped', lines: [{ id: 'A', quantity: 2 }] },
      { type: 'record-shipping-event', event: 'Returned', lines: [{ id: 'A', quantity: 3 }] },
    );
    expect(lineOf(state)).toMatchObject({
      quantities: { shipped: 6, cancelled: 1, returned: 3, allocated: 3, consumed: 6 },
      units: { dispatched: 6, cancelled: 1, returned: 3 },
      remaining: { shipped: 3, returned: 3, cancelled: 3 },
    });
    expect(lineOf(state, 'B')).toMatchObject({
      quantities: { shipped: 0, cancelled: 0, returned: 0, allocated: 5, consumed: 0 },
      remaining: { shipped: 5, returned: 0, cancelled: 5 },
    });
  });
});
