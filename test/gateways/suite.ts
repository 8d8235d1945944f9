import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { CardGateway, Moved, MoveOutcome, Question } from '../../activities/gateways/port';
import { describeCallbacks } from './callbacks-suite';
import type { GatewayKind, GatewayUnderTest } from './under-test';

const DAY_MS = 24 * 60 * 60 * 1000;
const LONG_AGO = '2020-01-01T00:00:00.000Z';

/** What a movement came to; fails when nothing moved. */
function movedBy(outcome: MoveOutcome | Awaited<ReturnType<CardGateway['ask']>>): Moved {
  if (outcome.outcome === 'moved') return outcome;
  throw new Error(`Nothing moved: ${JSON.stringify(outcome)}`);
}

/** What each adapter of the port has to do, whatever moves the money behind it. */
export function describeGateway<Running extends GatewayUnderTest>(
  name: string,
  kind: GatewayKind<Running>,
): void {
  const { cards } = kind;

  describe(name, () => {
    let running: Running;
    let gateway: CardGateway;
    let order: string;

    beforeEach(async () => {
      running = await kind.start();
      ({ gateway } = running);
      order = `T${randomUUID().slice(0, 12)}`;
    });
    afterEach(() => running.stop());

    /** A test of a card, where the gateway has one. */
    const withCard = (
      token: string | undefined,
      title: string,
      story: (token: string) => Promise<void>,
    ) => {
      if (token !== undefined) it(title, () => story(token));
    };

    const keyOf = (what: string) => `${order}-${what}`;

    const authorise = (token: string, amount = 1000, what = 'authorise', currency = 'GBP') =>
      gateway.authorise({ order, payment: 'p1', amount, currency, token }, keyOf(what));
    const renew = (renews: string, what: string) =>
      gateway.authorise(
        { order, payment: 'p1', amount: 1000, currency: 'GBP', renews },
        keyOf(what),
      );
    const capture = (authorisation: string, amount: number, what = 'capture', more = {}) =>
      gateway.capture({ order, authorisation, amount, currency: 'GBP', ...more }, keyOf(what));
    const refund = (authorisation: string, amount: number, what = 'refund') =>
      gateway.refund({ order, authorisation, amount, currency: 'GBP' }, keyOf(what));
    const letGo = (authorisation: string, what = 'void') =>
      gateway.void({ order, authorisation }, keyOf(what));

    const ask = (movement: Question['kind'], what: string, more: Partial<Question> = {}) =>
      gateway.ask({
        key: keyOf(what),
        kind: movement,
        order,
        payment: 'p1',
        amount: 1000,
        currency: 'GBP',
        since: LONG_AGO,
        ...more,
      });

    /** Holds money and gives the reference, whatever it takes. */
    async function held(token: string, amount = 1000, what = 'authorise', currency = 'GBP') {
      const first = await authorise(token, amount, what, currency);
      if (first.outcome === 'moved') return first.reference;
      return movedBy(await authorise(token, amount, what, currency)).reference;
    }

    /** What the gateway's books have of this order, as `kind amount currency`. */
    async function booked(): Promise<string[]> {
      const all = await running.ledger();
      return all
        .filter((entry) => entry.order === order)
        .map(({ kind: moved, amount, currency }) => `${moved} ${amount} ${currency}`);
    }

    describe('moving money', () => {
      it('holds, takes and gives back, and says how much', async () => {
        const authorised = movedBy(await authorise(cards.good, 1000));
        expect(authorised.amount).toBe(1000);
        expect(authorised.reference).not.toBe('');
        const captured = movedBy(await capture(authorised.reference, 600, 'capture'));
        expect(captured.amount).toBe(600);
        expect(movedBy(await refund(authorised.reference, 250)).amount).toBe(250);
        expect(movedBy(await refund(authorised.reference, 350, 'rest')).amount).toBe(350);
        expect(await booked()).toEqual([
          'authorise 1000 GBP',
          'capture 600 GBP',
          'refund 250 GBP',
          'refund 350 GBP',
        ]);
      });

      it('lets go of what is held, and says how much that was', async () => {
        const authorisation = await held(cards.good, 1000);
        expect(movedBy(await letGo(authorisation)).amount).toBe(1000);
        expect(await booked()).toEqual(['authorise 1000 GBP', 'void 1000 GBP']);
        expect(await capture(authorisation, 1)).toMatchObject({ outcome: 'declined' });
        expect(await letGo(authorisation, 'again')).toMatchObject({ outcome: 'declined' });
      });

      it('says how long a hold lasts, if it ends at all', async () => {
        const { expiresAt } = movedBy(await authorise(cards.good));
        // An answer without it is a hold that does not end.
        const ends = expiresAt === undefined ? Infinity : Date.parse(expiresAt);
        expect(ends).toBeGreaterThan(Date.now() - DAY_MS);
      });

      it.each([
        ['GBP', cards.good],
        ['JPY', cards.yen ?? cards.good],
        ['KWD', cards.dinar ?? cards.good],
      ])('moves amounts in %s to the unit', async (currency, token) => {
        const authorisation = await held(token, 12_340, 'authorise', currency);
        await capture(authorisation, 12_330, 'capture', { currency });
        await gateway.refund({ order, authorisation, amount: 5670, currency }, keyOf('refund'));
        expect(await booked()).toEqual([
          `authorise 12340 ${currency}`,
          `capture 12330 ${currency}`,
          `refund 5670 ${currency}`,
        ]);
      });
    });

    describe('what a card can do is told, and is so', () => {
      withCard(cards.many, 'captured in many parts, and the rest let go', async (token) => {
        const { reference, can } = movedBy(await authorise(token));
        expect(can?.captures ?? 'many').toBe('many');
        expect(movedBy(await capture(reference, 300, 'a')).amount).toBe(300);
        expect(movedBy(await capture(reference, 200, 'b')).amount).toBe(200);
        expect(movedBy(await letGo(reference)).amount).toBe(500);
        expect(movedBy(await refund(reference, 500)).amount).toBe(500);
        expect(await booked()).toEqual([
          'authorise 1000 GBP',
          'capture 300 GBP',
          'capture 200 GBP',
          'void 500 GBP',
          'refund 500 GBP',
        ]);
      });

      withCard(cards.many, 'a final capture lets the rest go', async (token) => {
        const authorisation = await held(token);
        await capture(authorisation, 300, 'a', { final: true });
        expect(await capture(authorisation, 1, 'b')).toMatchObject({ outcome: 'declined' });
        expect(await letGo(authorisation)).toMatchObject({ outcome: 'declined' });
        expect(movedBy(await refund(authorisation, 300)).amount).toBe(300);
      });

      withCard(cards.once, 'captured once, and what that leaves is let go', async (token) => {
        const { reference, can } = movedBy(await authorise(token));
        expect(can?.captures).toBe('once');
        expect(movedBy(await capture(reference, 300, 'a')).amount).toBe(300);
        expect(await capture(reference, 1, 'b')).toMatchObject({ outcome: 'declined' });
        expect(await letGo(reference)).toMatchObject({ outcome: 'declined' });
        expect(await booked()).toEqual(['authorise 1000 GBP', 'capture 300 GBP']);
      });

      withCard(cards.whole, 'captured whole or not at all', async (token) => {
        const { reference, can } = movedBy(await authorise(token));
        expect(can?.captures).toBe('whole');
        expect(await capture(reference, 999, 'part')).toMatchObject({ outcome: 'declined' });
        expect(movedBy(await capture(reference, 1000, 'all')).amount).toBe(1000);
        expect(movedBy(await refund(reference, 1)).amount).toBe(1);
      });
    });

    describe('a movement that is declined', () => {
      withCard(cards.declined, 'moves nothing, says why, and stays declined', async (token) => {
        const answer = await authorise(token);
        expect(answer).toEqual({
          outcome: 'declined',
          code: expect.stringMatching(/./),
          message: expect.stringMatching(/./),
        });
        expect(JSON.stringify(answer)).not.toContain(token);
        expect(await authorise(token)).toEqual(answer);
        expect(await ask('authorise', 'authorise')).toEqual(answer);
        expect(await booked()).toEqual([]);
      });

      it('is a capture of more than is held, and a refund of more than was taken', async () => {
        const authorisation = await held(cards.good);
        expect(await capture(authorisation, 1001, 'a')).toMatchObject({ outcome: 'declined' });
        await capture(authorisation, 600, 'b');
        expect(await refund(authorisation, 601, 'c')).toMatchObject({ outcome: 'declined' });
        await refund(authorisation, 400, 'd');
        expect(await refund(authorisation, 201, 'e')).toMatchObject({ outcome: 'declined' });
        expect(await booked()).toEqual(['authorise 1000 GBP', 'capture 600 GBP', 'refund 400 GBP']);
      });

      it('is one on an authorisation that was made elsewhere', async () => {
        for (const answer of [
          await capture('elsewhere', 1),
          await refund('elsewhere', 1),
          await letGo('elsewhere'),
        ])
          expect(answer).toMatchObject({ outcome: 'declined' });
      });
    });

    describe('the same key', () => {
      it('moves once and gives the first answer again', async () => {
        const authorised = await authorise(cards.good);
        expect(await authorise(cards.good)).toEqual(authorised);
        const { reference } = movedBy(authorised);
        const captured = await capture(reference, 600);
        expect(await capture(reference, 600)).toEqual(captured);
        const refunded = await refund(reference, 100);
        expect(await refund(reference, 100)).toEqual(refunded);
        expect(await booked()).toEqual(['authorise 1000 GBP', 'capture 600 GBP', 'refund 100 GBP']);
      });

      it('lets go once', async () => {
        const authorisation = await held(cards.good);
        const first = await letGo(authorisation);
        expect(await letGo(authorisation)).toEqual(first);
        expect(await booked()).toEqual(['authorise 1000 GBP', 'void 1000 GBP']);
      });

      it('moves once when it comes several times at once', async () => {
        const atOnce = async (send: () => Promise<MoveOutcome>) => {
          const answers = await Promise.all([1, 2, 3, 4, 5].map(send));
          const moved = answers.flatMap((each) => (each.outcome === 'moved' ? [each] : []));
          expect(new Set(moved.map(({ reference }) => reference)).size).toBe(1);
          const others = answers.filter(({ outcome }) => outcome !== 'moved');
          expect(others.filter(({ outcome }) => outcome !== 'busy')).toEqual([]);
          return moved[0]?.reference ?? '';
        };
        const authorisation = await atOnce(() => authorise(cards.good));
        await atOnce(() => capture(authorisation, 300));
        await atOnce(() => refund(authorisation, 100));
        expect(await booked()).toEqual(['authorise 1000 GBP', 'capture 300 GBP', 'refund 100 GBP']);
      });

      withCard(
        cards.timesOutAfterMoving,
        'moves once when it comes again because the answer was lost',
        async (token) => {
          expect(await authorise(token)).toMatchObject({ outcome: 'unknown' });
          const { reference } = movedBy(await authorise(token));
          expect(await capture(reference, 600)).toMatchObject({ outcome: 'unknown' });
          expect(movedBy(await capture(reference, 600)).amount).toBe(600);
          expect(await booked()).toEqual(['authorise 1000 GBP', 'capture 600 GBP']);
        },
      );
    });

    describe('asking', () => {
      it('knows each kind of movement, and sends nothing', async () => {
        const authorised = await authorise(cards.good);
        const { reference: authorisation } = movedBy(authorised);
        const captured = await capture(authorisation, 600);
        const refunded = await refund(authorisation, 100);
        expect(await ask('authorise', 'authorise')).toEqual(authorised);
        expect(await ask('capture', 'capture', { authorisation, amount: 600 })).toEqual(captured);
        expect(await ask('refund', 'refund', { authorisation, amount: 100 })).toEqual(refunded);
        expect(await booked()).toHaveLength(3);
      });

      it('knows that a hold was let go', async () => {
        const authorisation = await held(cards.good);
        const voided = await letGo(authorisation);
        expect(await ask('void', 'void', { authorisation })).toEqual(voided);
        expect(await booked()).toHaveLength(2);
      });

      it('knows what was never sent, whatever else has happened', async () => {
        const absent = { outcome: 'absent' };
        expect(await ask('authorise', 'authorise')).toEqual(absent);
        const authorisation = await held(cards.good);
        expect(await ask('capture', 'capture', { authorisation })).toEqual(absent);
        expect(await ask('void', 'void', { authorisation })).toEqual(absent);
        await capture(authorisation, 600);
        expect(await ask('refund', 'refund', { authorisation, amount: 600 })).toEqual(absent);
        expect(await ask('authorise', 'second')).toEqual(absent);
        expect(await ask('capture', 'second', { authorisation, amount: 600 })).toEqual(absent);
      });

      it('takes neither another order nor a name for the movement asked about', async () => {
        const authorisation = await held(cards.good);
        const others = `${order}0`;
        const about = { order: others, key: `${others}-authorise` };
        expect(await ask('authorise', '', about)).toEqual({ outcome: 'absent' });
        expect(await ask('authorise', '', { key: authorisation })).toEqual({ outcome: 'absent' });
        expect(await ask('authorise', '', { key: order })).toEqual({ outcome: 'absent' });
        expect(await ask('authorise', 'auth')).toEqual({ outcome: 'absent' });
      });

      withCard(
        cards.timesOutAfterMoving,
        'learns after a time-out that the money moved',
        async (token) => {
          expect(await authorise(token)).toMatchObject({ outcome: 'unknown' });
          const authorised = movedBy(await ask('authorise', 'authorise'));
          const { reference: authorisation } = authorised;
          expect(await capture(authorisation, 600)).toMatchObject({ outcome: 'unknown' });
          const captured = movedBy(await ask('capture', 'capture', { authorisation, amount: 600 }));
          expect(captured.amount).toBe(600);
          expect(await refund(authorisation, 100)).toMatchObject({ outcome: 'unknown' });
          const refunded = movedBy(await ask('refund', 'refund', { authorisation, amount: 100 }));
          expect(refunded.amount).toBe(100);
          expect(await booked()).toHaveLength(3);
        },
      );

      withCard(
        cards.timesOutAfterMoving,
        'learns after a time-out that a hold was let go',
        async (token) => {
          const authorisation = await held(token);
          expect(await letGo(authorisation)).toMatchObject({ outcome: 'unknown' });
          expect(movedBy(await ask('void', 'void', { authorisation })).amount).toBe(1000);
        },
      );

      withCard(
        cards.timesOutBeforeMoving,
        'learns after a time-out that nothing moved, and it can be sent again',
        async (token) => {
          expect(await authorise(token)).toMatchObject({ outcome: 'unknown' });
          expect(await ask('authorise', 'authorise')).toEqual({ outcome: 'absent' });
          const { reference: authorisation } = movedBy(await authorise(token));
          expect(await capture(authorisation, 600)).toMatchObject({ outcome: 'unknown' });
          const about = { authorisation, amount: 600 };
          expect(await ask('capture', 'capture', about)).toEqual({ outcome: 'absent' });
          expect(movedBy(await capture(authorisation, 600)).amount).toBe(600);
          expect(await booked()).toEqual(['authorise 1000 GBP', 'capture 600 GBP']);
        },
      );

      withCard(
        cards.fallsSilent,
        'is not answered about what the gateway does not tell, and never that it is absent',
        async (token) => {
          expect(await authorise(token)).toMatchObject({ outcome: 'unknown' });
          expect(await ask('authorise', 'authorise')).toMatchObject({ outcome: 'unreachable' });
          expect(await gateway.movements(order)).toMatchObject({ outcome: 'unreachable' });
          expect(await booked()).toEqual(['authorise 1000 GBP']);
        },
      );

      const { later } = kind;
      if (later) {
        it('knows a movement a year later, when keys are long forgotten', async () => {
          const authorised = await authorise(cards.good);
          await later(running, 365 * DAY_MS);
          expect(await ask('authorise', 'authorise')).toEqual(authorised);
        });
      }
    });

    describe('a hold that ends', () => {
      withCard(cards.renewable, 'is renewed under a new key, beside the old one', async (token) => {
        const { reference: old, can } = movedBy(await authorise(token));
        expect(can?.renewable).toBe(true);
        const renewed = await renew(old, 'renew');
        const { reference: fresh, can: freshCan } = movedBy(renewed);
        expect(fresh).not.toBe(old);
        expect(freshCan).toEqual(can);
        expect(await renew(old, 'renew')).toEqual(renewed);
        expect(await ask('authorise', 'renew', { authorisation: old })).toEqual(renewed);
        expect(movedBy(await letGo(old)).amount).toBe(1000);
        expect(movedBy(await capture(fresh, 1000)).amount).toBe(1000);
        expect(await booked()).toEqual([
          'authorise 1000 GBP',
          'authorise 1000 GBP',
          'void 1000 GBP',
          'capture 1000 GBP',
        ]);
      });

      withCard(
        cards.notRenewable,
        'is not renewed where the card is not renewable',
        async (token) => {
          const { reference, can } = movedBy(await authorise(token));
          expect(can?.renewable ?? false).toBe(false);
          expect(await renew(reference, 'renew')).toMatchObject({ outcome: 'declined' });
          expect(movedBy(await capture(reference, 1000)).amount).toBe(1000);
        },
      );

      withCard(
        cards.renewalDeclined,
        'is left as it was when the bank declines to renew it',
        async (token) => {
          const { reference, can } = movedBy(await authorise(token));
          expect(can?.renewable).toBe(true);
          const declined = await renew(reference, 'renew');
          expect(declined).toMatchObject({ outcome: 'declined' });
          expect(await ask('authorise', 'renew')).toEqual(declined);
          expect(movedBy(await capture(reference, 1000)).amount).toBe(1000);
        },
      );

      const { later } = kind;
      if (later) {
        it('cannot be captured or let go after its end, and what was taken can be given back', async () => {
          const { reference, expiresAt } = movedBy(await authorise(cards.many ?? cards.good));
          expect(expiresAt).toBeDefined();
          await capture(reference, 400, 'in time');
          await later(running, 40 * DAY_MS);
          expect(await capture(reference, 100, 'late')).toMatchObject({ outcome: 'declined' });
          expect(await letGo(reference)).toMatchObject({ outcome: 'declined' });
          expect(movedBy(await refund(reference, 400)).amount).toBe(400);
        });
      }
    });

    describe("the gateway's own records", () => {
      it('have what really moved for an order, under our keys, and nothing else', async () => {
        const reference = await held(cards.good);
        await capture(reference, 600);
        await refund(reference, 100);
        await capture(reference, 100_000, 'too much');
        const other = { order: `${order}0`, amount: 500, currency: 'GBP', token: cards.good };
        await gateway.authorise(other, `${order}0-authorise`);

        const listed = await gateway.movements(order);
        const common = { authorisation: reference, currency: 'GBP' };
        expect(listed).toMatchObject({
          outcome: 'listed',
          movements: [
            { ...common, kind: 'authorise', key: keyOf('authorise'), reference, amount: 1000 },
            { ...common, kind: 'capture', key: keyOf('capture'), amount: 600 },
            { ...common, kind: 'refund', key: keyOf('refund'), amount: 100 },
          ],
        });
        expect(listed).toHaveProperty('movements.length', 3);
      });

      it('have the holds that were let go', async () => {
        const reference = await held(cards.good);
        await letGo(reference);
        expect(await gateway.movements(order)).toMatchObject({
          movements: [
            { kind: 'authorise', amount: 1000 },
            { kind: 'void', key: keyOf('void'), authorisation: reference, amount: 1000 },
          ],
        });
      });

      it('are empty for an order that they do not know', async () => {
        expect(await gateway.movements(order)).toEqual({ outcome: 'listed', movements: [] });
      });
    });

    const { nobody } = kind;
    if (nobody) {
      it('knows that nothing was sent when nobody is reached', async () => {
        gateway = await nobody();
        expect(await authorise(cards.good)).toMatchObject({ outcome: 'unreachable' });
        expect(await ask('authorise', 'authorise')).toMatchObject({ outcome: 'unreachable' });
        expect(await gateway.movements(order)).toMatchObject({ outcome: 'unreachable' });
        expect(await booked()).toEqual([]);
      });
    }

    if (kind.told) describeCallbacks(kind, kind.told, () => running);
  });
}
