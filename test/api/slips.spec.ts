import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aLine, startSystem, type System } from '../support/system';

let system: System;
beforeAll(async () => {
  system = await startSystem();
  for (const number of ['P-1', 'P-2']) {
    await system.placed({
      number,
      shippingAddress: { name: '<b>Ada</b>', lines: ['1 Street'], city: 'London', country: 'GB' },
      lines: [aLine({ id: '1' }), aLine({ id: '2', sku: 'POT-1', partner: 'acme' })],
    });
  }
  await system.command('P-1', { type: 'take-payment' });
});
afterAll(() => system.stop());

describe('picking slips', () => {
  it('are printed for many orders at once (saleor-dashboard #263)', async () => {
    const { body } = await system.get('/v1/picking-slips?numbers=P-2,P-1,P-9');
    expect(body.slips.map(({ number }: { number: string }) => number)).toEqual(['P-2', 'P-1']);
    expect(body.round).toMatchObject([
      { sku: 'MUG-1', location: 'main', quantity: 6 },
      { sku: 'POT-1', location: 'main', quantity: 6 },
    ]);
    expect(body.slips[0].lines[0].from).toEqual([{ location: 'main', quantity: 3 }]);
    expect(body.missing).toEqual(['P-9']);
  });

  it('come as a page to print, in which nothing that a customer wrote is markup', async () => {
    const reply = await system.get('/v1/picking-slips?numbers=P-1,P-2&format=html');
    expect(reply.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const page: string = reply.body;
    expect(page).toContain('<h1>Pick P-2</h1>');
    expect(page).toContain('&lt;b&gt;Ada&lt;/b&gt;');
    expect(page).not.toContain('<b>');
  });

  it('carry the number as a bar code, and a Print button whose script is a file', async () => {
    const { body: page } = await system.get('/v1/picking-slips?numbers=P-1,P-2&format=html');
    const codes = [...page.matchAll(/<h1>Pick (P-\d)<\/h1>(<svg class="code"[^]*?<\/svg>)/g)];
    expect(codes.map(([, number]) => number)).toEqual(['P-1', 'P-2']);
    expect(codes[0]?.[2]).not.toBe(codes[1]?.[2]);
    const [, script] = /<script src="([^"]+)"><\/script>/.exec(page) ?? [];
    const reply = await system.get(script ?? '');
    expect(reply.headers.get('content-type')).toContain('javascript');
    expect(reply.headers.get('content-security-policy')).toContain("script-src 'self'");
  });

  it('are of 1 to 100 orders', async () => {
    const many = Array.from({ length: 101 }, (_, n) => n).join(',');
    for (const numbers of ['', many]) {
      const { status, body } = await system.get(`/v1/picking-slips?numbers=${numbers}`);
      expect({ status, detail: body.detail }).toMatchObject({
        status: 422,
        detail: expect.stringContaining('Name 1 to 100 orders'),
      });
    }
  });
});

describe('the packing slip of a parcel', () => {
  it('has what is in it, and no price', async () => {
    await system.command('P-1', {
      type: 'record-shipping-event',
      event: 'Shipped',
      lines: [{ id: '1', quantity: 2 }],
      tracking: { carrier: 'Royal Mail', number: 'RM1' },
    });
    const { body } = await system.get('/v1/orders/P-1/packing-slips/1');
    expect(body).toMatchObject({ number: 'P-1', lines: [{ sku: 'MUG-1', quantity: 2 }] });
    expect(JSON.stringify(body)).not.toContain('Price');
    const page = await system.get('/v1/orders/P-1/packing-slips/1?format=html');
    expect(page.body).toContain('Royal Mail · RM1');
  });

  it('is not found for a parcel or an order that is not there', async () => {
    expect((await system.get('/v1/orders/P-1/packing-slips/9')).status).toBe(404);
    expect((await system.get('/v1/orders/nobody/packing-slips/1')).status).toBe(404);
  });
});
