import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

/** Keeps secrets in the database so that whoever reads the database alone cannot. */
export interface Vault {
  /** Seals a text; `about` names what it is for, and only the same name opens it. */
  seal(plain: string, about: string): string;
  /** Opens what was sealed with any of the vault's keys; throws SealedElsewhere on anything else. */
  open(sealed: string, about: string): string;
  /** Whether the newest key sealed it; what an older one sealed is sealed again before that key is dropped. */
  isNewest(sealed: string): boolean;
}

/** Something that no key of this vault opens under this name; it is not repeated. */
class SealedElsewhere extends Error {
  override readonly name = 'SealedElsewhere';
  constructor(readonly about: string) {
    super(
      `The secret of ${about} was not sealed with a key of SECRETS_KEY: add the key it was sealed with, parted by a comma, or make the secret anew.`,
    );
  }
}

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const PREFIX = 'sealed';

interface Key {
  /** Tells keys apart and says nothing about them. */
  readonly id: string;
  readonly bytes: Buffer;
}

/** A vault with these keys, each 32 bytes in Base64: the first seals, all open. Throws a sentence without one. */
export function createVault(keys: readonly string[]): Vault {
  const known = keys.map(keyOf);
  const [newest] = known;
  if (!newest) {
    throw new Error(
      'SECRETS_KEY is not set: set it, the same for the api and each worker, to what `openssl rand -base64 32` prints, and keep it; or use `npm start`, which keeps one.',
    );
  }
  return {
    seal(plain, about) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(CIPHER, newest.bytes, nonce).setAAD(Buffer.from(about));
      const parts = [nonce, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()];
      return [PREFIX, newest.id, Buffer.concat(parts).toString('base64url')].join('.');
    },
    open(sealed, about) {
      const [prefix, id, body = ''] = sealed.split('.');
      const key = known.find((each) => each.id === id);
      if (prefix !== PREFIX || !key) throw new SealedElsewhere(about);
      const bytes = Buffer.from(body, 'base64url');
      try {
        const cipher = createDecipheriv(CIPHER, key.bytes, bytes.subarray(0, NONCE_BYTES), {
          authTagLength: TAG_BYTES,
        })
          .setAAD(Buffer.from(about))
          .setAuthTag(bytes.subarray(-TAG_BYTES));
        const opened = cipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES));
        return Buffer.concat([opened, cipher.final()]).toString('utf8');
      } catch {
        throw new SealedElsewhere(about);
      }
    },
    isNewest: (sealed) => sealed.startsWith(`${PREFIX}.${newest.id}.`),
  };
}

/** Whether a text is sealed at all; rows of an earlier release are plain. */
export function isSealed(text: string): boolean {
  return text.startsWith(`${PREFIX}.`);
}

function keyOf(text: string): Key {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length !== KEY_BYTES) {
    throw new Error('A key of SECRETS_KEY is not 32 bytes in Base64.');
  }
  return { id: createHash('sha256').update(bytes).digest('hex').slice(0, 8), bytes };
}
