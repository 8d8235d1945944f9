import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { raiseHouseTask } from '../../db/tasks/house';
import { stopEndpoint } from '../../db/webhooks/endpoints';
import { webhookTypes } from '../../machines/webhooks/telling';
import { CALLBACK_SECRET } from '../gateway/running-gateway';
import { anOrder, startSystem, withKey, type Reply, type System } from '../support/system';
import { partnerOnTheLine, type PartnerOnTheLine } from '../support/partner-on-the-line';
import { asUser, signInAs, tokenIn } from '../support/users';
import { differences, operationsOf, type OpenApi } from './documented';
import { readStream } from './read-stream';

let system: System;
let api: OpenApi;
let number: string;
let batch: string;
let webhook: string;
let stopped: string;
let savedView: { readonly id: string; readonly name: string };
let folder: string;
let acme: PartnerOnTheLine;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'conveyor-exchange-'));
  system = await startSystem({ isTold: true, letters: { exchangeDir: folder } });
  api = (await system.get('/openapi.json')).body;
  ({ number } = await system.placed());
  await system.command(number, { type: 'add-note', text: 'Hello' }, withKey('note-1'));
  batch = (await system.post('/v1/batches', aBatch())).body.batch.id;
  savedView = (await system.post('/v1/views', { name: 'Saved', search: { hold: 'true' } })).body;
  const hooks = { url: 'https://93.184.215.14/hooks' };
  webhook = (await system.post('/v1/webhooks', hooks)).body.id;
  stopped = (await system.post('/v1/webhooks', hooks)).body.id;
  await stopEndpoint(system.database.knex, stopped, 'It answered 410.');
  acme = await partnerOnTheLine(system, { code: 'acme' });
  await system.put('/v1/partners/files', inFolders);
  await system.put('/v1/stock/GONE', { inStock: 1 });
  await system.put('/v1/credit/GIFT', { currency: 'GBP', holder: 'Ada' });
  await system.placed({ number: 'SHIPPED' });
  await system.command('SHIPPED', { type: 'take-payment' });
  await system.command('SHIPPED', { type: 'record-shipping-event', event: 'Shipped' });
});
afterAll(async () => {
  await system.stop();
  await rm(folder, { recursive: true });
});

const missing = 'no-such-order';
const aBatch = () => ({ numbers: [number], command: { type: 'add-note', text: 'Recalled.' } });

const aView = { name: 'Big ones', shared: true, search: { totalFrom: '50000' } };
const invite = (email: string) =>
  system.post('/v1/users', { email, name: 'A user', role: 'viewer' });
/** Somebody who signed in, as often as they are asked to. */
const signedIn = () => signInAs(system, { email: 'grace@example.com', name: 'Grace' });

const files = { kind: 'folder', path: 'files/in' };
const inFolders = {
  name: 'Files',
  transport: files,
  feed: { ...files, path: 'files/out', everySeconds: 3600 },
};

/** The id of a letter that a partner was sent. */
const tested = async () => (await system.post('/v1/partners/files/test')).body.id;

/** The id of a message that its order could not take yet. */
async function said(): Promise<string> {
  const message = acme.said('shipped', missing);
  await acme.say(message);
  return message.id;
}

/** News of an order that nobody knows, signed with this secret. */
function toldBySandbox(secret: string): Promise<Reply> {
  const id = 'evt_1';
  const movement = { kind: 'capture', outcome: 'moved', key: 'k', order: missing, amount: 1 };
  const of = { reference: 'r', authorisation: 'a', currency: 'GBP', at: '2026-11-23T10:00:00Z' };
  const body = JSON.stringify({ id, ...movement, ...of });
  const at = new Date();
  const headers = {
    ...{ 'webhook-id': id, 'webhook-timestamp': String(Math.floor(at.getTime() / 1000)) },
    'webhook-signature': new Webhook(secret).sign(id, at, body),
  };
  return system.post('/v1/gateways/sandbox/callbacks', body, { headers });
}

