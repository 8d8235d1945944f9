import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { commit } from '../../db/commit';
import { connect } from '../../db/connection';
import {
  getVoucher,
  listVouchers,
  setVoucher,
  type VoucherTerms,
} from '../../db/vouchers/vouchers';
import type { Discount } from '../../machines/events';
import { cloneDatabase, type TestDatabase } from '../support/database';
import { aLine } from '../support/placements';
import { aLife, offline } from './lives';

const CANCEL = { type: 'cancel', reason: 'x' } as const;

describe('vouchers in a commit', () => {
  let database: TestDatabase;
  let knex: TestDatabase['knex'];
  beforeAll(async () => {
    database = await cloneDatabase();
    knex = connect(database.url, { min: 0, max: 25, applicationName: 'voucher test' });
  });
  afterAll(async () => {
    await knex.destroy();
    await database.drop();
  });

  const lines = [aLine({ trackStock: false })];
  const off = (voucher: string, changes: Partial<Discount> = {}): Discount => {
    return { kind: 'deferred', name: 'Offer', exclTax: 0, inclTax: 0, voucher, ...changes };
  };
  const withDiscounts = (discounts: Discount[], email = 'ada@example.com') =>
    aLife({ ...offline, lines, discounts, customer: { email } });
  const using = (code: string, email?: string) => withDiscounts([off(code)], email);
  const know = (code: string, terms: Omit<VoucherTerms, 'code'>) =>
    setVoucher(knex, code.toLowerCase(), { code, ...terms });
  const used = async (code: string) => (await getVoucher(knex, code.toLowerCase()))?.used;
  const outcomes = async (lives: ReturnType<typeof using>[]) => {
    const written = await Promise.all(lives.map((life) => commit(knex, life.place())));
    return {
      won: written.filter(({ outcome }) => outcome === 'committed').length,
      refusals: written.flatMap((each) => (each.outcome === 'refused' ? [each.refusal] : [])),
    };
  };

  it.each([
    ['registered with one use', async () => void (await know('ONE', { uses: 1 })), {}, 'ONE'],
    ['said to be of single use', () => Promise.resolve(), { singleUse: true }, 'ONCE'],
  ])('%s: of fifty placings at once exactly one has it', async (_, prepare, changes, code) => {
    await prepare();
    const writings = [code, code.toLowerCase(), ` ${code}`];
    const lives = Array.from({ length: 50 }, (__, n) =>
      withDiscounts([off(writings[n % 3] ?? code, changes)]),
    );
    const { won, refusals } = await outcomes(lives);
    expect([won, refusals.length]).toEqual([1, 49]);
    expect(refusals[0]).toMatchObject({
      code: 'voucher-used',
      errors: [{ pointer: '/discounts/0/voucher', detail: expect.stringContaining('used up') }],
      figures: { vouchers: [{ uses: 1, used: 1 }] },
    });
    expect(await used(code)).toBe(1);
  });

  it('is good for as many as it says, whoever comes at once with whichever others', async () => {
    await know('TEN', { uses: 10 });
    await know('MANY', {});
    const lives = Array.from({ length: 30 }, (_, n) =>
      withDiscounts(n % 2 ? [off('TEN'), off('MANY')] : [off('MANY'), off('TEN')]),
    );
    expect(await outcomes(lives)).toMatchObject({ won: 10 });
    expect([await used('TEN'), await used('MANY')]).toEqual([10, 10]);
  });

  it('is good for so many of each customer, told apart by e-mail whatever its case', async () => {
    await know('EACH', { perCustomer: 2 });
    const bob = (n: number) => using('EACH', n % 2 ? 'bob@example.com' : 'Bob@Example.com');
    expect(await outcomes(Array.from({ length: 12 }, (_, n) => bob(n)))).toMatchObject({ won: 2 });
    expect(await outcomes([using('EACH', 'eve@example.com')])).toMatchObject({ won: 1 });
    const nobody = aLife({ ...offline, lines, discounts: [off('EACH')], customer: {} });
    const { refusals } = await outcomes([nobody]);
    expect(refusals[0]?.detail).toContain("needs the customer's e-mail");
  });

  it('is refused before its time and after it, with the time', async () => {
    await know('SOON', { from: '2100-01-01T00:00:00Z' });
    await know('PAST', { until: '2000-01-01T00:00:00Z' });
    const { refusals } = await outcomes([withDiscounts([off('SOON'), off('PAST')])]);
    expect(refusals[0]?.errors).toEqual([
      {
        pointer: '/discounts/1/voucher',
        detail: 'Voucher PAST was good until 2000-01-01T00:00:00.000Z.',
      },
      {
        pointer: '/discounts/0/voucher',
        detail: 'Voucher SOON is good from 2100-01-01T00:00:00.000Z on.',
      },
    ]);
    expect(await used('SOON')).toBe(0);
  });

  it('is free again when its order is cancelled, and only once', async () => {
    await know('BACK', { uses: 1 });
    const life = using('BACK');
    await commit(knex, life.place());
    const cancelled = life.decide(CANCEL);
    await commit(knex, cancelled);
    await commit(knex, cancelled);
    expect(await used('BACK')).toBe(0);
    expect(await outcomes([using('BACK'), using('BACK')])).toMatchObject({ won: 1 });
  });

  it('is free again when a card says no, and the number with it', async () => {
    await know('CARD', { uses: 1 });
    const life = aLife({ lines, discounts: [off('CARD')] });
    await commit(knex, life.place());
    expect(await used('CARD')).toBe(1);
    await commit(knex, life.decline());
    expect(await used('CARD')).toBe(0);
    const again = aLife({ ...offline, number: life.number, lines, discounts: [off('CARD')] });
    expect(await outcomes([again])).toMatchObject({ won: 1 });
  });

  it('that nobody knows is taken as it is', async () => {
    expect(await outcomes([using('WHAT'), using('WHAT')])).toMatchObject({ won: 2 });
    expect(await getVoucher(knex, 'what')).toBeUndefined();
  });

  it('is listed by code, a page at a time', async () => {
    const first = await listVouchers(knex, { limit: 2 });
    const next = await listVouchers(knex, { limit: 100, after: first.next });
    const codes = [...first.rows, ...next.rows].map(({ code }) => code);
    // Listed by what they are known by, whichever of two orders at once wrote them first.
    const keys = codes.map((code) => code.toLowerCase());
    expect(keys).toEqual([...keys].sort());
    expect(keys).toEqual(expect.arrayContaining(['one', 'once', 'ten']));
  });
});
