import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createHash } from 'node:crypto';
import { Server, utils, type Connection, type SFTPWrapper } from 'ssh2';

const { OPEN_MODE, STATUS_CODE } = utils.sftp;

export interface RunningSftp {
  readonly port: number;
  readonly hostKey: string;
  /** Whole files by their paths. */
  readonly files: ReadonlyMap<string, string>;
  /** What was done to files, in order. */
  readonly did: readonly string[];
  /** The next renaming is done, and the connection lost before it is answered. */
  loseNextRename(): void;
  stop(): Promise<void>;
}

/** A real SFTP server, whose files are in memory. */
export async function startSftp(user: string, password: string): Promise<RunningSftp> {
  const { private: key, public: shown } = utils.generateKeyPairSync('ed25519');
  const files = new Map<string, string>();
  const did: string[] = [];
  const connections = new Set<Connection>();
  let isLost = false;

  function serve(sftp: SFTPWrapper, connection: Connection): void {
    const open = new Map<number, { name: string; bytes: Buffer }>();
    let handles = 0;
    const handleOf = (handle: Buffer) => handle.readUInt32BE(0);
    const attributes = (text: string) => ({
      ...{ mode: 0o100_644, uid: 0, gid: 0, size: text.length, atime: 0, mtime: 0 },
    });
    const look = (id: number, name: string) => {
      const text = files.get(name);
      if (text === undefined) sftp.status(id, STATUS_CODE.NO_SUCH_FILE);
      else sftp.attrs(id, attributes(text));
    };
    sftp.on('OPEN', (id, name, flags) => {
      if (!(flags & OPEN_MODE.WRITE)) return sftp.status(id, STATUS_CODE.PERMISSION_DENIED);
      const handle = Buffer.alloc(4);
      handle.writeUInt32BE((handles += 1));
      open.set(handles, { name, bytes: Buffer.alloc(0) });
      did.push(`write ${name}`);
      return sftp.handle(id, handle);
    });
    sftp.on('WRITE', (id, handle, offset, data) => {
      const file = open.get(handleOf(handle));
      if (!file) return sftp.status(id, STATUS_CODE.FAILURE);
      file.bytes = Buffer.concat([file.bytes.subarray(0, offset), data]);
      return sftp.status(id, STATUS_CODE.OK);
    });
    sftp.on('CLOSE', (id, handle) => {
      const file = open.get(handleOf(handle));
      if (file) files.set(file.name, file.bytes.toString());
      open.delete(handleOf(handle));
      sftp.status(id, STATUS_CODE.OK);
    });
    sftp.on('STAT', look);
    sftp.on('LSTAT', look);
    sftp.on('FSTAT', (id, handle) => {
      const file = open.get(handleOf(handle));
      sftp.attrs(id, attributes(file?.bytes.toString() ?? ''));
    });
    sftp.on('FSETSTAT', (id) => sftp.status(id, STATUS_CODE.OK));
    sftp.on('SETSTAT', (id) => sftp.status(id, STATUS_CODE.OK));
    sftp.on('REALPATH', (id, name) => {
      sftp.name(id, [{ filename: name, longname: name, attrs: attributes('') }]);
    });
    sftp.on('RENAME', (id, from, to) => {
      const text = files.get(from);
      if (text === undefined || files.has(to)) return sftp.status(id, STATUS_CODE.FAILURE);
      files.set(to, text);
      files.delete(from);
      did.push(`rename ${from} ${to}`);
      if (!isLost) return sftp.status(id, STATUS_CODE.OK);
      isLost = false;
      return void connection.end();
    });
  }

  const server = new Server({ hostKeys: [key] }, (connection) => {
    connections.add(connection);
    connection.on('error', () => undefined);
    connection.on('close', () => connections.delete(connection));
    connection.on('authentication', (asked) => {
      const isRight =
        asked.method === 'password' && asked.username === user && asked.password === password;
      if (isRight) asked.accept();
      else asked.reject(['password']);
    });
    connection.on('session', (accept) => {
      accept().on('sftp', (acceptSftp) => serve(acceptSftp(), connection));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const bytes = Buffer.from(shown.split(' ')[1] ?? '', 'base64');
  const hash = createHash('sha256').update(bytes).digest('base64').replace(/=+$/, '');
  return {
    port: (server.address() as AddressInfo).port,
    hostKey: `SHA256:${hash}`,
    ...{ files, did },
    loseNextRename() {
      isLost = true;
    },
    async stop() {
      for (const connection of connections) connection.end();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