/** The id of a task that is about no order. */
async function houseTask(): Promise<string> {
  const { knex } = system.database;
  await raiseHouseTask(knex, { reason: 'feed-failing', about: 'partner acme', text: 'It fails.' });
  const [task] = await knex<{ id: string }>('house_tasks').select('id');
  return task?.id ?? '';
}

type Call = readonly [status: number, reply: Promise<Reply>];

/** How each operation is called so that it answers well first, and then otherwise. */
const calls: Record<string, () => readonly Call[]> = {
  placeOrder: () => [
    [201, system.post('/v1/orders', anOrder())],
    [200, system.post('/v1/orders', anOrder({ number }))],
    [409, system.post('/v1/orders', anOrder({ number, source: 'elsewhere' }))],
    [402, system.post('/v1/orders', anOrder({ token: 'tok_declined' }))],
    [422, system.post('/v1/orders', { number: 7 })],
    [422, system.post('/v1/orders', anOrder({ lines: [] }))],
    [400, system.post('/v1/orders', '{')],
    [415, system.post('/v1/orders', '<order/>', { headers: { 'content-type': 'text/xml' } })],
    [413, system.post('/v1/orders', anOrder({ source: 'x'.repeat(1_100_000) }))],
  ],
  listOrders: () => [
    [200, system.get('/v1/orders?limit=1&status=Pending,Complete&sort=oldest&hold=false')],
    [422, system.get('/v1/orders?limit=0')],
    [422, system.get('/v1/orders?cursor=zzz')],
  ],
  listViews: () => [[200, system.get('/v1/views')]],
  saveView: () => [
    [201, system.post('/v1/views', aView)],
    [409, system.post('/v1/views', { ...aView, name: savedView.name })],
    [422, system.post('/v1/views', { name: 'Odd', search: { colour: 'red' } })],
  ],
  changeView: () => [
    [200, system.put(`/v1/views/${savedView.id}`, { name: savedView.name, search: {} })],
    [404, system.put('/v1/views/odd', aView)],
  ],
  removeView: () => [
    [204, system.delete(`/v1/views/${savedView.id}`)],
    [404, system.delete('/v1/views/odd')],
  ],
  exportOrders: () => [
    [200, system.get('/v1/orders.csv?rows=lines&status=Pending')],
    [422, system.get('/v1/orders.csv?rows=pages')],
  ],
  getStatistics: () => [
    [200, system.get('/v1/statistics?from=2026-11-01&to=2026-12-01&by=week&zone=Europe/London')],
    [422, system.get('/v1/statistics?from=2026-11-01&to=2028-12-01')],
    [422, system.get('/v1/statistics?from=2026-11-01&to=2026-12-01&zone=Nowhere')],
  ],
  getOrder: () => [
    [200, system.get(`/v1/orders/${number}`)],
    [200, system.get(`/v1/orders/${number}?at=1`)],
    [404, system.get(`/v1/orders/${missing}`)],
  ],
  listActions: () => [
    [200, system.get(`/v1/orders/${number}/actions`)],
    [404, system.get(`/v1/orders/${missing}/actions`)],
    [422, system.get(`/v1/orders/${number}/actions?colour=red`)],
  ],
  startBatch: () => [
    [200, system.post('/v1/batches?preview=true', aBatch())],
    [202, system.post('/v1/batches', aBatch())],
    [422, system.post('/v1/batches', { command: { type: 'void' } })],
  ],
  listBatches: () => [
    [200, system.get('/v1/batches')],
    [422, system.get('/v1/batches?colour=red')],
  ],
  getBatch: () => [
    [200, system.get(`/v1/batches/${batch}`)],
    [404, system.get('/v1/batches/odd')],
  ],
  listBatchResults: () => [
    [200, system.get(`/v1/batches/${batch}/results`)],
    [422, system.get(`/v1/batches/${batch}/results?outcome=odd`)],
  ],
  cancelBatch: () => [[200, system.post(`/v1/batches/${batch}/cancel`)]],
  retryBatch: () => [
    [202, system.post(`/v1/batches/${batch}/retry`)],
    [404, system.post('/v1/batches/odd/retry')],
  ],
  listTasks: () => [
    [200, system.get('/v1/tasks?state=all')],
    [422, system.get('/v1/tasks?state=odd')],
  ],
  listTaskReasons: () => [[200, system.get('/v1/task-reasons')]],
  resolveTask: () => [
    [200, houseTask().then((id) => system.post(`/v1/tasks/${id}/resolution`, { note: 'Done.' }))],
    [404, system.post(`/v1/tasks/${randomUUID()}/resolution`, {})],
    [404, system.post('/v1/tasks/t1/resolution', {})],
    [422, system.post(`/v1/tasks/${randomUUID()}/resolution`, { note: '' })],
  ],
  listPickingSlips: () => [
    [200, system.get(`/v1/picking-slips?numbers=${number},${missing}`)],
    [422, system.get('/v1/picking-slips')],
  ],
  getPackingSlip: () => [
    [200, system.get('/v1/orders/SHIPPED/packing-slips/1')],
    [404, system.get(`/v1/orders/${number}/packing-slips/9`)],
  ],
  listEvents: () => [
    [200, system.get(`/v1/orders/${number}/events?limit=2`)],
    [404, system.get(`/v1/orders/${missing}/events`)],
  ],
  streamOrder: () => [
    [200, readStream(system, `/v1/orders/${number}/stream`, 1)],
    [404, system.get(`/v1/orders/${missing}/stream`)],
  ],
  streamOrders: () => [
    [200, readStream(system, '/v1/orders/stream', 1, { 'last-event-id': '0.0' })],
  ],
  sendCommand: () => [
    [200, system.command(number, { type: 'add-note', text: 'Once more' })],
    [200, system.command(number, { type: 'take-payment', amount: 1 }, withKey('take-1'))],
    [200, system.command(number, { type: 'cancel', reason: 'asked' }, { query: 'preview=true' })],
    [409, system.command(number, { type: 'set-status', status: 'Complete' })],
    [422, system.command(number, { type: 'nonsense' })],
    [404, system.command(missing, { type: 'add-note', text: 'Hello' })],
    [412, system.command(number, { type: 'void' }, { headers: { 'if-match': '"1"' } })],
  ],
  getLedger: () => [
    [200, system.get(`/v1/orders/${number}/ledger`)],
    [404, system.get(`/v1/orders/${missing}/ledger`)],
  ],
  tellOfMovement: () => [
    [200, toldBySandbox(CALLBACK_SECRET)],
    [401, toldBySandbox(`whsec_${Buffer.from('another').toString('base64')}`)],
    [404, system.post('/v1/gateways/nowhere/callbacks', {})],
  ],
  listAllMessages: () => [
    [200, system.get('/v1/messages?status=waiting,failed&limit=1')],
    [422, system.get('/v1/messages?status=odd')],
  ],
  listMessages: () => [
    [200, system.get(`/v1/orders/${number}/messages`)],
    [404, system.get(`/v1/orders/${missing}/messages`)],
  ],
  getMessage: () => [
    [
      200,
      system
        .get(`/v1/orders/${number}/messages`)
        .then(({ body }) => system.get(`/v1/orders/${number}/messages/${body.messages[0].id}`)),
    ],
    [404, system.get(`/v1/orders/${number}/messages/00000000-0000-4000-8000-000000000000`)],
  ],
  getCommand: () => [
    [200, system.get(`/v1/orders/${number}/commands/note-1`)],
    [404, system.get(`/v1/orders/${number}/commands/none`)],
  ],
  listStock: () => [[200, system.get('/v1/stock?low=false&limit=1')]],
  getStock: () => [
    [200, system.get('/v1/stock/MUG-1')],
    [404, system.get('/v1/stock/NONE')],
  ],
  setStock: () => [
    [200, system.put('/v1/stock/TEA', { inStock: 3, lowStockThreshold: 5, backorders: true })],
    [422, system.put('/v1/stock/TEA', { inStock: -1 })],
    [422, system.put('/v1/stock/TEA', { inStock: 1, location: 'nowhere' })],
  ],
  adjustStock: () => [
    [200, system.post('/v1/stock/TEA/adjustments', { quantity: 24, note: 'Delivery 4711' })],
    [404, system.post('/v1/stock/NONE/adjustments', { quantity: -1 })],
    [409, system.post('/v1/stock/TEA/adjustments', { quantity: -100 })],
    [422, system.post('/v1/stock/TEA/adjustments', { quantity: 0 })],
  ],
  removeStock: () => [
    [204, system.delete('/v1/stock/GONE')],
    [404, system.delete('/v1/stock/NONE')],
  ],
  listStockAlerts: () => [[200, system.get('/v1/stock-alerts?open=true')]],
  listStockLocations: () => [[200, system.get('/v1/stock-locations')]],
  putStockLocation: () => [
    [200, system.put('/v1/stock-locations/north', { name: 'North', priority: 2 })],
    [422, system.put('/v1/stock-locations/north', { name: 'North' })],
  ],
  listStockChanges: () => [
    [200, system.get('/v1/stock/MUG-1/ledger')],
    [404, system.get('/v1/stock/NONE/ledger')],
  ],
  createGuestLink: () => [
    [200, system.post(`/v1/orders/${number}/guest-link`)],
    [404, system.post(`/v1/orders/${missing}/guest-link`)],
  ],
  followOrder: () => [
    [404, system.get('/v1/guest/x?email=ada@example.com')],
    [422, system.get('/v1/guest/x')],
  ],
  download: () => [[404, system.get('/v1/downloads/x', { as: null })]],
  listVouchers: () => [[200, system.get('/v1/vouchers?limit=1')]],
  getVoucher: () => [[404, system.get('/v1/vouchers/NONE')]],
  setVoucher: () => [
    [200, system.put('/v1/vouchers/SPRING', { uses: 1, until: '2100-01-01T00:00:00Z' })],
    [422, system.put('/v1/vouchers/SPRING', { uses: 0.5 })],
  ],
  openCredit: () => [
    [200, system.put('/v1/credit/GIFT-1', { currency: 'GBP', holder: 'Ada' })],
    [422, system.put('/v1/credit/GIFT-1', { currency: 'pounds', holder: 'Ada' })],
  ],
  grantCredit: () => [
    [200, system.post('/v1/credit/GIFT/grants', { amount: 100, reason: 'Sorry' })],
    [404, system.post('/v1/credit/NONE/grants', { amount: 100, reason: 'Sorry' })],
    [422, system.post('/v1/credit/GIFT/grants', { amount: 0, reason: 'Sorry' })],
  ],
  getCredit: () => [
    [200, system.get('/v1/credit/GIFT')],
    [404, system.get('/v1/credit/NONE')],
  ],
  listCreditEntries: () => [
    [200, system.get('/v1/credit/GIFT/ledger?limit=1')],
    [404, system.get('/v1/credit/NONE/ledger')],
    [422, system.get('/v1/credit/GIFT/ledger?cursor=zzz')],
  ],
  listWebhookTypes: () => [[200, system.get('/v1/webhooks/types')]],
  createWebhook: () => [
    [201, system.post('/v1/webhooks', { url: 'https://93.184.215.14/hooks' })],
    [422, system.post('/v1/webhooks', { url: 'https://10.0.0.1/hooks' })],
  ],
  listWebhooks: () => [
    [200, system.get('/v1/webhooks?limit=1')],
    [422, system.get('/v1/webhooks?cursor=zzz')],
  ],
  getWebhook: () => [
    [200, system.get(`/v1/webhooks/${webhook}`)],
    [404, system.get('/v1/webhooks/none')],
  ],
  changeWebhook: () => [
    [200, system.put(`/v1/webhooks/${webhook}`, { url: 'https://93.184.215.14/other' })],
    [422, system.put(`/v1/webhooks/${webhook}`, {})],
  ],
  pauseWebhook: () => [[200, system.post(`/v1/webhooks/${webhook}/pause`)]],
  resumeWebhook: () => [[200, system.post(`/v1/webhooks/${webhook}/resume`)]],
  rotateWebhookSecret: () => [
    [201, system.post(`/v1/webhooks/${webhook}/secret`, { overlapHours: 0 })],
    [422, system.post(`/v1/webhooks/${webhook}/secret`, { overlapHours: -1 })],
  ],
  testWebhook: () => [
    [202, system.post(`/v1/webhooks/${webhook}/test`)],
    [404, system.post('/v1/webhooks/none/test')],
    [409, system.post(`/v1/webhooks/${stopped}/test`)],
  ],
  listWebhookDeliveries: () => [
    [200, system.get(`/v1/webhooks/${webhook}/deliveries?status=waiting`)],
    [422, system.get(`/v1/webhooks/${webhook}/deliveries?status=odd`)],
  ],
  getWebhookDelivery: () => [
    [
      200,
      system
        .post(`/v1/webhooks/${webhook}/test`)
        .then(({ body }) => system.get(`/v1/webhooks/${webhook}/deliveries/${body.delivery}`)),
    ],
    [404, system.get(`/v1/webhooks/${webhook}/deliveries/${webhook}`)],
  ],
  redeliverWebhook: () => [
    [
      202,
      system
        .post(`/v1/webhooks/${webhook}/test`)
        .then(({ body }) =>
          system.post(`/v1/webhooks/${webhook}/deliveries/${body.delivery}/redeliveries`),
        ),
    ],
    [404, system.post(`/v1/webhooks/${webhook}/deliveries/${webhook}/redeliveries`)],
  ],
  redeliverWebhooks: () => [
    [200, system.post(`/v1/webhooks/${webhook}/redeliveries?preview=true`, { order: number })],
    [202, system.post(`/v1/webhooks/${webhook}/redeliveries`, { order: number })],
    [409, system.post(`/v1/webhooks/${stopped}/redeliveries`, { order: number })],
    [422, system.post(`/v1/webhooks/${webhook}/redeliveries`, {})],
  ],
  removeWebhook: () => [
    [
      204,
      system
        .post('/v1/webhooks', { url: 'https://93.184.215.14/hooks' })
        .then(({ body }) => system.delete(`/v1/webhooks/${body.id}`)),
    ],
    [404, system.delete('/v1/webhooks/none')],
  ],
  getMe: () => [[200, system.get('/v1/me')]],
  signIn: () => [
    [201, signedIn()],
    [401, system.post('/v1/sessions', { email: 'nobody@example.com', password: 'x' })],
    [422, system.post('/v1/sessions', {})],
  ],
  signOut: () => [[204, signedIn().then((who) => system.delete('/v1/session', asUser(who)))]],
  listSessions: () => [
    [200, signedIn().then((who) => system.get('/v1/sessions', asUser(who)))],
    [403, system.get('/v1/sessions')],
  ],
  endSession: () => [
    [404, signedIn().then((who) => system.delete('/v1/sessions/none', asUser(who)))],
    [403, system.delete('/v1/sessions/none')],
  ],
  changeMe: () => [
    [200, signedIn().then((who) => system.put('/v1/me', { name: 'Grace H.' }, asUser(who)))],
    [403, system.put('/v1/me', { name: 'Key' })],
    [422, system.put('/v1/me', { name: '' })],
  ],
  changePassword: () => [
    [
      422,
      signedIn().then((who) =>
        system.put('/v1/me/password', { current: 'x', password: 'another password' }, asUser(who)),
      ),
    ],
    [403, system.put('/v1/me/password', { current: 'x', password: 'another password' })],
  ],
  createSignInLink: () => [[201, system.post('/v1/sign-in-links')]],
  readSignInLink: () => [
    [
      200,
      system
        .post('/v1/sign-in-links')
        .then(({ body }) => system.post('/v1/sign-in-links/read', { link: tokenIn(body) })),
    ],
    [410, system.post('/v1/sign-in-links/read', { link: 'none' })],
  ],
  useSignInLink: () => [
    [410, system.post('/v1/sign-in-links/use', { link: 'none' })],
    [422, system.post('/v1/sign-in-links/use', {})],
  ],
  listUsers: () => [[200, system.get('/v1/users')]],
  inviteUser: () => [
    [201, invite('linus@example.com')],
    [422, system.post('/v1/users', { email: 'no address', name: 'X', role: 'clerk' })],
  ],
  changeUser: () => [
    [
      200,
      invite('mary@example.com').then(({ body: { user } }) =>
        system.put(`/v1/users/${user.id}`, { email: user.email, name: 'Mary', role: 'viewer' }),
      ),
    ],
    [404, system.put('/v1/users/none', { email: 'a@example.com', name: 'A', role: 'viewer' })],
    [422, system.put('/v1/users/none', { name: 'A' })],
  ],
  createPasswordLink: () => [
    [
      201,
      invite('joan@example.com').then(({ body }) => system.post(`/v1/users/${body.user.id}/link`)),
    ],
    [404, system.post('/v1/users/none/link')],
  ],
  getSystem: () => [[200, system.get('/v1/system')]],
  createKey: () => [
    [201, system.post('/v1/keys', { name: 'Window', role: 'storefront' })],
    [422, system.post('/v1/keys', { name: 'Acme', role: 'partner' })],
  ],
  listKeys: () => [[200, system.get('/v1/keys')]],
  rotateKey: () => [
    [201, system.keyId('viewer').then((id) => system.post(`/v1/keys/${id}/rotate`, {}))],
    [404, system.post('/v1/keys/none/rotate', {})],
  ],
  revokeKey: () => [
    [204, system.keyId('viewer').then((id) => system.delete(`/v1/keys/${id}`))],
    [404, system.delete('/v1/keys/none')],
  ],
  getShop: () => [
    [200, system.get('/v1/shop')],
    [422, system.get('/v1/shop?colour=red')],
  ],
  explainShop: () => [
    [200, system.get('/v1/shop/explained')],
    [422, system.get('/v1/shop/explained?colour=red')],
  ],
  getOrderPipeline: () => [
    [200, system.get(`/v1/orders/${number}/pipeline`)],
    [404, system.get(`/v1/orders/${missing}/pipeline`)],
  ],
  isAlive: () => [[200, system.get('/healthz')]],
  isReady: () => [[200, system.get('/readyz')]],
  listPermittedCalls: () => [[200, system.get('/v1/me/calls')]],
  getMetrics: () => [[200, system.get('/metrics')]],
  listPartners: () => [[200, system.get('/v1/partners')]],
  getPartner: () => [
    [200, system.get('/v1/partners/acme')],
    [404, system.get('/v1/partners/none')],
  ],
  putPartner: () => [
    [201, system.put('/v1/partners/new', inFolders)],
    [200, system.put('/v1/partners/files', inFolders)],
    [422, system.put('/v1/partners/files', { name: 'Files' })],
  ],
  rotatePartnerSecret: () => [
    [201, system.post('/v1/partners/files/secret', {})],
    [404, system.post('/v1/partners/none/secret', {})],
    [422, system.post('/v1/partners/files/secret', { overlapHours: -1 })],
  ],
  testPartner: () => [
    [200, system.post('/v1/partners/files/test')],
    [404, system.post('/v1/partners/none/test')],
  ],
  listPartnerMessages: () => [
    [200, system.get('/v1/partners/files/messages?direction=out')],
    [404, system.get('/v1/partners/none/messages')],
    [422, system.get('/v1/partners/files/messages?cursor=zzz')],
  ],
  getPartnerMessage: () => [
    [200, tested().then((id) => system.get(`/v1/partners/files/messages/${id}?direction=out`))],
    [404, system.get(`/v1/partners/files/messages/${webhook}?direction=out`)],
  ],
  redeliverPartnerMessage: () => [
    [202, tested().then((id) => system.post(`/v1/partners/files/messages/${id}/redeliveries`))],
    [404, system.post(`/v1/partners/files/messages/${webhook}/redeliveries`)],
  ],
  retryPartnerMessage: () => [
    [202, said().then((id) => system.post(`/v1/partners/acme/messages/${id}/retry`))],
    [404, system.post('/v1/partners/acme/messages/none/retry')],
  ],
  pickUpMessages: () => [
    [202, system.post('/v1/partners/files/pick-ups')],
    [404, system.post('/v1/partners/acme/pick-ups')],
  ],
  tellOfOrder: () => [
    [202, acme.say(acme.said('shipped', missing))],
    [422, acme.send('{}')],
    [401, system.post('/v1/partners/acme/callbacks', '{}')],
  ],
  getPartnerSchema: () => [
    [200, system.get('/v1/partner-schemas/letter-v1')],
    [404, system.get('/v1/partner-schemas/letter')],
  ],
  getOpenApi: () => [[200, system.get('/openapi.json')]],
};

