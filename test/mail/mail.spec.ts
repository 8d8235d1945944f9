import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { connect } from '../../db/connection';
import type { Knex } from 'knex';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Deliverer } from '../../activities/delivery';
import { setUpMail } from '../../activities/mail';
import shop from '../../machines/shop';
import { loadShop } from '../../shop-file';
import { viewMessage } from '../../machines/views/message';
import { eventually } from '../support/eventually';
import { startSystem, type System } from '../support/system';
import { startMailServer, type MailServer } from './mail-server';

interface Listed {
  id: string;
  kind: string;
  status: string;
  why: string | null;
  attempts: number;
  sentAt: string | null;
}

/** Passes each row to a deliverer that is made when the database is there. */
function later(): { deliverer: Deliverer; is: (made: Deliverer) => void } {
  let made: Deliverer | undefined;
  const ready = async () => (await eventually(async () => made, Boolean)) as Deliverer;
  return {
    deliverer: {
      deliver: async (row) => (await ready()).deliver(row),
      giveUp: async (row, why) => (await ready()).giveUp(row, why),
    },
    is: (deliverer) => (made = deliverer),
  };
}

const set = { view: viewMessage, from: 'Mug Shop <orders@mugs.example>', shopFile: undefined };
const mailOf = (knex: Knex, smtpUrl: string | undefined) =>
  setUpMail({ ...set, knex, smtpUrl, kinds: shop.messages });

async function startWithMail(smtpUrl: string | undefined): Promise<System> {
  const message = later();
  const system = await startSystem({ deliverers: { message: message.deliverer } });
  message.is(await mailOf(system.database.knex, smtpUrl));
  return system;
}

function desk(system: System) {
  const messages = async (number: string): Promise<Listed[]> =>
    (await system.get(`/v1/orders/${number}/messages`)).body.messages as Listed[];
  return {
    messages,
    settled: (number: string, count = 1, statuses = ['sent', 'not sent', 'failed']) =>
      eventually(
        () => messages(number),
        (all) => all.length === count && all.every(({ status }) => statuses.includes(status)),
      ),
    place: async (email: string, changes: object = {}) =>
      (await system.placed({ customer: { email, name: 'Ada <b>Byron</b>' }, ...changes }))
        .number as string,
  };
}

