import { describe, expect, it } from '@jest/globals';
import { drawnAsDot } from '../../machines/drawing/dot';
import { drawnAsText } from '../../machines/drawing/text';
import shop from '../../machines/shop';
import { bakery } from './shops';

describe('a shop drawn as text', () => {
  it('has the pipelines with what follows, the cascade and the moves by itself', () => {
    const text = drawnAsText({ ...shop, undo: { cancel: { minutes: 30 } } });
    expect(text).toContain('So that it can be undone, it waits: cancel 30 minutes.');
    expect(text).toContain(
      'An authorisation that is still needed is made again 1 day before it ends.',
    );
    expect(text.slice(0, 12)).toEqual([
      'Default shop, revision 1',
      '',
      'Order statuses, from Pending',
      '----------------------------',
      '  Pending          → Being processed | Cancelled',
      '                     by itself → Being processed when paid',
      '                     by itself → Cancelled when everything is cancelled',
      '                     by itself → Cancelled when nothing is paid for 14 days',
      '                     entering it: send order-placed',
      '  Being processed  → Complete | Cancelled',
      '                     by itself → Complete when everything has shipped',
      '                     by itself → Cancelled when everything is cancelled',
    ]);
    expect(text).toContain('  Returned         ■ the end');
    expect(text).toContain('                     its lines become Being processed');
  });

  it('has each shipping event with its rules', () => {
    const text = drawnAsText(bakery).join('\n');
    expect(text).toContain(
      '  Left\n    means dispatched\n    during Baking\n    never after Binned\n    a whole line becomes On the bike\n    stock: consume',
    );
  });
});

describe('a shop drawn as a graph', () => {
  it('has each status and each event as a box, and each move as an arrow', () => {
    const dot = drawnAsDot(shop);
    for (const status of Object.keys(shop.orders.statuses)) {
      expect(dot).toContain(`"order ${status}" [label=`);
    }
    for (const status of Object.keys(shop.lines.statuses)) {
      expect(dot).toContain(`"line ${status}" [label=`);
    }
    for (const type of Object.keys(shop.shippingEvents)) {
      expect(dot).toContain(`"event ${type}" [label=`);
    }
    expect(dot).toContain('"order Pending" -> "order Being processed" [label="when paid"');
    expect(dot).toContain('"order Cancelled" -> "line Cancelled" [style=dashed');
    expect(dot).toContain('"event Shipped" -> "event Returned" [label="then"]');
  });

  it('survives any name', () => {
    const odd = JSON.parse(
      JSON.stringify(shop).replaceAll('"Complete"', JSON.stringify('A < "B" & C')),
    );
    expect(drawnAsDot(odd)).toContain('<b>A &lt; "B" &amp; C</b>');
  });
});
