import { describe, expect, it } from '@jest/globals';
import { sentenceOf } from '../../machines/views/sentences';
import shop from '../../machines/shop';
import type { OrderState } from '../../machines/state';
import { defineShop, type Shop } from '../../machines/table';
import { anOrder, desk, factsOf, type Told } from './support';

/** The default shop with effects of its own, as a shop that was never typed would have them. */
const calling = (changes: Partial<Shop>, enter: Shop['orders']['statuses'][string]['enter'] = []) =>
  ({
    ...shop,
    effects: { greet: { says: 'greets the customer' } },
    ...changes,
    orders: {
      ...shop.orders,
      statuses: {
        ...shop.orders.statuses,
        'Being processed': { ...shop.orders.statuses['Being processed'], enter },
      },
    },
  }) as Shop;

const done = (call: string, answer?: string): Told => ({
  ...{ type: 'effect.done', call, name: 'greet' },
  ...(answer !== undefined && { answer }),
});
const failed = (call: string): Told => ({
  ...{ type: 'effect.failed', call, name: 'greet', why: 'Nobody was at home.' },
});
const toProcessing: Told = { type: 'take-payment' };

describe("a shop's own effect (handle_order_status_change)", () => {
  const { act, play, placed, send, refusal } = desk(
    calling({}, [{ call: 'greet', with: { tone: 'warm' } }]),
  );

  it('is called once when the status is entered, with what the table gives along', () => {
    expect(factsOf(act(placed(), toProcessing), 'effect-called')).toEqual([
      {
        type: 'effect-called',
        call: '100001/call/1',
        name: 'greet',
        with: { tone: 'warm' },
        about: { type: 'order-status', from: 'Pending', to: 'Being processed' },
      },
    ]);
  });

  it('refuses nothing, and holds nothing up', () => {
    const state = play(placed(), toProcessing, {
      type: 'record-shipping-event',
      event: 'Shipped',
    });
    expect(state.value.status).toBe('Complete');
    expect(state.context.calls).toMatchObject([{ id: '100001/call/1', name: 'greet' }]);
  });

  it('answers with an event that is taken once', () => {
    const state = play(placed(), toProcessing);
    const answered = send(state, done('100001/call/1', 'Hello'));
    expect(answered.facts).toEqual([
      { type: 'effect-done', call: '100001/call/1', name: 'greet', answer: 'Hello' },
    ]);
    expect(answered.facts.map((fact) => sentenceOf(fact, 'GBP'))).toEqual([
      'The shop\'s own greet is done: "Hello".',
    ]);
    expect(answered.state.context.calls).toEqual([]);
    expect(refusal(answered.state, done('100001/call/1')).guard).toBe('callIsOpen');
    expect(refusal(state, done('100001/call/7')).guard).toBe('callIsOpen');
  });

  it('that fails for good asks people to look', () => {
    const state = play(placed(), toProcessing, failed('100001/call/1'));
    expect(state.context.attention).toMatchObject([
      { reason: 'effect-failed', text: 'greet failed and is not tried again: Nobody was at home.' },
    ]);
  });
});

describe('what follows an answer', () => {
  const table = calling(
    {
      effects: {
        greet: {
          says: 'greets',
          whenDone: { become: 'Complete', obliges: [{ send: 'order-shipped' }] },
          whenFailed: { become: 'Cancelled', obliges: [{ call: 'weep' }] },
        },
        weep: { says: 'weeps' },
      },
    },
    [{ call: 'greet' }],
  );
  const statuses = table.orders.statuses;
  const { play, placed, send } = desk({
    ...table,
    orders: {
      ...table.orders,
      statuses: { ...statuses, Complete: { ...statuses.Complete!, enter: [] } },
    },
  });
  const called = (): OrderState => play(placed(), toProcessing);

  it('moves the order on, and tells the customer', () => {
    const answered = send(called(), done('100001/call/1'));
    expect(answered.state.value.status).toBe('Complete');
    expect(factsOf(answered, 'message')).toMatchObject([{ kind: 'order-shipped' }]);
    expect(factsOf(answered, 'order-status')).toMatchObject([{ to: 'Complete' }]);
  });

  it('leaves the order where it may not go, and says so to people', () => {
    const held = play(called(), { type: 'hold', reason: 'Fraud?' });
    const answered = send(held, done('100001/call/1'));
    expect(answered.state.value.status).toBe('Being processed');
    const [task] = answered.state.context.attention;
    expect(task).toMatchObject({ reason: 'effect-move-refused' });
    expect(task?.text).toContain('on hold');
  });

  it('may be other than attention when it fails, and may call another effect', () => {
    const answered = send(called(), failed('100001/call/1'));
    expect(answered.state.value.status).toBe('Cancelled');
    expect(answered.state.context.attention.map(({ reason }) => reason)).not.toContain(
      'effect-failed',
    );
    expect(factsOf(answered, 'effect-called')).toMatchObject([
      { name: 'weep', about: { type: 'effect', name: 'greet', call: '100001/call/1' } },
    ]);
  });
});

