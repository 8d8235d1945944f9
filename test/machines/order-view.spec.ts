import { describe, expect, it } from '@jest/globals';
import shop from '../../machines/shop';
import type { OrderState } from '../../machines/state';
import { viewOrder } from '../../machines/views/order';
import { viewForPartner } from '../../machines/views/partner-order';
import * as story from './support';

const { aLine, aMixedOrder, anOrder, play, placed, send, unknown } = story;
const view = (state: OrderState) =>
  viewOrder(shop, { number: '100001', version: 4, seq: 7, state });
const shipOne = {
  type: 'record-shipping-event',
  event: 'Shipped',
  lines: [{ id: 'A', quantity: 1 }],
} as const;

describe('an order as it is shown', () => {
  it('is what was agreed, where it is, and what may follow', () => {
    expect(view(placed())).toMatchObject({
      ...{ number: '100001', version: 4, seq: 7, status: 'Pending', tone: 'info', hold: null },
      ...{ availableStatuses: ['Being processed', 'Cancelled'], needsAttention: false },
      ...{ currency: 'GBP', total: { inclTax: 3600 }, notes: [], shipments: [] },
      payment: { status: 'authorised', owed: 3600, authorised: 3600, captured: 0, balance: 3600 },
      shipping: { summary: 'none' },
      shop: { name: 'Default shop', revision: 1 },
    });
  });

  it('counts units of each line by every event type of the shop', () => {
    const state = play(placed(), { type: 'take-payment' }, shipOne);
    expect(view(state).lines).toMatchObject([
      {
        ...{ id: 'A', status: 'Being processed', tone: 'warning' },
        availableStatuses: ['Shipped', 'Cancelled'],
        quantities: {
          ...{ allocated: 2, consumed: 1, shipped: 1, returned: 0, cancelled: 0, downloaded: 0 },
          ...{ authorised: 0, settled: 3, refunded: 0, voided: 0 },
        },
        remaining: { shipped: 2, returned: 1, cancelled: 2, downloaded: 0 },
        shipping: { summary: '1 of 3 Shipped' },
      },
    ]);
  });

  it('tells a line that has shipped from the order that has not', () => {
    const state = play(
      placed(aMixedOrder()),
      { type: 'take-payment' },
      { ...shipOne, lines: [{ id: 'A' }] },
    );
    const { lines, shipping } = view(state);
    expect(shipping.summary).toBe('3 of 6 Shipped');
    expect(lines.map((line) => line.shipping.summary)).toEqual(['Shipped', 'none', 'in progress']);
  });

  it('never shows the card', () => {
    const asked = send(story.nothing, { type: 'place', placement: anOrder() }).state;
    for (const state of [asked, placed(), play(placed(), { type: 'take-payment' })]) {
      expect(JSON.stringify(view(state))).not.toContain('tok_ok');
    }
  });

  it('says where each payment is', () => {
    const standing = (state: OrderState) => view(state).payments.map(({ status }) => status);
    const taking = send(placed(), { type: 'take-payment', amount: 1000 }).state;
    const states = {
      'in progress': taking,
      'outcome unknown': send(taking, unknown(taking)).state,
      authorised: placed(),
      'partly captured': play(placed(), { type: 'take-payment', amount: 1000 }),
      captured: play(placed(), { type: 'take-payment' }),
      'partly refunded': play(
        placed(),
        { type: 'take-payment' },
        { type: 'refund', amount: 1, reason: 'asked' },
      ),
      refunded: play(placed(), { type: 'take-payment' }, { type: 'refund', reason: 'asked' }),
      voided: play(placed(), { type: 'void' }),
      waiting: placed(anOrder({ payments: [{ gateway: 'offline' }] })),
    };
    for (const [status, state] of Object.entries(states)) expect(standing(state)).toEqual([status]);
  });

  it('has its hold and what it waits for', () => {
    const until = story.later(48);
    const state = play(placed(), { type: 'hold', reason: 'fraud', until });
    expect(view(state)).toMatchObject({
      hold: { reason: 'fraud', owner: 'Grace', until },
      due: [{ name: 'hold', at: until }],
    });
  });

  it('can be shown while it is still being placed', () => {
    const asked = send(story.nothing, { type: 'place', placement: anOrder() }).state;
    expect(view(asked)).toMatchObject({
      status: '(placing)',
      availableStatuses: [],
      tone: 'neutral',
    });
  });
});

describe('an order as a partner sees it', () => {
  const order = anOrder({
    lines: [aLine({ partner: 'acme' }), aLine({ id: 'B', partner: 'other' }), aLine({ id: 'C' })],
  });

  it('is its own lines and parcels, and no money', () => {
    const state = play(
      placed(order),
      { type: 'take-payment' },
      { ...shipOne, lines: [{ id: 'A' }, { id: 'B' }] },
      { ...shipOne, lines: [{ id: 'C' }] },
    );
    const seen = viewForPartner(view(state), 'acme');
    expect(seen?.lines.map(({ id }) => id)).toEqual(['A']);
    expect(seen?.shipments).toMatchObject([{ id: '1', lines: [{ id: 'A', quantity: 3 }] }]);
    expect(JSON.stringify(seen)).not.toMatch(/1200|ada@example|payment|total/);
  });

  it('is nothing at all when no line is its own', () => {
    expect(viewForPartner(view(placed(order)), 'elsewhere')).toBeUndefined();
    expect(viewForPartner(view(placed(order)), '')).toBeUndefined();
  });
});
