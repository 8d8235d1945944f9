import { createHash } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import SftpClient from 'ssh2-sftp-client';
import type { Credential } from '../../db/partners/secrets';
import type { Address, Destination } from '../sending/addresses';
import type { LetterFile } from '../../machines/letters/file';
import type { Letter, TestLetter } from '../../machines/letters/letters';
import type { Carried, Carrier, Carrying } from './carrier';

export interface SftpWay {
  /** Where a host leads, and whether anything may be sent there. */
  readonly destinationOf: (url: URL) => Promise<Destination>;
  readonly credentialOf: (partner: string) => Promise<Credential | undefined>;
  readonly fileOf: (letter: Letter | TestLetter) => LetterFile;
  /** For connecting, and then for the file. */
  readonly timeoutMs: number;
}

const PORT = 22;

/** Puts each letter onto the partner's server as a file, under its name only when it is whole. */
export function createSftpCarrier(way: SftpWay): Carrier<'sftp'> {
  return async (carrying) => {
    const { host } = carrying.transport;
    const credential = await way.credentialOf(carrying.partner);
    if (!credential) return later('Neither a password nor a private key is kept for its server.');
    const destination = await way.destinationOf(new URL(`https://${bracketed(host)}`));
    if ('forbidden' in destination) return later(destination.forbidden);
    if ('unknown' in destination) return later(destination.unknown);
    return put(way, carrying, { credential, address: destination.addresses[0] });
  };
}

interface Opening {
  readonly credential: Credential;
  readonly address: Address;
}

async function put(
  { fileOf, timeoutMs }: SftpWay,
  { transport, letter }: Carrying<'sftp'>,
  { credential, address }: Opening,
): Promise<Carried> {
  const { port = PORT, user, path, hostKey } = transport;
  const { name, text } = fileOf(letter);
  const shown: { key?: string } = {};
  const sock = connect({ host: address.address, port, family: address.family });
  const client = new SftpClient('letters');
  // What breaks while nobody waits for it is noticed by whoever waits next.
  client.on('error', () => undefined);
  const work = async () => {
    await client.connect({
      ...{ sock, username: user, ...credential, readyTimeout: timeoutMs, retries: 0 },
      hostVerifier: (key: Buffer) => {
        shown.key = fingerprint(key);
        return shown.key === hostKey;
      },
    });
    await drop(client, path.replace(/\/+$/, ''), { name, text });
  };
  try {
    await within(timeoutMs, work(), sock);
    return { outcome: 'taken', excerpt: `Put into ${path} as ${name}.` };
  } catch (error) {
    return later(whyNot(error, shown.key, hostKey));
  } finally {
    await client.end().catch(() => undefined);
    sock.destroy();
  }
}

/** A file that is there already was put there by an attempt whose end nobody heard of. */
async function drop(client: SftpClient, folder: string, { name, text }: LetterFile): Promise<void> {
  const target = `${folder}/${name}`;
  if (await client.exists(target)) return;
  const partial = `${folder}/.${name}.part`;
  await client.put(Buffer.from(text), partial);
  await client.rename(partial, target);
}

function whyNot(error: unknown, shown: string | undefined, expected: string | undefined): string {
  if (shown !== undefined && shown !== expected) {
    return expected === undefined
      ? `Its server shows the key ${shown}: if that is the partner's, put it there as hostKey.`
      : `Its server shows the key ${shown}, and not ${expected}: nothing was sent.`;
  }
  return `The file could not be put onto its server: ${error instanceof Error ? error.message : String(error)}`;
}

function fingerprint(key: Buffer): string {
  return `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
}

/** Ends the connection when time is up: a server that takes bytes and says nothing would hold on for ever. */
async function within(ms: number, work: Promise<void>, sock: Socket): Promise<void> {
  const timer = setTimeout(() => sock.destroy(new Error(`nothing came within ${ms} ms`)), 2 * ms);
  try {
    await work;
  } finally {
    clearTimeout(timer);
  }
}

function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}

function later(why: string): Carried {
  return { outcome: 'later', why };
}
