import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { shownError } from '../../api/http/log';
import { eventually } from '../support/eventually';
import { anOrder, startSystem, type System } from '../support/system';

let system: System;
beforeAll(async () => {
  system = await startSystem();
});
afterAll(() => system.stop());

describe('the log', () => {
  it('has every request by its path, and nobody in it', async () => {
    await system.placed();
    await system.post('/v1/orders', {
      ...anOrder(),
      customer: { email: 'grace@example', colour: 1 },
    });
    await system.get('/v1/orders?customer=ada');
    await system.get('/v1/nothing?token=secret');
    await system.get('/docs/assets/swagger-ui.css');
    await system.get('/healthz');
    // A request is logged when its connection has sent the answer, perhaps after it has arrived.
    const paths = await eventually(
      async () => system.logged.flatMap((line) => JSON.parse(line).req?.path ?? []),
      ({ length }) => length >= 6,
    );
    expect(paths.sort()).toEqual([
      ...['/docs/assets/swagger-ui.css', '/v1/nothing', '/v1/orders', '/v1/orders', '/v1/orders'],
      '/v1/stock/MUG-1',
    ]);
    const text = system.logged.join('');
    expect(text).not.toMatch(/\bada\b|grace|Leeds|tok_ok|secret/i);
    expect(text).not.toContain(system.adminKey);
  });

  it('says what went wrong without what it went wrong with', async () => {
    await system.database.knex.raw('alter table stock_records rename to elsewhere');
    const reply = await system.get('/v1/stock?sku=ada%40example.com');
    await system.database.knex.raw('alter table elsewhere rename to stock_records');
    expect(reply).toMatchObject({ status: 500, body: { code: 'internal' } });
    expect(JSON.stringify(reply.body)).not.toMatch(/stock_records|select/);
    const [line] = system.logged.filter((each) => each.includes('request failed'));
    const { err, req, level } = JSON.parse(line as string);
    expect(level).toBe(50);
    expect(err).toMatchObject({ code: '42P01', message: 'relation "…" does not exist' });
    expect(err.stack).toMatch(/^\s+at /);
    expect(req.id).toBe(reply.body.requestId);
    expect(line).not.toMatch(/ada@|ada%|select /);
  });
});

describe('an error as it is logged', () => {
  it('has lost its statement, its values and what PostgreSQL quotes', () => {
    const error = Object.assign(
      new Error(`insert into x values ('ada@example.com') - invalid input syntax: "Ada"`),
      { code: '22P02', detail: 'Failing row contains (Ada)' },
    );
    const shown = shownError(error);
    expect(shown).toMatchObject({
      type: 'Error',
      code: '22P02',
      message: 'invalid input syntax: "…"',
    });
    expect(JSON.stringify(shown)).not.toMatch(/ada@|Failing/i);
    expect(shownError('text')).toEqual({ type: 'string' });
  });
});
