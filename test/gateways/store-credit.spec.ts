import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createStoreCredit } from '../../activities/gateways/store-credit';
import { getAccount, openAccount } from '../../db/credit/accounts';
import { moveCredit } from '../../db/credit/moving';
import { eventually } from '../support/eventually';
import { cloneDatabase, type TestDatabase } from '../support/database';
import { describeGateway } from './suite';

/** Opens an account with so much in it. */
async function open(knex: TestDatabase['knex'], code: string, amount: number, currency = 'GBP') {
  await openAccount(knex, { code, currency, holder: 'Ada' });
  const key = `grant ${code}`;
  const request = {
    key,
    asked: key,
    kind: 'grant',
    on: { account: code },
    reason: 'Gift',
  } as const;
  return moveCredit(knex, { ...request, actor: 'Carol' }, () => ({ moves: amount }));
}

let database: TestDatabase;
let knex: TestDatabase['knex'];
beforeAll(async () => {
  database = await cloneDatabase();
  ({ knex } = database);
  await open(knex, 'GOOD', 1_000_000_000);
  await open(knex, 'YEN', 1_000_000_000, 'JPY');
  await open(knex, 'DINAR', 1_000_000_000, 'KWD');
  await open(knex, 'NEARLY-EMPTY', 999);
});
afterAll(() => database.drop());

describeGateway('store credit', {
  cards: {
    ...{ good: 'GOOD', many: 'GOOD', renewable: 'GOOD' },
    ...{ yen: 'YEN', dinar: 'DINAR', declined: 'NEARLY-EMPTY' },
  },
  async start() {
    return {
      gateway: createStoreCredit(knex),
      async ledger() {
        const rows = await knex('credit_ledger as l')
          .join('credit_accounts as a', 'a.code', 'l.account')
          .whereNotIn('l.kind', ['grant', 'rest'])
          .orderBy('l.id')
          .select('l.kind', 'l.key', 'l.amount', 'a.currency', 'l.order_number as order');
        return rows;
      },
      stop: async () => undefined,
    };
  },
});

