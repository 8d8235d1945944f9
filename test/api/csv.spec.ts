import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fillOrders } from '../../scripts/million/fill';
import { eventually } from '../support/eventually';
import { aLine, startSystem, type System } from '../support/system';

const MANY = 20_000;
let system: System;
beforeAll(async () => {
  system = await startSystem();
  await fillOrders(system.database.knex, { orders: MANY, until: '2026-11-23T18:00:00Z' });
}, 300_000);
afterAll(() => system.stop());

/** Reads CSV as RFC 4180 has it: records end with CRLF, a quote in a quoted cell is doubled. */
function parse(text: string): Record<string, string>[] {
  const records: string[][] = [[]];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy;
  let end = 0;
  for (let found = cell.exec(text); found; found = cell.exec(text)) {
    const [, quoted, plain = '', separator] = found;
    records.at(-1)?.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (separator === '\r\n') records.push([]);
    end = cell.lastIndex;
  }
  expect(end).toBe(text.length);
  const [names = [], ...rows] = records.slice(0, -1);
  return rows.map((row) => {
    expect(row).toHaveLength(names.length);
    return Object.fromEntries(names.map((name, index) => [name, row[index] ?? '']));
  });
}

describe('the export of orders as CSV', () => {
  it('has exactly what is filtered, of 20,000 orders, parsed back', async () => {
    const { status, headers, body } = await system.get('/v1/orders.csv');
    expect([status, headers.get('content-type')]).toEqual([
      200,
      'text/csv; charset=utf-8; header=present',
    ]);
    const rows = parse(body);
    expect(new Set(rows.map(({ number }) => number)).size).toBe(MANY);
    const dates = rows.map((row) => row.placed_at ?? '');
    expect(dates).toEqual([...dates].sort().reverse());
    // Each amount is what the database has, in the digits of its currency.
    const { rows: sums } = await system.database.knex.raw(
      `select currency, count(*)::integer as count, sum(total_incl_tax)::bigint as total from orders group by 1`,
    );
    for (const { currency, count, total } of sums) {
      const own = rows.filter((row) => row.currency === currency);
      const digits = { JPY: 0, KWD: 3 }[currency as string] ?? 2;
      for (const row of own) expect(row.total_incl_tax?.split('.')[1]?.length ?? 0).toBe(digits);
      const minor = own.map((row) => Number((row.total_incl_tax ?? '').replace('.', '')));
      expect([own.length, minor.reduce((sum, each) => sum + each, 0)]).toEqual([count, total]);
    }
    const [row] = parse((await system.get('/v1/orders.csv?number=2000001')).body);
    const { orders } = (await system.get('/v1/orders?number=2000001')).body;
    expect(row).toMatchObject({
      number: '2000001',
      status: orders[0].status,
      units: `${orders[0].units}`,
    });

    const filtered = parse((await system.get('/v1/orders.csv?status=Cancelled&currency=EUR')).body);
    const { rows: counted } = await system.database.knex.raw(
      `select count(*)::integer as count from orders where status = 'Cancelled' and currency = 'EUR'`,
    );
    expect(filtered).toHaveLength(counted[0].count);
    expect(new Set(filtered.map((each) => `${each.status} ${each.currency}`))).toEqual(
      new Set(['Cancelled EUR']),
    );
  });

  it('has a row for each line when it is asked for', async () => {
    const rows = parse((await system.get('/v1/orders.csv?rows=lines&shipping=in%20progress')).body);
    const { rows: lines } = await system.database.knex.raw(
      `select l.order_number || ' ' || l.line_id as line, l.sku, l.quantity from order_lines as l
       join orders as o on o.number = l.order_number where o.facet[3] = 'in progress'
       order by o.placed_at desc, o.number, l.position`,
    );
    expect(rows.map((row) => [`${row.number} ${row.line}`, row.sku, Number(row.quantity)])).toEqual(
      lines.map((each: { line: string; sku: string; quantity: number }) => [
        each.line,
        each.sku,
        each.quantity,
      ]),
    );
  });

  it('keeps text as it is, and lets no text become a formula', async () => {
    const name = `=HYPERLINK("http://x"),"Ann"\nNext`;
    await system.placed({
      ...{ number: 'CSV-1', customer: { name, email: '+ann@example.com' } },
      lines: [
        aLine({ title: '@SUM(A1)', quantity: 1 }),
        aLine({ id: 'B', title: 'Björk, "live" 東京' }),
      ],
    });
    const [order] = parse((await system.get('/v1/orders.csv?number=CSV-1')).body);
    expect(order).toMatchObject({ customer_name: `'${name}`, customer_email: "'+ann@example.com" });
    const lines = parse((await system.get('/v1/orders.csv?number=CSV-1&rows=lines')).body);
    expect(lines.map(({ title }) => title)).toEqual(["'@SUM(A1)", 'Björk, "live" 東京']);
    expect((await system.get('/v1/orders.csv?number=CSV-1&bom=true')).body).toMatch(
      /^\ufeff?number,/,
    );
  });

  it('shows a partner its own lines and no money', async () => {
    const as = await system.keyOf('partner', 'acme');
    const rows = parse((await system.get('/v1/orders.csv?rows=lines', { as })).body);
    expect(rows.length).toBeGreaterThan(100);
    expect(new Set(rows.map(({ partner }) => partner))).toEqual(new Set(['acme']));
    expect(
      Object.keys(rows[0] ?? {}).filter((name) => /price|total|customer|captured/.test(name)),
    ).toEqual([]);
    const refused = await system.get('/v1/orders.csv?customer=ann', { as });
    expect(refused).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    const storefront = await system.keyOf('storefront');
    expect((await system.get('/v1/orders.csv', { as: storefront })).status).toBe(403);
  });

  it('goes no further when its reader leaves', async () => {
    const leaving = new AbortController();
    const response = await fetch(`${system.url}/v1/orders.csv?rows=lines`, {
      headers: { authorization: `Bearer ${system.adminKey}` },
      signal: leaving.signal,
    });
    const reader = response.body?.getReader();
    await reader?.read();
    leaving.abort();
    const stillReading = async () => {
      const { rows } = await system.database.knex.raw(
        `select query from pg_stat_activity where datname = current_database() and state <> 'idle'
           and pid <> pg_backend_pid() and query ilike '%order_lines%'`,
      );
      return rows.length as number;
    };
    expect(await eventually(stillReading, (count) => count === 0)).toBe(0);
    expect(system.logged.filter((line) => line.includes('export broke off'))).toEqual([]);
  });
});
