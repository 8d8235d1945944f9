import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { webhookTypes } from '../../machines/webhooks/telling';
import { eventually } from '../support/eventually';
import { withKey } from '../support/system';
import { startWebhooks, type Webhooks } from '../support/webhooks';

let hooks: Webhooks;
beforeAll(async () => {
  hooks = await startWebhooks();
});
afterAll(() => hooks.stop());

const url = 'https://93.184.215.14/hooks';
const isDelivered = (all: readonly { status: string }[]) =>
  all.length > 0 && all.every(({ status }) => status === 'delivered');

describe('an endpoint', () => {
  it('is made, listed, changed, paused, resumed and removed', async () => {
    const { system } = hooks;
    const made = await system.post('/v1/webhooks', { url, events: ['order.placed'] });
    const { secret, ...shown } = made.body;
    expect([made.status, shown]).toEqual([
      201,
      expect.objectContaining({ url, events: ['order.placed'], status: 'active', why: null }),
    ]);
    const at = `/v1/webhooks/${shown.id}`;
    expect((await system.get(at)).body).toEqual(shown);
    expect((await system.get('/v1/webhooks')).body.webhooks).toContainEqual(shown);
    const changed = await system.put(at, { url, description: 'The ERP' });
    expect(changed.body).toMatchObject({ description: 'The ERP', events: [] });
    const paused = await system.post(`${at}/pause`, { why: 'Moving house' });
    expect(paused.body).toMatchObject({ status: 'paused', why: 'Moving house' });
    expect((await system.post(`${at}/pause`)).body).toMatchObject({ why: 'Moving house' });
    const resumed = await system.post(`${at}/resume`);
    expect(resumed.body).toMatchObject({ status: 'active', why: null });
    expect((await system.post(`${at}/resume`)).body.status).toBe('active');
    expect((await system.delete(at)).status).toBe(204);
    const gone = await Promise.all([
      system.get(at),
      system.delete(at),
      system.put(at, { url }),
      ...['pause', 'resume', 'secret', 'test'].map((what) => system.post(`${at}/${what}`)),
      system.get(`${at}/deliveries`),
      system.post(`${at}/redeliveries`, { order: 'X' }),
    ]);
    expect(gone.map(({ status }) => status)).toEqual(gone.map(() => 404));
    expect(secret).toMatch(/^whsec_/);
  });

  it('is told of types that there are, at an address that others could be told at too', async () => {
    const refused = async (terms: object) => {
      const { status, body } = await hooks.system.post('/v1/webhooks', terms);
      return [status, body.errors?.[0]?.pointer, body.errors?.[0]?.detail];
    };
    const eaten = await refused({ url, events: ['order.eaten'] });
    expect(eaten.slice(0, 2)).toEqual([422, '/events/0']);
    expect(await refused({ url: 'http://93.184.215.14/' })).toEqual([
      422,
      '/url',
      'An address begins with https://, where ALLOWED_ADDRESSES does not name it.',
    ]);
    expect((await refused({ url: 'ftp://93.184.215.14/' })).slice(0, 2)).toEqual([422, '/url']);
    for (const host of [
      '10.0.0.1',
      '169.254.169.254',
      '[::1]',
      '[::ffff:10.0.0.1]',
      '100.64.0.1',
    ]) {
      const [status, pointer, detail] = await refused({ url: `https://${host}/` });
      expect([host, status, pointer, detail]).toEqual([
        host,
        422,
        '/url',
        expect.stringContaining('ALLOWED_ADDRESSES has to name it'),
      ]);
    }
    const types = await hooks.system.get('/v1/webhooks/types');
    expect(types.body.types.map(({ type }: { type: string }) => type)).toEqual(
      Object.keys(webhookTypes),
    );
  });

  it('is the business of admins; clerks and viewers look, others see nothing', async () => {
    const { id } = await hooks.endpoint(['order.held']);
    for (const [role, seen] of [
      ['clerk', 200],
      ['viewer', 200],
      ['storefront', 403],
      ['partner', 403],
    ] as const) {
      const as = { as: await hooks.system.keyOf(role, role === 'partner' ? 'acme' : undefined) };
      const looked = await Promise.all(
        ['', '/types', `/${id}`, `/${id}/deliveries`].map((path) =>
          hooks.system.get(`/v1/webhooks${path}`, as),
        ),
      );
      expect([role, looked.map(({ status }) => status)]).toEqual([role, looked.map(() => seen)]);
      const done = await Promise.all([
        hooks.system.post('/v1/webhooks', { url }, as),
        hooks.system.put(`/v1/webhooks/${id}`, { url }, as),
        hooks.system.delete(`/v1/webhooks/${id}`, as),
        ...['pause', 'resume', 'secret', 'test', 'redeliveries'].map((what) =>
          hooks.system.post(`/v1/webhooks/${id}/${what}`, {}, as),
        ),
      ]);
      expect([role, done.map(({ status }) => status)]).toEqual([role, done.map(() => 403)]);
    }
  });
});

