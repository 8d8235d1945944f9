import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createVault } from '../../db/secrets/vault';
import { cloneDatabase, type TestDatabase } from '../support/database';

const root = resolve(__dirname, '../..');
const aKey = () => randomBytes(32).toString('base64');
const [former, newest] = [aKey(), aKey()];
const PLAIN = 'kept for links';
const about = 'secret links';

describe('npm run seal-anew', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await cloneDatabase();
    const secret = createVault([former]).seal(PLAIN, about);
    await database.knex('secrets').insert({ name: 'links', secret });
  });
  afterAll(() => database.drop());

  const kept = async () => {
    const row = await database.knex('secrets').where({ name: 'links' }).first<{ secret: string }>();
    return row.secret;
  };

  /** Runs it as a person does, without npm around it. */
  async function sealAnew(...keys: readonly string[]) {
    const { PATH, HOME } = process.env;
    const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/seal-anew.ts'], {
      cwd: root,
      env: { PATH, HOME, DATABASE_URL: database.url, SECRETS_KEY: keys.join(',') },
    });
    const said = Promise.all([text(child.stdout), text(child.stderr)]);
    const [[code], [out, err]] = await Promise.all([once(child, 'exit'), said]);
    return { code: code as number | null, out, err };
  }

  it('without the key that something was sealed with says whose that is, and leaves it', async () => {
    const before = await kept();
    const { code, out, err } = await sealAnew(newest);
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(
      /^The secret of secret links was not sealed with a key of SECRETS_KEY: add the key/,
    );
    expect(await kept()).toBe(before);
  });

  it('seals what an older key sealed, and says when there is nothing more of it', async () => {
    expect(await sealAnew(newest, former)).toEqual({
      ...{ code: 0, err: '' },
      out: '1 sealed anew. Only the first key of SECRETS_KEY is needed now.\n',
    });
    expect(createVault([newest]).open(await kept(), about)).toBe(PLAIN);
    expect(await sealAnew(newest)).toEqual({
      ...{ code: 0, err: '' },
      out: 'Nothing was sealed with another key. Only the first key of SECRETS_KEY is needed now.\n',
    });
  });
});
