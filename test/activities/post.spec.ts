import { createServer, type RequestListener } from 'node:http';
import {
  createServer as createRawServer,
  type AddressInfo,
  type Server,
  type Socket,
} from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import type { Address } from '../../activities/sending/addresses';
import { createPoster } from '../../activities/sending/post';
import { signed } from '../../activities/sending/sign';

const servers: Server[] = [];
const sockets: Socket[] = [];

afterEach(async () => {
  sockets.splice(0).forEach((socket) => socket.destroy());
  const closing = servers.splice(0).map((server) => new Promise((done) => server.close(done)));
  await Promise.all(closing);
});

async function listening(server: Server, host = '127.0.0.1'): Promise<number> {
  servers.push(server);
  server.on('connection', (socket: Socket) => sockets.push(socket));
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  return (server.address() as AddressInfo).port;
}
const serve = (handle: RequestListener, host?: string) => listening(createServer(handle), host);
/** A server that says these bytes to whoever sends something. */
const saying = (text: string) =>
  listening(createRawServer((socket) => socket.once('data', () => socket.write(text))));

const toHere = ['127.0.0.0/8', '::1'];
const posting = (url: string) => ({ url, body: '{}', headers: {} });
const post = (url: string, allowed = toHere, timeoutMs = 2_000) =>
  createPoster({ allowed, timeoutMs })(posting(url));
const resolving = (...addresses: string[]) => {
  const asked: string[] = [];
  const resolve = async (host: string): Promise<Address[]> => {
    asked.push(host);
    return addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  };
  return { asked, resolve };
};

describe('posting', () => {
  it('sends body and headers, and gives the status and the beginning of the answer', async () => {
    const heard: unknown[] = [];
    const port = await serve((request, response) => {
      const { method, url, headers } = request;
      request.on('data', (chunk) => {
        heard.push(method, url, String(chunk), headers['webhook-id'], headers['content-length']);
        response.writeHead(503, { 'retry-after': '120' }).end(`Später\0.${'é'.repeat(1_000)}`);
      });
    });
    const answer = await createPoster({ allowed: toHere, timeoutMs: 2_000 })({
      url: `http://127.0.0.1:${port}/in?x=1`,
      body: '{"name":"Zoë"}',
      headers: { 'webhook-id': 'w1' },
    });
    expect(heard).toEqual(['POST', '/in?x=1', '{"name":"Zoë"}', 'w1', '15']);
    expect(answer).toEqual({
      ...{ outcome: 'answered', status: 503, retryAfterMs: 120_000 },
      excerpt: `Später.${'é'.repeat(493)}`,
      tookMs: expect.any(Number),
    });
  });

  it('follows no redirect: it is an answer like any other', async () => {
    let isFollowed = false;
    const inner = await serve((_, response) => {
      isFollowed = true;
      response.end();
    });
    const location = `http://127.0.0.1:${inner}/`;
    const port = await serve((_, response) => response.writeHead(307, { location }).end('There.'));
    expect(await post(`http://127.0.0.1:${port}`)).toMatchObject({
      status: 307,
      excerpt: 'There.',
    });
    expect(isFollowed).toBe(false);
  });

  it('waits for everything together no longer than it may', async () => {
    const silent = await listening(createRawServer(() => undefined));
    expect(await post(`http://127.0.0.1:${silent}`, toHere, 300)).toMatchObject({
      ...{ outcome: 'unreachable', why: 'There was no answer within 300 ms.' },
    });
    const resolve = () => new Promise<Address[]>(() => undefined);
    const lost = createPoster({ allowed: [], timeoutMs: 200, resolve });
    expect(await lost(posting('http://slow-names.example'))).toMatchObject({
      why: 'There was no answer within 200 ms.',
    });
  });

  it('counts the status of an answer whose body never ends, or is huge, and reads little of it', async () => {
    const slow = await serve((_, response) => void response.writeHead(200).write('Well'));
    const answer = await post(`http://127.0.0.1:${slow}`, toHere, 400);
    expect(answer).toMatchObject({ outcome: 'answered', status: 200, excerpt: 'Well' });
    let written = 0;
    const huge = await serve((_, response) => {
      response.writeHead(202);
      const chunk = 'x'.repeat(65_536);
      const pour = () => {
        while (!response.destroyed && response.write(chunk)) written += chunk.length;
        response.once('drain', pour);
      };
      pour();
    });
    expect(await post(`http://127.0.0.1:${huge}`)).toMatchObject({
      ...{ status: 202, excerpt: 'x'.repeat(500) },
    });
    expect(written).toBeLessThan(20_000_000);
  });

  it('says why nothing answered', async () => {
    const gone = await listening(createRawServer((socket) => socket.destroy()));
    const nobody = createRawServer();
    const free = await listening(nobody);
    await new Promise((done) => nobody.close(done));
    servers.splice(servers.indexOf(nobody), 1);
    const garbage = await saying('SSH-2.0-OpenSSH\r\n\r\n');
    const upgrade = await saying(
      'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n',
    );
    for (const [port, why] of [
      [gone, /ECONNRESET|socket hang up/],
      [free, /ECONNREFUSED/],
      [garbage, /^HPE_INVALID_CONSTANT: Parse Error/],
      [upgrade, /closed without an answer/],
    ] as const) {
      const answer = await post(`http://127.0.0.1:${port}`, toHere);
      expect(answer).toMatchObject({ outcome: 'unreachable', why: expect.stringMatching(why) });
    }
    const ended = createPoster({ allowed: toHere, timeoutMs: 5_000 });
    const signal = AbortSignal.abort();
    expect(await ended({ ...posting(`http://127.0.0.1:${gone}`), signal })).toMatchObject({
      outcome: 'unreachable',
    });
    const unknown = resolving();
    const lost = createPoster({ allowed: [], timeoutMs: 1_000, resolve: unknown.resolve });
    expect(await lost(posting('http://nobody.example'))).toMatchObject({
      ...{ outcome: 'unreachable', why: 'nobody.example has no address.' },
    });
  });
});

