import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { nextNumber } from '../../db/numbers';
import { eventually } from '../support/eventually';
import { startOrders, type RunningOrders } from '../support/orders';
import { startImport } from './running-import';

/** Test files share one Temporal, where an order's workflow is named for its number alone. */
const own = randomUUID().slice(0, 8);

const aRow = (number: string, changes: object = {}) => ({
  number,
  currency: 'GBP',
  placedAt: '2019-03-01T09:00:00Z',
  lines: [{ sku: 'MUG-1', title: 'Mug', quantity: 1, unitPrice: { exclTax: 1000, inclTax: 1200 } }],
  total: { exclTax: 1000, inclTax: 1200 },
  payments: [{ gateway: 'offline' }],
  customer: { email: 'ada@example.com' },
  events: [
    { type: 'record-payment-event', event: 'Settled', amount: 1200, at: '2019-03-02T09:00:00Z' },
    { type: 'record-shipping-event', event: 'Shipped', at: '2019-03-03T09:00:00Z' },
  ],
  ...changes,
});

describe('npm run import', () => {
  let orders: RunningOrders;
  const folder = mkdtempSync(join(tmpdir(), 'conveyor-import-'));
  beforeAll(async () => {
    orders = await startOrders();
  });
  afterAll(async () => {
    await orders.stop();
    rmSync(folder, { recursive: true });
  });

  const ndjson = (rows: readonly object[]) =>
    rows.map((row) => `${JSON.stringify(row)}\n`).join('');
  const file = (name: string, rows: readonly object[], more = '') => {
    const path = join(folder, name);
    writeFileSync(path, ndjson(rows) + more);
    return path;
  };
  const run = (args: readonly string[], input?: string) => startImport(orders, args, input).end();
  const count = async (table: string, like: string) => {
    const { rows } = await orders.database.knex.raw<{ rows: [{ n: number }] }>(
      `select count(*) as n from ${table} where order_number like ?`.replace(
        'orders where order_number',
        'orders where number',
      ),
      [`${like}%`],
    );
    return rows[0].n;
  };

  it('writes each order with its whole past, and nothing leaves the house', async () => {
    const rows = Array.from({ length: 30 }, (_, n) => aRow(`${own}-A${n}`));
    expect(await run([file('a.ndjson', rows)])).toEqual({
      code: 0,
      out: '30 imported, 0 were there already, 0 refused.\n',
      err: '',
    });
    const stored = await orders.stored(`${own}-A7`);
    expect(stored).toMatchObject({ seq: 3, version: 1, state: { value: { status: 'Complete' } } });
    expect(await orders.history(`${own}-A7`)).toEqual([
      'place',
      'record-payment-event',
      'record-shipping-event',
    ]);
    const [row] = await orders.database.knex('orders').where('number', `${own}-A7`);
    expect(row).toMatchObject({
      placed_at: '2019-03-01T09:00:00.000Z',
      updated_at: '2019-03-03T09:00:00.000Z',
      payment_status: 'paid',
      captured: 1200,
    });
    expect(await count('payment_ledger', `${own}-A`)).toBe(90);
    expect(await count('outbox', `${own}-A`)).toBe(0);
    expect(existsSync(join(folder, 'a.ndjson.refused.ndjson'))).toBe(false);
  });

  it('says of each refused row which line it was, and why, and goes on', async () => {
    const rows = [
      aRow(`${own}-B1`),
      aRow(`${own}-B2`, { total: { exclTax: 1000, inclTax: 1201 } }),
      aRow(`${own}-A1`, { source: 'another' }),
      aRow(`${own}-B1`, { source: 'another' }),
    ];
    const path = file('b.ndjson', rows, '{"number": \n\nnull\n');
    const { code, out } = await run([path]);
    expect([code, out.split('\n')[0]]).toEqual([1, '1 imported, 0 were there already, 5 refused.']);
    const report = readFileSync(`${path}.refused.ndjson`, 'utf8').trim().split('\n');
    const said = report.map((line) => JSON.parse(line) as Record<string, unknown>);
    const places = said.map(({ line, code: why, errors }) => [
      line,
      why,
      (errors as { pointer: string }[])[0]?.pointer,
    ]);
    // One of the two rows of one number comes first.
    const twice = places.filter(([line]) => line === 1 || line === 4);
    expect(twice).toEqual([[expect.any(Number), 'number-taken', '/number']]);
    expect(places.filter((place) => !twice.includes(place))).toEqual(
      expect.arrayContaining([
        [2, 'invalid-order', '/total/inclTax'],
        [3, 'number-taken', '/number'],
        [5, 'validation', ''],
        [7, 'validation', ''],
      ]),
    );
  });

  it('goes on where it was killed, and no order is there twice', async () => {
    const rows = Array.from({ length: 3000 }, (_, n) => aRow(`${own}-C${n}`));
    const path = file('c.ndjson', rows);
    const first = startImport(orders, [path]);
    await eventually(
      () => count('orders', `${own}-C`),
      (n) => n > 200,
    );
    first.kill();
    expect((await first.end()).code).toBeNull();
    const before = await count('orders', `${own}-C`);
    expect(before).toBeLessThan(3000);
    const { code, out } = await run([path]);
    expect([code, out]).toEqual([
      0,
      `${3000 - before} imported, ${before} were there already, 0 refused.\n`,
    ]);
    expect(await count('orders', `${own}-C`)).toBe(3000);
    expect(await count('events', `${own}-C`)).toBe(9000);
    expect(await count('payment_ledger', `${own}-C`)).toBe(9000);
  }, 180_000);

  it('starts the clock of an order that waits for something, also one that a killed import had left', async () => {
    const placedAt = new Date(Date.now() - 3_600_000).toISOString();
    const open = aRow(`${own}-D`, { placedAt, events: [] });
    const before = await run(['-'], ndjson([open]));
    expect(before).toMatchObject({ code: 0, out: expect.stringContaining('1 wait for something') });
    const handle = orders.handle(`${own}-D`);
    const state = await eventually(
      () => handle.query<{ value: { status: string } }>('state'),
      ({ value }) => value.status === 'Pending',
    );
    expect(state.value.status).toBe('Pending');
    await handle.terminate('as if it had never been started');
    const again = await run(['-'], ndjson([open]));
    expect(again.out).toContain('0 imported, 1 were there already');
    await eventually(
      async () => (await handle.describe()).status.name,
      (status) => status === 'RUNNING',
    );
    const told = await orders.send(`${own}-D`, { type: 'add-note', text: 'Hello' });
    expect(told.outcome).toBe('done');
    expect(await orders.history(`${own}-D`)).toEqual(['place', 'add-note']);
  });

  it('writes nothing with --dry-run', async () => {
    const { code, out } = await run(['--dry-run', '-'], ndjson([aRow(`${own}-E1`)]));
    expect([code, out]).toEqual([0, '1 would be imported, 0 were there already, 0 refused.\n']);
    expect(await count('orders', `${own}-E`)).toBe(0);
  });

  it('takes stock with --stock take, and refuses what is not there', async () => {
    await orders.stock('MUG-1', 2);
    const rows = [aRow(`${own}-F1`), aRow(`${own}-F2`), aRow(`${own}-F3`)];
    const refused = join(folder, 'f.refused');
    const { code } = await run(['--stock', 'take', '--refused', refused, '-'], ndjson(rows));
    expect(code).toBe(1);
    expect(await orders.shelf('MUG-1')).toEqual({ inStock: 0, allocated: 0 });
    expect(readFileSync(refused, 'utf8')).toContain('insufficient-stock');
  });

  it('leaves the number scheme behind the numbers it brought', async () => {
    const rows = Array.from({ length: 12 }, (_, n) => aRow(String(100_001 + n)));
    await run(['-'], ndjson(rows));
    const now = new Date().toISOString();
    const next = await nextNumber(orders.database.knex, orders.shop.numbers, now);
    expect(next).toBe('100013');
  });

  it('reads the example', async () => {
    expect(await run(['--dry-run', 'examples/imports/history.ndjson'])).toMatchObject({ code: 0 });
  });

  it.each([[[]], [['--stock', 'some', '-']]])('says how it is used, for %j', async (args) => {
    const { code, err } = await run(args);
    expect([code, err]).toEqual([2, expect.stringContaining('npm run import -- ')]);
  });
});
