import { beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { CallbackOutcome, GatewayNews } from '../../activities/gateways/port';
import { eventually } from '../support/eventually';
import type { GatewayKind, GatewayUnderTest, Told } from './under-test';

/** What an adapter has to make of what its gateway tells of its own accord. */
export function describeCallbacks<Running extends GatewayUnderTest>(
  { cards }: GatewayKind<Running>,
  told: (running: Running) => readonly Told[] | Promise<readonly Told[]>,
  now: () => Running,
): void {
  describe('what the gateway tells', () => {
    let order: string;
    let authorisation: string;

    beforeEach(async () => {
      order = `T${randomUUID().slice(0, 12)}`;
      const { gateway } = now();
      const about = { order, payment: 'p1', amount: 1000, currency: 'GBP' };
      const answer = await gateway.authorise({ ...about, token: cards.good }, `${order}-a`);
      if (answer.outcome !== 'moved') throw new Error(`Not authorised: ${answer.outcome}`);
      authorisation = answer.reference;
      await gateway.capture({ order, authorisation, amount: 600, currency: 'GBP' }, `${order}-c`);
      await gateway.refund({ order, authorisation, amount: 100, currency: 'GBP' }, `${order}-r`);
    });

    async function read({ raw, headers }: Told): Promise<CallbackOutcome | undefined> {
      return now().gateway.readCallback?.(raw, headers);
    }

    /** The news of a telling; fails when it is forged. */
    async function newsOf(telling: Told): Promise<readonly GatewayNews[]> {
      const outcome = await read(telling);
      if (outcome?.outcome === 'read') return outcome.news;
      throw new Error(`Not read: ${JSON.stringify(outcome)}`);
    }

    const allNews = async (tellings: readonly Told[]) =>
      (await Promise.all(tellings.map(newsOf))).flat();

    /** Every telling so far, once there are as many as movements. */
    const arrived = () =>
      eventually(
        async () => told(now()),
        (tellings) => tellings.length >= 3,
      );

    it('is each movement, with our key and order, and its figures', async () => {
      const news = await eventually(
        async () => allNews(await told(now())),
        (so) => new Set(so.map(({ key }) => key)).size >= 3,
      );
      const common = { order, outcome: 'moved', authorisation, currency: 'GBP' };
      expect(news).toEqual(
        expect.arrayContaining([
          expect.objectContaining({
            ...common,
            kind: 'authorise',
            key: `${order}-a`,
            amount: 1000,
          }),
          expect.objectContaining({ ...common, kind: 'capture', key: `${order}-c`, amount: 600 }),
          expect.objectContaining({ ...common, kind: 'refund', key: `${order}-r`, amount: 100 }),
        ]),
      );
    });

    it('is refused when it is forged', async () => {
      const [telling] = await arrived();
      if (telling === undefined) throw new Error('Nothing was told.');
      const { raw, headers } = telling;
      const altered = Buffer.from(raw.toString().replaceAll('00', '01'));
      const unsigned = { 'content-type': 'application/json' };
      for (const forged of [
        { raw: altered, headers },
        { raw, headers: unsigned },
        { raw: Buffer.from('{}'), headers },
        { raw: Buffer.concat([raw, Buffer.from(' ')]), headers },
      ]) {
        const outcome = await read(forged);
        expect(outcome).toEqual({ outcome: 'forged', why: expect.stringMatching(/./) });
      }
    });

    it('is the same news under the same id, however often and in whatever order it is told', async () => {
      const tellings = await arrived();
      const once = await allNews(tellings);
      const backwards = await allNews([...tellings].reverse());
      const byId = (a: GatewayNews, b: GatewayNews) => (a.id < b.id ? -1 : 1);
      expect([...backwards].sort(byId)).toEqual([...once].sort(byId));
      for (const { id, kind, reference } of once) {
        const same = once.filter((other) => other.id === id);
        expect(new Set(same.map((other) => `${other.kind} ${other.reference}`))).toEqual(
          new Set([`${kind} ${reference}`]),
        );
      }
    });
  });
}