describe('the OpenAPI document', () => {
  it('has every call, each called here', () => {
    expect(api.openapi).toBe('3.1.0');
    const ids = operationsOf(api).map(({ operationId }) => operationId);
    expect(ids.sort()).toEqual(Object.keys(calls).sort());
  });

  it('has every type of webhook, each with its body', () => {
    const { webhooks } = api as unknown as { webhooks: Record<string, object> };
    expect(Object.keys(webhooks)).toEqual([...Object.keys(webhookTypes), 'ping']);
    expect(webhooks['order.held']).toMatchObject({
      post: {
        requestBody: {
          content: {
            'application/json': { schema: { $ref: '#/components/schemas/OrderHeldWebhook' } },
          },
        },
      },
    });
  });

  it.each(Object.keys(calls))('says how %s answers', async (operationId) => {
    const made = (calls[operationId] as () => readonly Call[])();
    const replies = await Promise.all(made.map(([, reply]) => reply));
    expect(replies.map(({ status }) => status)).toEqual(made.map(([status]) => status));
    expect(replies.flatMap((reply) => differences(api, operationId, reply))).toEqual([]);
  });

  it('says which calls need a key, and they do', async () => {
    for (const { operationId, method, path, security } of operationsOf(api)) {
      const address = path
        .replace('{number}', number)
        .replace('{sku}', 'MUG-1')
        .replace('{code}', 'GIFT')
        .replace('{id}', 'x');
      if (!security) continue;
      const reply = await system.call(method.toUpperCase(), address, undefined, { as: null });
      expect([operationId, reply.status]).toEqual([operationId, 401]);
      expect(differences(api, operationId, reply)).toEqual([]);
      expect(reply.headers.get('www-authenticate')).toMatch(/^Bearer/);
    }
  });

  it('describes every command by the fields that the machine reads', async () => {
    const schemas = api.components.schemas as Record<string, { properties?: object }>;
    expect(Object.keys(schemas.RecordShippingEventCommand?.properties ?? {})).toEqual([
      ...['type', 'event', 'lines', 'reference', 'location', 'tracking', 'notify', 'override'],
    ]);
  });
});

describe('the readable page', () => {
  it('is served with its script and style under a policy that lets it run', async () => {
    const page = await system.get('/docs');
    expect(page.status).toBe(200);
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toContain('upgrade-insecure-requests');
    // The policy forbids scripts that are written into the page.
    expect(page.body).not.toMatch(/<script>|onload=/);
    const files = [...page.body.matchAll(/(?:src|href)="(\/docs\/[^"]+)"/g)].map(
      ([, file]) => file,
    );
    expect(files).toHaveLength(4);
    for (const file of files) expect((await system.get(file)).status).toBe(200);
  });

  it('explains each problem at the address that is its type', async () => {
    const { body } = await system.get(`/v1/orders/${missing}`);
    const [page, code] = body.type.split('#');
    expect((await system.get(page)).body).toContain(`<section id="${code}">`);
  });
});