describe('a secret', () => {
  it('is shown once: not again, not in the log, not in the database, not in Temporal', async () => {
    const { system } = hooks;
    const key = withKey(randomUUID());
    const made = await system.post('/v1/webhooks', { url: hooks.receiver.url }, key);
    const again = await system.post('/v1/webhooks', { url: hooks.receiver.url }, key);
    expect(again.body).toEqual({ ...made.body, secret: null });
    const { id, secret: first } = made.body;
    const rotated = await system.post(`/v1/webhooks/${id}/secret`, {}, withKey(randomUUID()));
    const { number } = await system.placed();
    const [delivery] = (await hooks.log(
      id,
      (all) => isDelivered(all) && all.length > 1,
    )) as unknown as { id: string }[];
    await hooks.receiver.arrived(number, 'order.placed');
    const { rows } = await system.database.knex.raw<{ rows: { whole: string }[] }>(
      `select database_to_xml(true, false, '')::text as whole`,
    );
    const history = await system.historyOf(`delivery-${delivery?.id}`);
    const answers = await Promise.all(
      ['', `/${id}`, `/${id}/deliveries`, `/${id}/deliveries/${delivery?.id}`].map((path) =>
        system.get(`/v1/webhooks${path}`),
      ),
    );
    const everywhere = [
      ...rows.map(({ whole }) => whole),
      ...[history, JSON.stringify(answers), system.logged.join('\n')],
    ].join('\n');
    expect(everywhere).toContain(id);
    expect(history).toContain('order.placed');
    for (const secret of [first, rotated.body.secret] as string[]) {
      const bare = secret.replace('whsec_', '');
      expect(everywhere).not.toContain(bare);
      expect(everywhere).not.toContain(Buffer.from(bare).toString('base64').replaceAll('=', ''));
    }
    await system.delete(`/v1/webhooks/${id}`);
  });
});