describe('messages to customers, over SMTP', () => {
  let server: MailServer;
  let system: System;
  let at: ReturnType<typeof desk>;
  beforeAll(async () => {
    server = await startMailServer();
    system = await startWithMail(server.url);
    at = desk(system);
  });
  afterAll(async () => {
    await system.stop();
    await server.stop();
  });
  const address = () => `${randomUUID()}@example.com`;

  it('arrive once, with subject, text and HTML, and are kept as they were sent', async () => {
    const email = address();
    const number = await at.place(email);
    const [listed] = await at.settled(number);
    expect(listed).toMatchObject({
      ...{ kind: 'order-placed', status: 'sent', to: email, attempts: 1, why: null },
      ...{ subject: `Your order ${number}`, messageId: `<${listed?.id}@mugs.example>` },
    });
    const [mail, ...others] = server.to(email);
    expect(others).toEqual([]);
    expect(mail).toMatchObject({
      subject: `Your order ${number}`,
      messageId: `<${listed?.id}@mugs.example>`,
      from: { text: '"Mug Shop" <orders@mugs.example>' },
    });
    expect(mail?.headers.get('auto-submitted')).toBe('auto-generated');
    const { body } = await system.get(`/v1/orders/${number}/messages/${listed?.id}`);
    expect(mail?.text?.trim()).toBe((body.text as string).trim());
    expect((mail?.html as string).trim()).toBe((body.html as string).trim());
    expect(body.text).toContain('3 × Mug: 36.00 GBP');
    expect(body.text).toContain('Total: 41.00 GBP (of which tax 7.00 GBP)');
    expect(body.text).toContain('Hello Ada <b>Byron</b>,');
    expect(body.html).toContain('Ada &lt;b&gt;Byron&lt;/b&gt;');
    expect(body.html).not.toContain('<b>Byron');
  });

  it('of a parcel name its units, carrier and tracking number', async () => {
    const email = address();
    const number = await at.place(email);
    await system.command(number, { type: 'take-payment' });
    await system.command(number, {
      ...{ type: 'record-shipping-event', event: 'Shipped', lines: [{ id: 'A', quantity: 2 }] },
      tracking: { carrier: 'dhl', number: 'T&1' },
    });
    await at.settled(number, 2);
    const mail = server.to(email).find(({ subject }) => subject?.includes('on its way'));
    expect(mail?.text).toContain('2 × Mug');
    expect(mail?.text).toContain('Tracking number: T&1 (DHL)');
    expect(mail?.text).toContain('tracking-id=T%261');
    expect(mail?.html).toContain('T&amp;1');
  });

  it('wait while the mail server is down, and are sent when it is back', async () => {
    const email = address();
    await server.stop();
    const number = await at.place(email);
    const [waiting] = await eventually(
      () => at.messages(number),
      ([first]) => first?.why !== null && first !== undefined,
    );
    expect(waiting).toMatchObject({
      status: 'waiting',
      why: expect.stringMatching(/ECONNREFUSED/),
    });
    await server.start();
    const [sent] = await at.settled(number);
    expect(sent?.attempts).toBeGreaterThan(1);
    expect(server.to(email)).toHaveLength(1);
  });

  it('are tried again after a temporary refusal', async () => {
    const email = address();
    server.refuse({ code: 451, says: 'Greylisted, come again' });
    const number = await at.place(email);
    const [sent] = await at.settled(number);
    expect(sent).toMatchObject({ status: 'sent', attempts: 2, why: null });
    expect(server.to(email)).toHaveLength(1);
  });

  it('that are refused for good are failed, and somebody is asked to look', async () => {
    const email = address();
    server.refuse({ code: 550, says: 'No such mailbox' });
    const number = await at.place(email);
    const [failed] = await at.settled(number);
    expect(failed).toMatchObject({
      ...{ status: 'failed', attempts: 1, why: '550 No such mailbox', sentAt: null },
    });
    const order = await eventually(
      async () => (await system.get(`/v1/orders/${number}`)).body,
      (body) => body.needsAttention as boolean,
    );
    expect(order.attention).toMatchObject([{ reason: 'message-failed' }]);
    expect(server.to(email)).toEqual([]);
  });

  it('are sent again when somebody asks, and not when nobody says again', async () => {
    const email = address();
    const number = await at.place(email);
    await at.settled(number);
    const once = await system.command(number, { type: 'send-message', kind: 'order-placed' });
    expect([once.status, once.body.code]).toEqual([409, 'already-sent']);
    const again = { type: 'send-message', kind: 'order-placed', again: true };
    expect((await system.command(number, again)).status).toBe(200);
    const all = await at.settled(number, 2);
    expect(all.map(({ status }) => status)).toEqual(['sent', 'sent']);
    expect(new Set(server.to(email).map(({ messageId }) => messageId)).size).toBe(2);
  });

  it('are no business of storefronts, and not found where they are not', async () => {
    const number = await at.place(address());
    const [message] = await at.settled(number);
    const storefront = await system.keyOf('storefront');
    const path = `/v1/orders/${number}/messages`;
    expect((await system.get(path, { as: storefront })).status).toBe(403);
    expect((await system.get(`/v1/orders/nobody/messages/${message?.id}`)).status).toBe(404);
    expect((await system.get(`${path}/${randomUUID()}`)).status).toBe(404);
  });
});

describe('messages without a mail server', () => {
  it('are written, kept and shown as not sent; a server that comes later sends none of them', async () => {
    const message = later();
    const system = await startSystem({ deliverers: { message: message.deliverer } });
    message.is(await mailOf(system.database.knex, undefined));
    const at = desk(system);
    const number = await at.place('ada@example.com');
    const [kept] = await at.settled(number);
    expect(kept).toMatchObject({
      ...{ status: 'not sent', attempts: 0, why: 'SMTP_URL was not set when it was written.' },
    });
    const { body } = await system.get(`/v1/orders/${number}/messages/${kept?.id}`);
    expect(body.text).toContain('Total: 41.00 GBP');

    const server = await startMailServer();
    message.is(await mailOf(system.database.knex, server.url));
    const again = { type: 'send-message', kind: 'order-placed', again: true };
    await system.command(number, again);
    const all = await at.settled(number, 2);
    expect(all.map(({ status }) => status)).toEqual(['not sent', 'sent']);
    expect(server.mails).toHaveLength(1);
    await system.stop();
    await server.stop();
  });
});

describe('the set-up of messages', () => {
  const knex = connect('postgres://nowhere', { min: 0, max: 1, applicationName: 'test' });
  afterAll(() => knex.destroy());

  it('says which templates are missing', async () => {
    const setUp = setUpMail({ ...set, knex, smtpUrl: undefined, kinds: ['love-letter'] });
    await expect(setUp).rejects.toThrow(
      "The message love-letter has no subject.txt: write it as messages/love-letter/subject.txt beside the shop's table.",
    );
  });

  const shops = [
    'bookshop.ts',
    ...['digital', 'dropship', 'manual'].map((n) => `shops/${n}/shop.ts`),
  ];

  it.each(shops)('of examples/%s is complete, with templates of its own', async (file) => {
    const shopFile = path.resolve(__dirname, '../../examples', file);
    const { messages: kinds } = await loadShop(shopFile);
    const made = setUpMail({ ...set, knex, smtpUrl: undefined, shopFile, kinds });
    await expect(made).resolves.toBeDefined();
  });
});
