import { describe, expect, it } from '@jest/globals';
import type { OrderEvent } from '../../machines/events';
import type { Fact } from '../../machines/facts';
import { tell, typesOf } from '../../machines/webhooks/telling';

const around = {
  ...{ number: '100001', seq: 7, status: 'Being processed', currency: 'GBP', source: null },
  placedAt: '2026-11-23T10:00:00Z',
  total: { exclTax: 3000, inclTax: 3600 },
  lines: [{ id: 'A', sku: 'MUG-1', quantity: 3 }],
};
const by = (id = 'e1') =>
  ({
    ...{ type: 'add-note', text: 'Hello', id, at: '2026-11-23T10:00:00Z', cause: 'e0' },
    actor: { role: 'clerk', name: 'Grace Hopper' },
  }) as OrderEvent;
const told = (...facts: Fact[]) => tell({ event: by(), facts }, around);
const step = (line: string, from: string | null, to: string): Fact => {
  return { type: 'line-status', line, from, to };
};

describe('webhooks about an event', () => {
  it('are one of each type, that of the placing first', () => {
    const events = told(
      { type: 'held', reason: 'Ask first' },
      { type: 'order-status', from: 'Pending', to: 'Being processed' },
      { type: 'order-placed' },
    );
    expect(events.map(({ type }) => type)).toEqual([
      'order.placed',
      'order.held',
      'order.status-changed',
    ]);
    expect(events[0]).toEqual({
      ...{ type: 'order.placed', version: 1, at: '2026-11-23T10:00:00Z' },
      ...{ event: 'e1', cause: 'e0', actor: { role: 'clerk' } },
      order: { number: '100001', seq: 7, status: 'Being processed' },
      data: {
        ...{ placedAt: around.placedAt, currency: 'GBP' },
        ...{ total: around.total, lines: around.lines },
      },
    });
  });

  it('tell several steps in a row as one, and of a beginning nothing', () => {
    expect(told(step('A', null, 'Pending'))).toEqual([]);
    const [lines] = told(
      step('A', 'Pending', 'Being packed'),
      step('B', null, 'Pending'),
      step('A', 'Being packed', 'Shipped'),
    );
    expect(lines?.data).toEqual({ lines: [{ id: 'A', from: 'Pending', to: 'Shipped' }] });
  });

  it('tell nobody of the shop’s own business, nor of what happened elsewhere', () => {
    expect(
      told(
        { type: 'note', id: 'n1', system: false, text: 'Rings twice' },
        { type: 'message', kind: 'order-placed' },
        { type: 'printed', document: 'picking-slip' },
      ),
    ).toEqual([]);
    const facts: Fact[] = [{ type: 'order-placed' }];
    expect(typesOf({ event: by('import 4711 1'), facts })).toEqual([]);
    expect(typesOf({ event: by('import-4711'), facts })).toEqual(['order.placed']);
  });

  it('keep back links, the words of tasks, keys of money, and who it was', () => {
    const all = told(
      {
        type: 'digital-delivered',
        request: 'd1',
        downloads: [{ line: 'A', name: 'Song', url: 'https://shop.example/secret-link' }],
      },
      { type: 'attention', id: 't1', reason: 'message-failed', text: 'ada@example.com is unknown' },
      {
        ...{ type: 'payment-event', event: 'Settled', kind: 'capture', payment: 'p1' },
        ...{ gateway: 'sandbox', amount: 3600, key: 'lasting-key', reference: 'ref-1' },
      },
    );
    expect(all.map(({ data }) => data)).toEqual([
      { downloads: [{ line: 'A', name: 'Song' }] },
      { tasks: [{ id: 't1', reason: 'message-failed' }] },
      {
        currency: 'GBP',
        events: [
          {
            ...{ event: 'Settled', kind: 'capture', payment: 'p1', gateway: 'sandbox' },
            ...{ amount: 3600, reference: 'ref-1' },
          },
        ],
      },
    ]);
    const whole = JSON.stringify(all);
    for (const kept of ['secret-link', 'ada@', 'lasting-key', 'Grace']) {
      expect(whole).not.toContain(kept);
    }
  });
});