describe('a shipping event (handle_shipping_event)', () => {
  it('calls with its own units, whether or not the customer is told', () => {
    const events = shop.shippingEvents;
    const { play, placed, send } = desk({
      ...calling({}),
      shippingEvents: { ...events, Shipped: { ...events.Shipped!, obliges: [{ call: 'greet' }] } },
    });
    const told = send(play(placed(), toProcessing), {
      type: 'record-shipping-event',
      event: 'Shipped',
      lines: [{ id: 'A', quantity: 2 }],
      notify: false,
    });
    expect(factsOf(told, 'effect-called')).toMatchObject([
      { about: { event: 'Shipped', id: '1', lines: [{ id: 'A', quantity: 2 }] } },
    ]);
  });
});

describe('a payment event (handle_payment_event)', () => {
  const paymentEvents = {
    ...shop.paymentEvents,
    Authorised: { means: 'authorise', obliges: [{ call: 'greet' }] },
    Settled: { means: 'capture', obliges: [{ call: 'greet' }, { send: 'order-shipped' }] },
  } as const;
  const { act, placed, nothing, send, refusal } = desk({ ...calling({}), paymentEvents });
  const about = (event: string, amount: number) => ({ about: { event, payment: 'p1', amount } });

  it('obliges when a gateway has moved the money', () => {
    const taken = act(placed(), { type: 'take-payment', amount: 1200 });
    expect(factsOf(taken, 'effect-called')).toMatchObject([about('Settled', 1200)]);
    expect(factsOf(taken, 'message')).toMatchObject([{ kind: 'order-shipped' }]);
  });

  it('obliges when somebody records it', () => {
    const order = placed(anOrder({ payments: [{ gateway: 'offline' }] }));
    const recorded = send(order, { type: 'record-payment-event', event: 'Settled', amount: 100 });
    expect(factsOf(recorded, 'effect-called')).toMatchObject([about('Settled', 100)]);
  });

  it('obliges once the order is placed where it came before, and never for one that came to nothing', () => {
    const placing = act(nothing, { type: 'place', placement: anOrder(), id: 'placing' });
    expect(factsOf(placing, 'effect-called')).toMatchObject([about('Authorised', 3600)]);
    const two = [
      { gateway: 'sandbox', token: 'a', amount: 3000 },
      { gateway: 'sandbox', token: 'b', amount: 600 },
    ];
    const first = send(nothing, { type: 'place', placement: anOrder({ payments: two }), id: 'p' });
    const key = first.effects[0]?.key ?? '';
    const good = send(first.state, {
      type: 'payment.authorised',
      key,
      reference: 'r',
      amount: 3000,
    });
    const other = good.effects[0]?.key ?? '';
    const no = send(good.state, {
      type: 'payment.declined',
      key: other,
      code: 'no',
      message: 'No.',
    });
    expect([...good.facts, ...no.facts].map(({ type }) => type)).not.toContain('effect-called');
    expect(refusal(no.state, { type: 'add-note', text: 'x' }).code).toBe('not-found');
  });
});

describe('a table', () => {
  it('that calls what it does not declare does not compile', () => {
    const { orders, lines, shippingEvents, paymentEvents, ...rest } = shop;
    expect(orders.initial).toBe('Pending');
    const table = defineShop({
      ...rest,
      orders: {
        initial: 'Open',
        // @ts-expect-error -- there is no effect of that name
        statuses: { Open: { next: [], enter: [{ call: 'gret' }] } },
      },
      lines: { initial: 'Open', statuses: { Open: { next: [] } } },
      shippingEvents: {},
      paymentEvents: {},
      messages: [],
      effects: { greet: { says: 'greets' } },
    });
    expect([lines, shippingEvents, paymentEvents, table]).toHaveLength(4);
  });
});
