import { describe, expect, it } from '@jest/globals';
import shop from '../../machines/shop';
import {
  act,
  anOrder,
  desk,
  factsOf,
  later,
  nothing,
  placed,
  refusal,
  send,
  tell,
} from './support';

const paid = () => act(placed(), { type: 'take-payment' }).state;
const shipped = (quantity: number) =>
  ({ type: 'record-shipping-event', event: 'Shipped', lines: [{ id: 'A', quantity }] }) as const;
const message = (kind: string, more: object = {}) =>
  ({ type: 'send-message', kind, ...more }) as const;

describe('a message for the customer', () => {
  it('is written once for its cause, whoever asks how often', () => {
    const order = placed();
    const again = refusal(order, message('order-placed', { at: later(1) }));
    expect(again).toMatchObject({
      code: 'already-sent',
      guard: 'notSentBefore',
      figures: { order: '100001', kind: 'order-placed', at: order.context.told[0]?.at },
      errors: [{ pointer: '/again' }],
    });
    expect(again.detail).toMatch(/was written for the customer at .*; say "again": true/);
  });

  it('is sent again as a new act, of which the history tells', () => {
    const order = placed();
    const { state, facts } = send(order, message('order-placed', { again: true, at: later(2) }));
    expect(facts).toEqual([{ type: 'message', kind: 'order-placed', again: true }]);
    expect(state.context.told).toEqual([{ kind: 'order-placed', at: later(2) }]);
  });

  it('speaks of one shipment: the newest unless another is named', () => {
    const twice = act(act(paid(), shipped(1)).state, shipped(1)).state;
    const [first, second] = twice.context.shipments.map(({ id }) => id);
    expect(twice.context.told.map(({ kind, shippingEvent }) => [kind, shippingEvent])).toEqual([
      ['order-placed', undefined],
      ['order-shipped', first],
      ['order-shipped', second],
    ]);
    expect(refusal(twice, message('order-shipped')).figures.shippingEvent).toBe(second);
    const again = send(twice, message('order-shipped', { shippingEvent: first, again: true }));
    expect(factsOf(again, 'message')).toEqual([
      { type: 'message', kind: 'order-shipped', shippingEvent: first, again: true },
    ]);
    expect(refusal(twice, message('order-shipped', { shippingEvent: '9' }))).toMatchObject({
      code: 'cannot-tell',
      allowed: [first, second],
    });
  });

  it('that was not asked for at shipping can be sent later, once', () => {
    const silent = act(paid(), { ...shipped(3), notify: false }).state;
    const told = send(silent, message('order-shipped'));
    expect(factsOf(told, 'message')).toMatchObject([{ kind: 'order-shipped' }]);
    expect(factsOf(told, 'message')[0]).not.toHaveProperty('again');
    expect(refusal(told.state, message('order-shipped')).code).toBe('already-sent');
  });

  it('tells nobody what is not so: no parcel yet, never cancelled, no such kind', () => {
    expect(refusal(placed(), message('order-shipped'))).toMatchObject({
      code: 'cannot-tell',
      detail: 'Order 100001 has no Shipped yet, of which order-shipped speaks.',
    });
    expect(refusal(paid(), message('order-cancelled'))).toMatchObject({
      code: 'cannot-tell',
      detail:
        'Order 100001 is Being processed; order-cancelled is for orders that became Cancelled.',
    });
    expect(refusal(placed(), message('love-letter'))).toMatchObject({
      code: 'validation',
      allowed: shop.messages,
      errors: [{ pointer: '/kind' }],
    });
  });

  it('of a kind that the table sends nowhere is sent by hand at any time', () => {
    const wordy = desk({ ...shop, messages: [...shop.messages, 'delayed'] });
    const { facts } = wordy.send(wordy.placed(), message('delayed'));
    expect(facts).toEqual([{ type: 'message', kind: 'delayed' }]);
  });

  it('without an address is not written, and says so', () => {
    const nameless = act(nothing, { type: 'place', placement: anOrder({ customer: {} }) });
    expect(factsOf(nameless, 'message')).toEqual([]);
    expect(factsOf(nameless, 'message-withheld')).toEqual([
      {
        type: 'message-withheld',
        kind: 'order-placed',
        why: 'The customer has no e-mail address.',
      },
    ]);
    expect(nameless.state.context.told).toEqual([]);
    expect(refusal(nameless.state, message('order-placed', { again: true }))).toMatchObject({
      code: 'cannot-tell',
      detail:
        'The customer of order 100001 has no e-mail address, so order-placed cannot be sent: tell them in another way.',
    });
  });
});

describe('a note', () => {
  const written = () => send(placed(), { type: 'add-note', text: 'Fragile.', id: 'n' }).state;
  const edit = (hours: number, more: object = {}) =>
    ({
      type: 'edit-note',
      note: 'n/note',
      text: 'Very fragile.',
      at: later(hours),
      ...more,
    }) as const;
  const minutes = (count: number) => count / 60;

  it('is changed by its author for 5 minutes after the last change; both texts are kept', () => {
    const first = send(written(), edit(minutes(4)));
    expect(first.facts).toEqual([
      { type: 'note-edited', id: 'n/note', from: 'Fragile.', to: 'Very fragile.' },
    ]);
    expect(first.state.context.notes).toMatchObject([
      { text: 'Very fragile.', at: later(0), editedAt: later(minutes(4)) },
    ]);
    const second = send(first.state, edit(minutes(9), { text: 'Glass.' }));
    expect(second.state.context.notes[0]?.text).toBe('Glass.');
    expect(refusal(second.state, edit(minutes(15)))).toMatchObject({
      code: 'note-closed',
      guard: 'noteIsYours',
      figures: { until: later(minutes(14)), now: later(minutes(15)) },
      allowed: [],
    });
  });

  it('of another is changed by nobody else', () => {
    const other = { actor: { role: 'admin', name: 'Rear Admiral' } };
    const { detail, figures } = refusal(written(), edit(minutes(1), other));
    expect(detail).toBe('The note is Grace’s, who alone may change it: add a note of your own.');
    expect(figures.author).toBe('Grace');
  });

  it('of the System stays as it was written', () => {
    const { state } = send(placed(), {
      ...{ type: 'set-status', status: 'Being processed', note: 'Paid in cash.', id: 'n' },
    });
    expect(refusal(state, edit(minutes(1))).detail).toMatch(/^A System note stays/);
  });

  it('that is not there, is blank, or says the same already, changes nothing', () => {
    expect(refusal(written(), edit(0, { note: 'x' })).detail).toBe('Order 100001 has no note x.');
    expect(refusal(written(), edit(0, { text: ' ' })).detail).toBe('A note needs some text.');
    expect(tell(written(), edit(0, { text: 'Fragile.' }))).toEqual({ outcome: 'unchanged' });
  });

  it('has room for what it says now, not for what it said before', () => {
    const { state } = send(placed(), { type: 'add-note', text: 'x'.repeat(9_000), id: 'n' });
    const full = {
      ...state,
      context: {
        ...state.context,
        notes: [
          ...state.context.notes,
          { id: 'o', author: 'Ada', at: later(0), text: 'y'.repeat(190_500), system: false },
        ],
      },
    };
    expect(send(full, edit(0, { text: 'z'.repeat(9_500) })).outcome).toBe('accepted');
    expect(refusal(full, edit(0, { text: 'z'.repeat(9_501) }))).toMatchObject({
      guard: 'roomIsLeft',
      figures: { notes: 1, characters: 200_001 },
    });
  });
});
