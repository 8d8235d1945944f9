import { mkdtemp, mkdir, readdir, readFile, rm, symlink } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createFolderCarrier } from '../../activities/partners/folder';
import { createSftpCarrier } from '../../activities/partners/sftp';
import { createDestinations } from '../../activities/sending/addresses';
import { letterFile } from '../../machines/letters/file';
import type { Letter } from '../../machines/letters/letters';
import { startSftp, type RunningSftp } from './sftp-server';

const letter: Letter = {
  version: 1,
  ...{ id: '5f1d3f0e-0000-4000-8000-000000000001', type: 'order', partner: 'acme' },
  ...{ order: 'WEB/47:11', handOver: 'p1', sequence: 1, at: '2026-11-26T09:00:00.000Z' },
  customer: { name: 'Ada' },
  shipTo: {
    ...{ name: 'Ada', city: 'Leeds', country: 'GB', phone: '+44 1' },
    lines: ['1 High Street', 'Flat "2", left', 'Ring twice', 'Then wait'],
  },
  lines: [
    { id: 'A', sku: 'AC-1', shopSku: 'MUG-1', title: '=1+1', quantity: 2 },
    { id: 'B', sku: 'AC-2', shopSku: 'TEA-1', title: 'Tea', quantity: 1, reference: '9' },
  ],
};
const NAME = 'WEB_47_11-1-order-5f1d3f0e-0000-4000-8000-000000000001.csv';
const { id } = letter;
const written = { partner: 'acme', id, letter, body: JSON.stringify(letter) };

/** Each record by the names in the heading; no cell of these has a line break or a doubled quote. */
function recordsIn(text: string) {
  const [heading = [], ...rows] = text
    .trimEnd()
    .split('\r\n')
    .map((row) => [...row.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)])
    .map((cells) => cells.map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain));
  return rows.map((row) => Object.fromEntries(heading.map((name, at) => [name, row[at]])));
}

describe('a letter as a file', () => {
  it('has a record for each line, and no formula', () => {
    const { name, text } = letterFile(letter);
    expect(name).toBe(NAME);
    expect(recordsIn(text)).toMatchObject([
      {
        ...{ version: '1', letter: id, type: 'order', order: 'WEB/47:11', hand_over: 'p1' },
        ...{ line: 'A', sku: 'AC-1', shop_sku: 'MUG-1', quantity: '2', title: "'=1+1" },
        ...{ ship_to: 'Ada', city: 'Leeds', country: 'GB', phone: "'+44 1" },
        ...{ address_1: '1 High Street', address_2: 'Flat "2", left' },
        address_3: 'Ring twice, Then wait',
      },
      { line: 'B', sku: 'AC-2', quantity: '1', line_reference: '9', order: 'WEB/47:11' },
    ]);
  });

  it('of a cancellation says what is not to be sent, and why', () => {
    const { customer: _, shipTo: __, ...heading } = letter;
    const lines = [{ id: 'A', sku: 'AC-1', quantity: 1 }];
    const { text } = letterFile({ ...heading, type: 'cancellation', lines, reason: 'Called off' });
    expect(recordsIn(text)).toMatchObject([
      { type: 'cancellation', line: 'A', quantity: '1', reason: 'Called off', ship_to: '' },
    ]);
  });
});

