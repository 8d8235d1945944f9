import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';

/** OWASP's figures for scrypt in 32 MB: 2^15, 8, 3. They are kept with each hash, so that they can rise. */
const COST = { log: 15, r: 8, p: 3 };
const SALT_BYTES = 16;
const HASH_BYTES = 32;
/** Somewhat more than 128 · N · r, which is what scrypt takes. */
const memoryOf = (log: number, r: number) => 2 ** log * r * 128 + 1024 * 1024;

/** A password as it may be kept. */
export async function hashPassword(password: string): Promise<string> {
  const { log, r, p } = COST;
  const salt = randomBytes(SALT_BYTES);
  const hash = await derived(password, salt, { log, r, p });
  return ['scrypt', log, r, p, salt.toString('base64'), hash.toString('base64')].join('$');
}

/** Whether it is the password that was hashed; without a hash it takes as long and is not. */
export async function isPassword(password: string, kept: string | null | undefined) {
  const { log, r, p } = COST;
  if (!kept) {
    await derived(password, randomBytes(SALT_BYTES), { log, r, p });
    return false;
  }
  const [, keptLog, keptR, keptP, salt = '', hash = ''] = kept.split('$');
  const cost = { log: Number(keptLog), r: Number(keptR), p: Number(keptP) };
  const found = await derived(password, Buffer.from(salt, 'base64'), cost);
  return timingSafeEqual(found, Buffer.from(hash, 'base64'));
}

function derived(password: string, salt: Buffer, cost: typeof COST): Promise<Buffer> {
  const { log, r, p } = cost;
  const options: ScryptOptions = { N: 2 ** log, r, p, maxmem: memoryOf(log, r) };
  // The same letters can be written in several ways, and keyboards differ in which they send.
  const written = password.normalize('NFKC');
  return new Promise((resolve, reject) => {
    scrypt(written, salt, HASH_BYTES, options, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}
