import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testVault } from '../support/vault';
import { eventually } from '../support/eventually';
import { withKey } from '../support/system';
import { partnerSigner, secretsOf } from '../../db/secrets/signing';
import { startSftp, type RunningSftp } from './sftp-server';
import { startWithPartners, type WithPartners } from './with-partners';

const PASSWORD = 'correct-horse-battery-staple';

describe('partners’ secrets', () => {
  let all: WithPartners;
  let sftp: RunningSftp;
  beforeAll(async () => {
    all = await startWithPartners();
    sftp = await startSftp('shop', PASSWORD);
  });
  afterAll(async () => {
    await sftp.stop();
    await all.stop();
  });

  const { stringify } = JSON;

  /** Every row of every table, as text. */
  async function databaseText(): Promise<string> {
    const { knex } = all.system.database;
    const { rows } = await knex.raw<{ rows: { name: string }[] }>(
      `select table_name as name from information_schema.tables where table_schema = 'public'`,
    );
    const tables = rows.map(({ name }) => knex(name).select(knex.raw('??::text as t', [name])));
    return stringify(await Promise.all(tables));
  }

  /** Every event of these workflows, with what Temporal keeps as bytes in clear. */
  async function historyText(ids: readonly string[]): Promise<string> {
    const histories = ids.map((id) => all.system.client.workflow.getHandle(id).fetchHistory());
    const text = stringify(await Promise.all(histories));
    const payloads = [...text.matchAll(/"data":"([^"]+)"/g)].map(([, data]) => data ?? '');
    return payloads.map((data) => Buffer.from(data, 'base64').toString()).join('\n');
  }

  async function lettersOf(code: string): Promise<{ id: string; status: string }[]> {
    return (await all.system.get(`/v1/partners/${code}/messages`)).body.messages;
  }

  it('are nowhere in clear: not in the database, in a history, in an answer or in the log', async () => {
    const first = await all.register('signed');
    const rotation = await all.system.post('/v1/partners/signed/secret', {}, withKey('turn'));
    const secrets = [first, rotation.body.secret as string];
    const { hostKey, port } = sftp;
    const transport = { kind: 'sftp', host: '127.0.0.1', port, user: 'shop', path: '/in', hostKey };
    secrets.push(await all.register('filed', { transport, credential: { password: PASSWORD } }));
    const workflows: string[] = [];
    for (const code of ['signed', 'filed']) {
      const number = await all.handed(code);
      const [letter] = await eventually(
        () => lettersOf(code),
        ([sent]) => sent?.status === 'delivered',
      );
      workflows.push(`order-${number}`, `fulfilment-${number}-${code}`, `delivery-${letter!.id}`);
    }
    expect([...sftp.files.keys()]).toHaveLength(1);
    const wrong = { ...transport, hostKey: `SHA256:${'A'.repeat(43)}` };
    await all.register('filed', { transport: wrong, credential: { password: PASSWORD } });
    const failed = await all.system.post('/v1/partners/filed/test');
    expect(failed.body.status).toBe('failed');

    const answers = [failed.body];
    for (const at of ['', '/signed', '/filed', '/signed/messages', '/filed/messages']) {
      answers.push((await all.system.get(`/v1/partners${at}`)).body);
    }
    const everything = {
      database: await databaseText(),
      histories: await historyText(workflows),
      answers: stringify(answers),
      log: all.system.logged.join('\n'),
    };
    for (const secret of [...secrets.map((each) => each.replace('whsec_', '')), PASSWORD]) {
      for (const [place, text] of Object.entries(everything)) {
        expect({ place, has: text.includes(secret) }).toEqual({ place, has: false });
      }
    }
    // What was searched is what there is: the letters are in all of it, and the secrets open.
    expect(everything.database).toContain('AC-1');
    expect(everything.histories).toContain('"partner":"signed"');
    expect(everything.answers).toContain('"code":"signed"');
    const { knex } = all.system.database;
    expect(await secretsOf(knex, testVault, partnerSigner, 'signed')).toEqual([
      secrets[1],
      secrets[0],
    ]);
  });

  it('open as no other partner’s, and not by another installation’s key', async () => {
    await all.register('one');
    await all.register('two');
    const { knex } = all.system.database;
    const { secret } = await knex('partners').where({ code: 'one' }).first('secret');
    await knex('partners').where({ code: 'two' }).update({ secret });
    await expect(secretsOf(knex, testVault, partnerSigner, 'two')).rejects.toThrow('SECRETS_KEY');
  });
});
