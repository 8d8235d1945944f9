import { describe, expect, it } from '@jest/globals';
import type { OrderEvent } from '../../machines/events';
import type { Fact } from '../../machines/facts';
import shop from '../../machines/shop';
import { viewChanges } from '../../machines/views/preview';
import { sentenceOf } from '../../machines/views/sentences';
import { viewEvent } from '../../machines/views/timeline';
import { signsOf, topicsOf } from '../../machines/views/topics';
import { act, anOrder, later, nothing, noon, placed, play, refusal } from './support';

const actor = { role: 'clerk', name: 'Grace' } as const;

describe('an entry of the timeline', () => {
  it('says who did what when, and what came of it', () => {
    const { facts } = act(placed(), { type: 'hold', reason: 'fraud' });
    const event = { type: 'hold', reason: 'fraud', id: 'h1', at: noon, actor } as const;
    expect(viewEvent({ event, outcome: 'accepted', facts }, 3, 'GBP')).toEqual({
      ...{ seq: 3, id: 'h1', type: 'hold', at: noon, actor, outcome: 'accepted', facts },
      ...{ cause: undefined, refusal: undefined, asked: { reason: 'fraud' }, reason: 'fraud' },
      about: ['people'],
      says: ['The order is held: fraud'],
    });
  });

  it('says why an attempt was refused', () => {
    const why = refusal(placed(), { type: 'set-status', status: 'Complete' });
    const event = { type: 'set-status', status: 'Complete', id: 's', at: noon, actor } as const;
    const entry = viewEvent({ event, outcome: 'refused', facts: [], refusal: why }, 3, 'GBP');
    expect(entry).toMatchObject({ refusal: { code: 'invalid-order-status' }, says: [why.detail] });
  });

  it('has no card in it', () => {
    const event = { type: 'place', placement: anOrder(), id: 'p', at: noon, actor } as const;
    const { facts } = act(nothing, event);
    const entry = viewEvent({ event, outcome: 'accepted', facts }, 1, 'GBP');
    expect(JSON.stringify(entry)).not.toContain('tok_ok');
    expect(entry.asked).toEqual({});
  });
});

describe('what an event is about', () => {
  const about = (event: object, facts: readonly Fact[] = []) =>
    topicsOf({ event: { id: 'e', at: noon, actor, ...event } as OrderEvent, facts });

  it('is said by its type, by who sent it, and by what it made true', () => {
    const { facts } = act(placed(), { type: 'take-payment' });
    expect(about({ type: 'take-payment' }, facts)).toEqual(['status', 'money', 'people']);
    const acme = { role: 'partner', name: 'acme' };
    const shipped = { type: 'record-shipping-event', event: 'Shipped', actor: acme };
    expect(about(shipped)).toEqual(['shipping', 'partner']);
    const clock = { role: 'system', name: 'clock' };
    expect(about({ type: 'deadline', name: 'ask', actor: clock })).toEqual([]);
  });

  it('is found by its signs', () => {
    expect(signsOf(['stock'])).toEqual({ types: [], roles: [], facts: ['stock'] });
    expect(signsOf(['partner'])).toMatchObject({
      types: expect.arrayContaining(['command.refused', 'hand-over']),
      roles: ['partner'],
    });
  });
});

describe('a fact in a sentence', () => {
  const facts: [Fact, string][] = [
    [{ type: 'order-status', from: null, to: 'Pending' }, 'The order is Pending.'],
    [
      { type: 'line-status', line: 'A', from: 'Pending', to: 'Cancelled' },
      'Line A became Cancelled; it was Pending.',
    ],
    [
      {
        ...{ type: 'shipping-event', id: '1', event: 'Shipped' },
        lines: [{ id: 'A', quantity: 2 }],
        tracking: { carrier: 'DHL', number: 'X1' },
      },
      'Shipped: 2 of line A (DHL X1).',
    ],
    [
      {
        ...{ type: 'payment-failed', kind: 'capture', payment: 'p1', amount: 1050 },
        ...{ code: 'card_declined', message: 'No.' },
      },
      'The capture of 10.50 GBP on p1 failed: No.',
    ],
    [
      { type: 'stock', move: 'release', lines: [{ id: 'A', quantity: 2, sku: 'MUG' }] },
      'Stock given back: 2 of MUG.',
    ],
    [
      { type: 'message-withheld', kind: 'order-placed', why: 'No address.' },
      'The customer is not sent order-placed: No address.',
    ],
    [{ type: 'note', id: 'n', system: true, text: 'Hello' }, 'System note: Hello'],
    [
      { type: 'message', kind: 'order-placed' },
      'A message for the customer is written: order-placed.',
    ],
    [{ type: 'command', id: 'c', outcome: 'pending' }, 'It is not finished yet.'],
    [{ type: 'hold-released' }, 'The hold was released.'],
  ];
  it.each(facts)('%j', (fact, sentence) => {
    expect(sentenceOf(fact, 'GBP')).toBe(sentence);
  });
});

describe('what a command would change', () => {
  it('is sorted by what people ask about', () => {
    const before = play(placed(), { type: 'take-payment' });
    const { state, facts } = act(before, { type: 'cancel', reason: 'asked' });
    expect(viewChanges(shop, before, state, facts)).toMatchObject({
      statuses: [{ from: 'Being processed', to: 'Cancelled' }],
      lines: [{ line: 'A', to: 'Cancelled' }],
      shipping: [{ event: 'Cancelled', lines: [{ id: 'A', quantity: 3 }] }],
      money: [{ kind: 'refund', event: 'Refunded', payment: 'p1', amount: 3600 }],
      stock: [{ move: 'release', line: 'A', sku: 'SKU-A', quantity: 3 }],
      messages: [{ kind: 'order-cancelled' }],
      timers: { starts: [], ends: [{ name: 'stuck' }] },
    });
  });

  it('includes the waits that begin and end', () => {
    const before = placed();
    const held = act(before, { type: 'hold', reason: 'fraud', until: later(5) });
    const begins = viewChanges(shop, before, held.state, held.facts).timers;
    const stuck = { name: 'stuck', at: later(24 * 10) };
    expect(begins).toEqual({ starts: [{ name: 'hold', at: later(5) }], ends: [stuck] });
    const freed = act(held.state, { type: 'release-hold' });
    const ends = viewChanges(shop, held.state, freed.state, freed.facts).timers;
    expect(ends).toEqual({ starts: [stuck], ends: [{ name: 'hold', at: later(5) }] });
  });

  it('is nothing when nothing comes of it', () => {
    expect(viewChanges(shop, placed(), placed(), [])).toMatchObject({ says: [], money: [] });
  });
});
