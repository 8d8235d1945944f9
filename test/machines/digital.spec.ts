import { describe, expect, it } from '@jest/globals';
import { shippingSummary } from '../../machines/history';
import shop from '../../machines/shop';
import type { OrderState } from '../../machines/state';
import { aLine, aMixedOrder, anOrder, desk, factsOf, lineOf, type Told } from './support';

const { act, play, placed, send, refusal } = desk(shop);
const pay: Told = { type: 'take-payment' };
const ship: Told = { type: 'record-shipping-event', event: 'Shipped' };
const links = [{ line: 'C', name: 'Poster', url: 'https://shop.example/d/1' }];
const delivered = (request = '1'): Told => ({
  type: 'digital.delivered',
  request,
  downloads: links,
});
const failed = (request = '1'): Told => ({
  ...{ type: 'digital.failed', request, why: 'There is no file for SKU-C.' },
});
const asked = (): OrderState => play(placed(aMixedOrder()), pay);

describe('digital lines', () => {
  it('are asked of the provider once, as soon as their event may be recorded', () => {
    const paid = act(placed(aMixedOrder()), pay);
    const lines = [{ id: 'C', quantity: 1 }];
    expect(factsOf(paid, 'digital-asked')).toEqual([
      { type: 'digital-asked', request: '1', event: 'Downloaded', lines },
    ]);
    expect(factsOf(act(paid.state, { type: 'add-note', text: 'x' }), 'digital-asked')).toEqual([]);
  });

  it('pass Downloaded by the report of their delivery, exactly once', () => {
    const told = send(asked(), delivered());
    expect(factsOf(told, 'shipping-event')).toMatchObject([
      { event: 'Downloaded', lines: [{ id: 'C', quantity: 1 }] },
    ]);
    expect(factsOf(told, 'message')).toMatchObject([{ kind: 'downloads-ready' }]);
    expect(told.state.context.downloads).toEqual(links);
    expect(refusal(told.state, delivered()).guard).toBe('requestIsOpen');
  });

  it('complete a mixed order together with the parcels, whichever comes first', () => {
    const first = play(asked(), delivered());
    expect(first.value.status).toBe('Being processed');
    expect(shippingSummary(shop, first)).toBe('1 of 6 Downloaded');
    expect(play(first, ship).value.status).toBe('Complete');
    const last = play(asked(), ship);
    expect(lineOf(last, 'C').passed).toEqual({ Settled: 1 });
    expect(last.value.status).toBe('Being processed');
    expect(play(last, delivered()).value.status).toBe('Complete');
  });

  it('complete an order that has nothing else', () => {
    const line = aLine({ id: 'C', kind: 'digital', trackStock: false, quantity: 2 });
    const state = play(placed(anOrder({ lines: [line] })), pay, delivered());
    expect(state.value.status).toBe('Complete');
  });

  it('wait while a hold blocks shipping events, and are asked for when it is released', () => {
    const held = play(placed(aMixedOrder()), { type: 'hold', reason: 'Fraud?' });
    const paid = play(held, { type: 'record-payment-event', event: 'Settled', amount: 8500 });
    expect(paid.value.status).toBe('Being processed');
    expect(paid.context.digital).toEqual([]);
    expect(play(paid, { type: 'release-hold' }).context.digital).toHaveLength(1);
  });

  it('that nobody could deliver are for people, who ask once more', () => {
    const state = play(asked(), failed());
    expect(state.context.attention).toMatchObject([{ reason: 'digital-failed' }]);
    expect(play(state, ship).value.status).toBe('Being processed');
    const again = act(state, { type: 'send-downloads' });
    expect(factsOf(again, 'digital-asked')).toMatchObject([{ request: '1', event: 'Downloaded' }]);
    expect(again.state.context.attention).toEqual([]);
    expect(lineOf(play(again.state, delivered()), 'C').passed).toMatchObject({ Downloaded: 1 });
  });

  it('can be recorded by hand, and a delivery that comes too late changes nothing', () => {
    const byHand = play(asked(), { type: 'record-shipping-event', event: 'Downloaded' });
    expect(lineOf(byHand, 'C').passed).toMatchObject({ Downloaded: 1 });
    const late = play(byHand, delivered());
    expect(late.context.attention).toMatchObject([{ reason: 'digital-too-late' }]);
    expect(lineOf(late, 'C').passed).toMatchObject({ Downloaded: 1 });
    const failedThenByHand = play(asked(), failed(), {
      type: 'record-shipping-event',
      event: 'Downloaded',
    });
    expect(failedThenByHand.context.digital).toEqual([]);
    expect(failedThenByHand.context.attention).toEqual([]);
  });

  it('that are cancelled while they are under way are never delivered to the customer', () => {
    const cancelled = play(asked(), { type: 'cancel', lines: [{ id: 'C' }], reason: 'asked' });
    const late = send(cancelled, delivered());
    expect(factsOf(late, 'message')).toEqual([]);
    expect(late.state.context.downloads).toEqual([]);
    expect(lineOf(late.state, 'C').passed).toMatchObject({ Cancelled: 1 });
    expect(send(cancelled, failed()).state.context.attention).toEqual([]);
  });

  it('get new links by a new act, without another shipping event', () => {
    const before = play(asked(), delivered());
    const again = act(before, { type: 'send-downloads', lines: [{ id: 'C' }] });
    expect(factsOf(again, 'digital-asked')).toMatchObject([{ request: '2', renews: true }]);
    expect(refusal(again.state, { type: 'send-downloads' }).code).toBe('invalid-shipping-event');
    const renewed = send(again.state, delivered('2'));
    expect(factsOf(renewed, 'shipping-event')).toEqual([]);
    expect(factsOf(renewed, 'message')).toMatchObject([{ kind: 'downloads-ready' }]);
    expect(lineOf(renewed.state, 'C').passed).toMatchObject({ Downloaded: 1 });
  });

  it('that were never delivered cannot be sent once more', () => {
    expect(refusal(placed(aMixedOrder()), { type: 'send-downloads' })).toMatchObject({
      code: 'invalid-shipping-event',
      guard: 'deliverable',
    });
    const wrong = refusal(asked(), { type: 'send-downloads', lines: [{ id: 'A' }, { id: 'Z' }] });
    expect(wrong.errors?.map(({ pointer }) => pointer)).toEqual(['/lines/0/id', '/lines/1/id']);
  });
});
