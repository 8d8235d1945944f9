import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

const STEPS = 200;

/** A port that was asked for by hand and cannot be had; its message says who should do what. */
class PortRefused extends Error {
  override readonly name = 'PortRefused';
  constructor(
    readonly port: number,
    reason: string,
  ) {
    super(
      reason === 'EACCES'
        ? `PORT=${port} may not be used by this user: set PORT to one above 1023.`
        : `PORT=${port} is in use by another program: end that program, or set PORT to a free one.`,
    );
  }
}

/** Hands out each free port once, and remembers by name which it gave, for the next start. */
export class Ports {
  private readonly given: Record<string, number> = {};

  private constructor(
    private readonly file: string,
    private readonly earlier: Readonly<Record<string, unknown>>,
  ) {}

  /** Ports as remembered in DATA_DIR/ports.json, if any are. */
  static rememberedIn(dataDir: string): Ports {
    const file = join(dataDir, 'ports.json');
    return new Ports(file, readNames(file));
  }

  /** The port of an earlier start if it is free, else the first free one from `usual` upwards. */
  async free(name: string, usual: number): Promise<number> {
    const earlier = this.earlier[name];
    if (typeof earlier === 'number' && (await this.isFree(earlier)))
      return this.give(name, earlier);
    for (let port = usual; port < usual + STEPS; port += 1) {
      if (await this.isFree(port)) return this.give(name, port);
    }
    throw new Error(
      `No port from ${usual} to ${usual + STEPS - 1} is free for ${name}: end a program that holds one.`,
    );
  }

  /** Exactly the given port, or any free one for 0; throws PortRefused when it cannot be had. */
  async byHand(name: string, port: number): Promise<number> {
    if (port === 0) return this.give(name, await anyFreePort());
    const refusal = await whyNot(port);
    if (refusal !== undefined) throw new PortRefused(port, refusal);
    return this.give(name, port);
  }

  remember(): void {
    writeFileSync(this.file, `${JSON.stringify({ ...this.earlier, ...this.given }, null, 2)}\n`);
  }

  private async isFree(port: number): Promise<boolean> {
    return !Object.values(this.given).includes(port) && (await whyNot(port)) === undefined;
  }

  private give(name: string, port: number): number {
    this.given[name] = port;
    return port;
  }
}

/** Why the port cannot be listened on, as a system error code; undefined when it can. */
async function whyNot(port: number): Promise<string | undefined> {
  // A program on the loopback address alone does not everywhere keep others from listening on all.
  return (await listenOnce(port, '127.0.0.1')).refusal ?? (await listenOnce(port)).refusal;
}

async function anyFreePort(): Promise<number> {
  return (await listenOnce(0, '127.0.0.1')).port;
}

function listenOnce(port: number, host?: string): Promise<{ port: number; refusal?: string }> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) =>
      resolve({ port, refusal: error.code ?? 'unknown' }),
    );
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      const taken = typeof address === 'object' && address !== null ? address.port : port;
      server.close(() => resolve({ port: taken }));
    });
  });
}

function readNames(file: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  } catch {
    return {};
  }
}