describe('an account of store credit', () => {
  const gateway = () => createStoreCredit(knex);
  const about = (order: string, amount: number) => ({ order, amount, currency: 'GBP' });
  const figures = async (code: string) => {
    const account = await getAccount(knex, code);
    return account && [account.available, account.held, account.spent];
  };

  it('is spent once, however many ask for the last of it at the same time', async () => {
    await open(knex, 'LAST', 1000);
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        gateway().authorise({ ...about(`L${n}`, 600), token: 'LAST' }, `L${n}-1-authorise`),
      ),
    );
    expect(answers.filter(({ outcome }) => outcome === 'moved')).toHaveLength(1);
    expect(answers.filter(({ outcome }) => outcome === 'declined')).toHaveLength(9);
    expect(answers.find(({ outcome }) => outcome === 'declined')).toEqual({
      outcome: 'declined',
      code: 'insufficient_credit',
      message: '400 is available, 600 was asked for.',
    });
    expect(await figures('LAST')).toEqual([400, 600, 0]);
  });

  it('has all that was granted available, held or spent, whatever moves', async () => {
    await open(knex, 'ROUND', 1000);
    const held = await gateway().authorise({ ...about('R1', 700), token: 'ROUND' }, 'R1-a');
    expect(await figures('ROUND')).toEqual([300, 700, 0]);
    const authorisation = held.outcome === 'moved' ? held.reference : '';
    await gateway().capture({ ...about('R1', 400), authorisation, final: true }, 'R1-c');
    expect(await figures('ROUND')).toEqual([600, 0, 400]);
    await gateway().refund({ ...about('R1', 150), authorisation }, 'R1-r');
    expect(await figures('ROUND')).toEqual([750, 0, 250]);
    expect(await gateway().void({ order: 'R1', authorisation }, 'R1-v')).toMatchObject({
      message: 'Nothing is held any more.',
    });
  });

  it('declines a code that nobody opened, another currency, and a hold of another order', async () => {
    await open(knex, 'OWN', 1000);
    const authorise = (token: string, currency: string, key: string) =>
      gateway().authorise({ order: 'D1', amount: 100, currency, token }, key);
    expect(await authorise('NOBODY', 'GBP', 'D1-1')).toMatchObject({ code: 'unknown_account' });
    expect(await authorise('OWN', 'EUR', 'D1-2')).toMatchObject({ code: 'currency_mismatch' });
    const held = await authorise('OWN', 'GBP', 'D1-3');
    const authorisation = held.outcome === 'moved' ? held.reference : '';
    const stolen = await gateway().capture({ ...about('D2', 100), authorisation }, 'D2-1');
    expect(stolen).toMatchObject({ code: 'unknown_authorisation' });
    expect(await figures('OWN')).toEqual([900, 100, 0]);
  });

  it('is asked about a movement that is under way, and tells when it has moved', async () => {
    await open(knex, 'BUSY', 1000);
    const key = 'B1-1-authorise';
    const question = { ...about('B1', 600), key, kind: 'authorise', payment: 'p1' } as const;
    const told: string[] = [];
    const tell = ({ outcome }: { outcome: string }) => void told.push(outcome);
    const blocking = await knex.transaction();
    await blocking('credit_accounts').where({ code: 'BUSY' }).forUpdate().first();

    const moving = gateway().authorise({ ...about('B1', 600), token: 'BUSY' }, key);
    await eventually(
      () => waiting(/credit_accounts/),
      (count) => count === 1,
    );
    const asking = gateway()
      .ask({ ...question, since: '2026-11-23T10:00:00.000Z' })
      .then(tell);
    await eventually(
      () => waiting(/credit_requests/),
      (count) => count === 1,
    );
    expect(told).toEqual([]);
    await blocking.rollback();
    expect(await moving).toMatchObject({ outcome: 'moved', amount: 600 });
    await asking;
    expect(told).toEqual(['moved']);
  });

  /** How many statements about that wait for a lock. */
  async function waiting(about: RegExp): Promise<number> {
    const rows = await knex('pg_stat_activity')
      .where({ datname: knex.raw('current_database()'), wait_event_type: 'Lock' })
      .select<{ query: string }[]>('query');
    return rows.filter(({ query }) => about.test(query)).length;
  }

  it('takes a key that comes with another request for a mistake, and does nothing', async () => {
    await open(knex, 'TWICE', 1000);
    await gateway().authorise({ ...about('T1', 100), token: 'TWICE' }, 'T1-1');
    const other = gateway().authorise({ ...about('T1', 101), token: 'TWICE' }, 'T1-1');
    await expect(other).rejects.toMatchObject({ type: 'KeyReused' });
    expect(await figures('TWICE')).toEqual([900, 100, 0]);
  });

  describe('in the database', () => {
    let reference: string;
    beforeAll(async () => {
      await open(knex, 'RAW', 1000);
      const held = await gateway().authorise({ ...about('W1', 300), token: 'RAW' }, 'W1-1');
      reference = held.outcome === 'moved' ? held.reference : '';
      await gateway().capture({ ...about('W1', 100), authorisation: reference }, 'W1-2');
    });

    const sides = {
      authorise: { taken_from: 'available', given_to: 'held' },
      capture: { taken_from: 'held', given_to: 'spent' },
      refund: { taken_from: 'spent', given_to: 'available' },
    };
    const insert = (kind: keyof typeof sides, amount: number, more: object = {}) =>
      knex.transaction(async (trx) => {
        const key = `raw ${kind} ${amount}`;
        await trx('credit_requests').insert({ key, asked: key, kind });
        const own = `credit_raw_${kind}`;
        const authorisation = kind === 'authorise' ? own : reference;
        const row = { account: 'RAW', kind, key, amount, reference: own, authorisation };
        await trx('credit_ledger').insert({ ...row, ...sides[kind], order_number: 'W1', ...more });
      });

    it.each([
      ['authorise', 701],
      ['capture', 201],
      ['refund', 101],
    ] as const)('a row that would take %s below zero is refused', async (kind, amount) => {
      const refused = { code: '23514', constraint: 'credit_in_bounds' };
      await expect(insert(kind, amount)).rejects.toMatchObject(refused);
    });

    it('a row goes from one side to the other as its kind says, on one account', async () => {
      const unbalanced = insert('capture', 1, { taken_from: 'shop' });
      await expect(unbalanced).rejects.toMatchObject({ code: '23514' });
      const elsewhere = insert('capture', 1, { account: 'GOOD' });
      await expect(elsewhere).rejects.toMatchObject({ code: '23503' });
    });

    it('rows are neither changed nor deleted', async () => {
      const ours = () => knex('credit_ledger').where({ account: 'RAW' });
      await expect(ours().update({ amount: 1 })).rejects.toMatchObject({ code: '23001' });
      await expect(ours().delete()).rejects.toMatchObject({ code: '23001' });
      expect(await figures('RAW')).toEqual([700, 200, 100]);
    });

    it('two who write without asking first still take turns', async () => {
      await open(knex, 'RACE', 1000);
      const write = (n: number) =>
        knex.transaction(async (trx) => {
          const key = `race ${n}`;
          await trx('credit_requests').insert({ key, asked: key, kind: 'authorise' });
          const own = `credit_race_${n}`;
          const row = { account: 'RACE', kind: 'authorise', key, amount: 600, reference: own };
          const sided = { ...sides.authorise, authorisation: own, order_number: 'X' };
          await trx('credit_ledger').insert({ ...row, ...sided });
        });
      const outcomes = await Promise.allSettled([write(1), write(2)]);
      expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      expect(await figures('RACE')).toEqual([400, 600, 0]);
    });
  });
});