describe('deliveries', () => {
  it('are found by order, type and status', async () => {
    const { id } = await hooks.endpoint(['order.placed', 'order.held']);
    const { number } = await hooks.system.placed();
    await hooks.system.placed();
    await hooks.system.command(number, { type: 'hold', reason: 'Ask first' });
    await hooks.log(id, (all) => isDelivered(all) && all.length === 3);
    const types = async (query: string) =>
      (await hooks.deliveries(id, query)).map(({ type }: { type: string }) => type);
    expect(await types(`order=${number}`)).toEqual(['order.held', 'order.placed']);
    expect(await types('type=order.held&status=delivered')).toEqual(['order.held']);
    expect(await types('status=failed')).toEqual([]);
    const first = await hooks.system.get(`/v1/webhooks/${id}/deliveries?limit=2`);
    const next = /<(.*)>; rel="next"/.exec(first.headers.get('link') ?? '')?.[1] as string;
    const second = await hooks.system.get(next);
    expect([first.body.deliveries.length, second.body.deliveries.length]).toEqual([2, 1]);
    await hooks.system.delete(`/v1/webhooks/${id}`);
  });

  it('are sent again one by one, or a range: the same id and bytes, so that a receiver knows them', async () => {
    const { id } = await hooks.endpoint();
    const { number } = await hooks.system.placed();
    await hooks.pay(number);
    const log = (await hooks.log(id, (all) => isDelivered(all) && all.length === 5)) as unknown as {
      id: string;
      sequence: number;
      createdAt: string;
    }[];
    const sentOnce = hooks.receiver.about(number);
    const [newest] = log;
    const one = await hooks.system.post(`/v1/webhooks/${id}/deliveries/${newest?.id}/redeliveries`);
    expect([one.status, one.body]).toEqual([202, { found: 1, sent: 1 }]);
    await eventually(
      async () => hooks.receiver.about(number),
      (all) => all.length === 6,
    );

    const range = { order: number, fromSequence: 2, untilSequence: 4 };
    const at = `/v1/webhooks/${id}/redeliveries`;
    const preview = await hooks.system.post(`${at}?preview=true`, range);
    expect([preview.status, preview.body]).toEqual([200, { found: 3, sent: 0 }]);
    const sent = await hooks.system.post(at, range);
    expect([sent.status, sent.body]).toEqual([202, { found: 3, sent: 3 }]);
    const all = await eventually(
      async () => hooks.receiver.about(number),
      (arrivals) => arrivals.length === 9,
    );
    const again = all.slice(6);
    expect(again.map(({ body }) => body.sequence).toSorted()).toEqual([2, 3, 4]);
    for (const each of all.slice(5)) {
      const before = sentOnce.find(({ body }) => body.id === each.body.id);
      expect([each.raw, each.headers['webhook-id']]).toEqual([before?.raw, before?.body.id]);
    }
    const times = await hooks.system.post(`${at}?preview=true`, {
      from: log.at(-1)?.createdAt,
      until: '2999-01-01T00:00:00Z',
    });
    expect(times.body).toEqual({ found: 5, sent: 0 });
    expect((await hooks.system.post(at, {})).status).toBe(422);
    expect((await hooks.system.post(at, { fromSequence: 1 })).status).toBe(422);
    await hooks.log(id, isDelivered);
    await hooks.system.delete(`/v1/webhooks/${id}`);
  });

  it('that wait for their next attempt are sent at once when somebody says so, and by nobody else', async () => {
    const { id } = await hooks.endpoint(['order.placed']);
    hooks.receiver.answer(() => ({ status: 503, headers: { 'retry-after': '4' } }));
    const { number } = await hooks.system.placed();
    const [waiting] = (await hooks.log(id, ([first]) => first?.attempts === 1)) as unknown as [
      { id: string },
    ];
    await hooks.receiver.arrived(number, 'order.placed');
    hooks.receiver.isWell();
    await hooks.system.post(`/v1/webhooks/${id}/deliveries/${waiting.id}/redeliveries`);
    await hooks.log(id, isDelivered);
    const first = hooks.system.workflow(`delivery-${waiting.id}`);
    expect(await first.result()).toBe('done: It is sent by another delivery, which took it over.');
    expect(hooks.receiver.about(number)).toHaveLength(2);
    await hooks.system.delete(`/v1/webhooks/${id}`);
  });

  it('that were given up are a task, which is over once they are delivered', async () => {
    const { id } = await hooks.endpoint(['order.placed']);
    hooks.receiver.answer(() => ({ status: 500 }));
    const { number } = await hooks.system.placed();
    await hooks.log(id, ([first]) => first?.status === 'failed');
    const tasks = async (state: string) =>
      (await hooks.system.get(`/v1/tasks?reason=delivery-failed&state=${state}`)).body.tasks;
    const [task] = await tasks('open');
    expect(task).toMatchObject({ about: id, text: expect.stringContaining(number) });
    hooks.receiver.isWell();
    const sent = await hooks.system.post(`/v1/webhooks/${id}/redeliveries`, { status: ['failed'] });
    expect(sent.body).toEqual({ found: 1, sent: 1 });
    await hooks.log(id, isDelivered);
    await eventually(
      () => tasks('closed'),
      (all) => all.length === 1,
    );
    await hooks.system.delete(`/v1/webhooks/${id}`);
  });
});

describe('a ping', () => {
  it('goes the way of every webhook, and shows in the log what came of it', async () => {
    const { id, secret } = await hooks.endpoint(['order.placed']);
    const pinged = await hooks.system.post(`/v1/webhooks/${id}/test`);
    expect(pinged.status).toBe(202);
    const [delivery] = await hooks.log(id, isDelivered);
    expect(delivery).toMatchObject({ id: pinged.body.delivery, type: 'ping', order: null });
    expect(secret).toMatch(/^whsec_/);

    hooks.receiver.answer(() => ({ status: 404, body: 'Not here' }));
    const lost = await hooks.system.post(`/v1/webhooks/${id}/test`);
    await hooks.log(id, ([first]) => first?.status === 'failed');
    const { body } = await hooks.system.get(`/v1/webhooks/${id}/deliveries/${lost.body.delivery}`);
    expect(body).toMatchObject({ attempts: 1, log: [{ status: 404, excerpt: 'Not here' }] });
    hooks.receiver.isWell();
    await hooks.system.delete(`/v1/webhooks/${id}`);
  });
});