describe('what may be posted to', () => {
  it.each([
    'http://127.0.0.1',
    'http://2130706433',
    'http://0x7f.1',
    'http://0177.0.0.1',
    'http://127.1',
    'http://0.0.0.0',
    'http://10.1.2.3',
    'http://172.16.0.1',
    'http://192.168.1.1',
    'http://100.64.0.1',
    'http://169.254.169.254/latest/meta-data',
    'http://192.0.0.8',
    'http://198.18.0.1',
    'http://224.0.0.1',
    'http://255.255.255.255',
    'http://[::]',
    'http://[::1]',
    'http://[::ffff:127.0.0.1]',
    'http://[::ffff:a9fe:a9fe]',
    'http://[::127.0.0.1]',
    'http://[64:ff9b::7f00:1]',
    'http://[64:ff9b:1::a00:1]',
    'http://[2002:7f00:1::]',
    'http://[fe80::1]',
    'http://[fec0::1]',
    'http://[fd00::1]',
    'http://[ff02::1]',
  ])('is not %s', async (url) => {
    expect(await post(url, [])).toMatchObject({
      ...{ outcome: 'forbidden', why: expect.stringContaining('not public') },
    });
  });

  it.each([
    ['ftp://example.com', 'begins with http'],
    ['file:///etc/passwd', 'begins with http'],
    ['http://user:pass@example.com', 'neither a user nor a password'],
    ['nowhere', 'no address'],
  ])('is not %s either', async (url, why) => {
    expect(await post(url)).toMatchObject({
      ...{ outcome: 'forbidden', why: expect.stringContaining(why) },
    });
  });

  it('is no name that leads inside, with a dot at its end or among public addresses', async () => {
    for (const url of ['http://localhost', 'http://localhost.', 'http://LOCALHOST']) {
      expect(await post(url, [])).toMatchObject({ outcome: 'forbidden' });
    }
    const both = resolving('93.184.216.34', '10.0.0.7');
    const poster = createPoster({ allowed: [], timeoutMs: 500, resolve: both.resolve });
    expect(await poster(posting('http://shop.example'))).toMatchObject({
      outcome: 'forbidden',
      why: 'shop.example leads to 10.0.0.7, an address that is not public (private): ALLOWED_ADDRESSES has to name it.',
    });
  });

  it('is what is allowed: an address, a range, or a host wherever it leads, and nothing beside it', async () => {
    const port = await serve((_, response) => response.end('in'));
    const allowing = (allowed: string[], host: string) => post(`http://${host}:${port}`, allowed);
    for (const [allowed, host] of [
      ['127.0.0.1', '127.0.0.1'],
      ['127.0.0.0/8', '2130706433'],
      ['127.0.0.0/8', '[::ffff:127.0.0.1]'],
      ['LOCALHOST', 'localhost'],
    ] as const) {
      expect(await allowing([allowed], host)).toMatchObject({ outcome: 'answered', excerpt: 'in' });
    }
    expect(await allowing(['127.0.0.2'], '127.0.0.1')).toMatchObject({ outcome: 'forbidden' });
    expect(await allowing(['localhost'], '127.0.0.1')).toMatchObject({ outcome: 'forbidden' });
    expect(await allowing(['::1'], '127.0.0.1')).toMatchObject({ outcome: 'forbidden' });
  });

  it('is connected to at the address that was checked, whatever the name leads to a moment later', async () => {
    const inside = await serve((_, response) => response.end('inside'), '127.0.0.1');
    const turns = [['127.0.0.2'], ['127.0.0.1']];
    const asked: string[] = [];
    const resolve = async (host: string) => {
      asked.push(host);
      return (turns.shift() ?? ['127.0.0.1']).map((address) => ({ address, family: 4 }));
    };
    const poster = createPoster({ allowed: ['127.0.0.2'], timeoutMs: 1_000, resolve });
    const url = `http://rebinding.example:${inside}`;
    // Nobody listens on 127.0.0.2; a second look-up would have led to who does.
    expect(await poster(posting(url))).toMatchObject({
      ...{ outcome: 'unreachable', why: expect.stringContaining(`127.0.0.2:${inside}`) },
    });
    expect(asked).toEqual(['rebinding.example']);
    expect(await poster(posting(url))).toMatchObject({ outcome: 'forbidden' });
  });
});

describe('signing', () => {
  it('signs as Standard Webhooks has it, with each secret while they follow each other', () => {
    const secrets = [1, 2].map((byte) => `whsec_${Buffer.alloc(24, byte).toString('base64')}`);
    const now = new Date();
    const headers = signed(secrets, 'msg_1', '{"a":1}', now);
    for (const secret of secrets) {
      expect(new Webhook(secret).verify('{"a":1}', headers)).toEqual({ a: 1 });
      expect(() => new Webhook(secret).verify('{"a":2}', headers)).toThrow('No matching');
    }
    const [alone = ''] = secrets;
    expect(signed([alone], 'msg_1', '{"a":1}', now)['webhook-signature']).toMatch(/^v1,\S+$/);
  });
});
