import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { childEnvironment } from '../../config';
import type { Difference } from '../judge/evidence';

const SCRIPT = join(__dirname, '..', 'reconcile.ts');
const WITHIN_MS = 300_000;

/** What `npm run reconcile` finds in a system at rest, a difference for each of its lines; none when it finds nothing. */
export function reconcile(dataDir: string): Promise<Difference[]> {
  if (!existsSync(SCRIPT)) return Promise.resolve([]);
  const args = ['--import', 'tsx', SCRIPT, '--json', '--grace-ms', '0'];
  const options = {
    env: childEnvironment({ DATA_DIR: dataDir }),
    ...{ timeout: WITHIN_MS, maxBuffer: 1e8 },
  };
  return new Promise((resolve) => {
    execFile(process.execPath, args, options, (error, stdout, stderr) => {
      if (!error) return resolve([]);
      const lines = `${stdout}\n${stderr}`.split('\n').filter((line) => line.trim() !== '');
      const said = lines.length > 0 ? lines : [error.message];
      resolve(said.map((what) => ({ of: 'npm run reconcile', what })));
    });
  });
}