describe('a folder', () => {
  let exchangeDir: string;
  beforeEach(async () => {
    exchangeDir = await mkdtemp(path.join(os.tmpdir(), 'conveyor-exchange-'));
  });
  const clean = () => rm(exchangeDir, { recursive: true });
  const drop = (inside: string) =>
    createFolderCarrier({ exchangeDir, fileOf: letterFile })({
      ...written,
      transport: { kind: 'folder', path: inside },
    });

  it('gets one whole file, however often it is put there', async () => {
    expect(await drop('acme/in')).toMatchObject({ outcome: 'taken' });
    expect(await drop('acme/in')).toMatchObject({ outcome: 'taken' });
    expect(await readdir(path.join(exchangeDir, 'acme/in'))).toEqual([NAME]);
    const text = await readFile(path.join(exchangeDir, 'acme/in', NAME), 'utf8');
    expect(recordsIn(text)).toHaveLength(2);
    await clean();
  });

  it('that leads out of the exchanged files gets nothing', async () => {
    const elsewhere = await mkdtemp(path.join(os.tmpdir(), 'conveyor-elsewhere-'));
    await mkdir(path.join(exchangeDir, 'acme'));
    await symlink(elsewhere, path.join(exchangeDir, 'acme', 'in'));
    expect(await drop('acme/in')).toMatchObject({ outcome: 'later' });
    expect(await drop('../out')).toMatchObject({ outcome: 'later' });
    expect(await readdir(elsewhere)).toEqual([]);
    await Promise.all([clean(), rm(elsewhere, { recursive: true })]);
  });
});

describe('an SFTP server', () => {
  let server: RunningSftp;
  beforeAll(async () => {
    server = await startSftp('shop', 'open sesame');
  });
  afterAll(() => server.stop());
  beforeEach(() => {
    (server.files as Map<string, string>).clear();
    (server.did as string[]).splice(0);
  });

  interface Changes {
    readonly hostKey?: string;
    readonly password?: string;
    readonly allowed?: readonly string[];
    readonly isKeyless?: boolean;
  }
  const put = ({ hostKey, password = 'open sesame', allowed, isKeyless }: Changes = {}) =>
    createSftpCarrier({
      destinationOf: createDestinations(allowed ?? ['127.0.0.1']),
      credentialOf: () => Promise.resolve({ password }),
      ...{ fileOf: letterFile, timeoutMs: 2000 },
    })({
      ...written,
      transport: {
        ...{ kind: 'sftp', host: '127.0.0.1', port: server.port, user: 'shop', path: '/in/' },
        ...(!isKeyless && { hostKey: hostKey ?? server.hostKey }),
      },
    });

  it('gets a file that has its name only when it is whole', async () => {
    expect(await put()).toMatchObject({ outcome: 'taken' });
    expect([...server.files.keys()]).toEqual([`/in/${NAME}`]);
    expect(server.did).toEqual([`write /in/.${NAME}.part`, `rename /in/.${NAME}.part /in/${NAME}`]);
    expect(recordsIn(server.files.get(`/in/${NAME}`) ?? '')).toHaveLength(2);
  });

  it('that was lost before it answered is not given the file again', async () => {
    server.loseNextRename();
    expect(await put()).toMatchObject({ outcome: 'later' });
    expect(await put()).toMatchObject({ outcome: 'taken' });
    expect([...server.files.keys()]).toEqual([`/in/${NAME}`]);
    expect(server.did.filter((each) => each.startsWith('write'))).toHaveLength(1);
  });

  it('that shows another key, or whose key nobody has said, gets nothing', async () => {
    const strange = `SHA256:${'A'.repeat(43)}`;
    const wrong = await put({ hostKey: strange });
    expect(wrong).toMatchObject({ outcome: 'later' });
    expect(wrong).toHaveProperty('why', expect.stringContaining(strange));
    const unsaid = await put({ isKeyless: true });
    expect(unsaid).toHaveProperty('why', expect.stringContaining(server.hostKey));
    expect(server.files.size).toBe(0);
  });

  it('that does not let us in, or may not be reached, is tried again and says no secret', async () => {
    const out = await put({ password: 'wrong horse' });
    expect(out).toMatchObject({ outcome: 'later' });
    expect(JSON.stringify(out)).not.toContain('wrong horse');
    const forbidden = await put({ allowed: [] });
    expect(forbidden).toHaveProperty('why', expect.stringContaining('ALLOWED_ADDRESSES'));
    expect(server.did).toEqual([]);
  });
});
