import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ports } from '../../scripts/stack/ports';

describe('ports', () => {
  let dataDir: string;
  let occupant: Server;
  let occupied: number;
  beforeEach(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'conveyor-ports-'));
    occupant = createServer().listen(0, '127.0.0.1');
    await once(occupant, 'listening');
    occupied = (occupant.address() as AddressInfo).port;
  });
  afterEach(() => {
    occupant.close();
    rmSync(dataDir, { recursive: true });
  });

  it('steps over a port in use', async () => {
    const port = await Ports.rememberedIn(dataDir).free('api', occupied);
    expect(port).toBeGreaterThan(occupied);
  });

  it('gives no port twice', async () => {
    const ports = Ports.rememberedIn(dataDir);
    const first = await ports.free('temporal', occupied);
    expect(await ports.free('temporal-ui', first)).toBeGreaterThan(first);
  });

  it('prefers the port of the start before', async () => {
    const before = Ports.rememberedIn(dataDir);
    const stepped = await before.free('api', occupied);
    before.remember();
    await new Promise((resolve) => occupant.close(resolve));
    expect(await Ports.rememberedIn(dataDir).free('api', occupied)).toBe(stepped);
  });

  it('refuses a port set by hand that is in use, and says who should do what', async () => {
    await expect(Ports.rememberedIn(dataDir).byHand('api', occupied)).rejects.toThrow(
      `PORT=${occupied} is in use by another program: end that program, or set PORT to a free one.`,
    );
  });

  it('takes 0 set by hand for any free port', async () => {
    expect(await Ports.rememberedIn(dataDir).byHand('api', 0)).toBeGreaterThan(1023);
  });
});
