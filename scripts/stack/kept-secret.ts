import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

/** The secret kept in the file, for its owner's eyes only; made and kept there when there is none yet. */
export function keptSecret(file: string): string {
  if (!existsSync(file)) {
    const fresh = `${file}.new`;
    writeFileSync(fresh, `${randomBytes(24).toString('hex')}\n`, { mode: 0o600 });
    renameSync(fresh, file);
  }
  chmodSync(file, 0o600);
  return readFileSync(file, 'utf8').trim();
}
