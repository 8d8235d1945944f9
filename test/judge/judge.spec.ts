import { beforeEach, describe, expect, it } from '@jest/globals';
import type { LedgerEntry } from '../../scripts/gateway/views';
import { judge } from '../../scripts/judge/judge';
import { livesOf } from '../../scripts/lives/lives';
import { rightWorld } from './world';

const lives = livesOf(1, 40);

describe('the judge of a torture run', () => {
  let world: ReturnType<typeof rightWorld>;
  beforeEach(() => {
    world = rightWorld(lives);
  });

  /** What it says, as `number: what`. */
  const said = () =>
    judge(lives, world.lived, world.evidence).map(({ of, what }) => `${of}: ${what}`);
  const oneLike = (pattern: RegExp): unknown =>
    expect.arrayContaining([expect.stringMatching(pattern)]);
  const movement = (kind: LedgerEntry['kind']) =>
    world.evidence.gateway.find((entry) => entry.kind === kind) as LedgerEntry;
  const without = <Row>(rows: Row[], row: Row) => void rows.splice(rows.indexOf(row), 1);

  it('finds nothing where everything went as the lives foresee', () => {
    expect(said()).toEqual([]);
  });

  it('finds a charge that the gateway made twice under one key', () => {
    const { order, key, ...charge } = movement('capture');
    world.evidence.gateway.push({ ...charge, order, key, reference: 'another' });
    expect(said()).toEqual(oneLike(new RegExp(`^${order}: the gateway moved twice under ${key}`)));
  });

  it('finds a charge under a key that our ledger has never heard of', () => {
    const { order, ...charge } = movement('capture');
    world.evidence.gateway.push({ ...charge, order, key: `${order}/99/capture` });
    expect(said()).toEqual(
      oneLike(
        new RegExp(`^${order}: only the gateway has capture of .* under ${order}/99/capture`),
      ),
    );
  });

  it('finds a charge for an order that nobody placed', () => {
    world.evidence.gateway.push({ ...movement('capture'), order: 'nobody', key: 'nobody/1' });
    expect(said()).toEqual(oneLike(/^nobody: money moved for an order of nobody/));
  });

  it('finds a hold that no capture let go of, and one that it let go of for nothing', () => {
    const row = world.evidence.ledger.find(({ key }) => key === null);
    if (!row) throw new Error('No life lets go of anything.');
    without(world.evidence.ledger, row);
    world.evidence.ledger.push({ ...row, amount: row.amount + 1 });
    expect(said()).toEqual(
      oneLike(new RegExp(`^${row.order}: ${row.amount + 1} was let go of by captures, not`)),
    );
    world.evidence.ledger.pop();
    expect(said()).toEqual(oneLike(new RegExp(`^${row.order}: 0 was let go of by captures, not`)));
  });

  it('finds a refund that the gateway never made', () => {
    const refund = movement('refund');
    without(world.evidence.gateway, refund);
    expect(said()).toEqual(
      oneLike(new RegExp(`^${refund.order}: only our ledger has refund of ${refund.amount}`)),
    );
    expect(said()).toEqual(
      oneLike(new RegExp(`^${refund.order}: the order says .* refunded, the gateway`)),
    );
  });

  it('finds a refund that was to be made and is on neither side', () => {
    const refund = movement('refund');
    without(world.evidence.gateway, refund);
    const row = world.evidence.ledger.findIndex(({ key }) => key === refund.key);
    world.evidence.ledger.splice(row, 1);
    expect(said()).toEqual(
      oneLike(new RegExp(`^${refund.order}: the gateway moved .*; it was to move`)),
    );
  });

  it('finds an amount that is wrong by one unit', () => {
    const capture = movement('capture');
    Object.assign(capture, { amount: capture.amount + 1 });
    expect(said()).toEqual(
      oneLike(
        new RegExp(`^${capture.order}: only our ledger has capture of ${capture.amount - 1}`),
      ),
    );
    expect(said()).toEqual(
      oneLike(new RegExp(`^${capture.order}: only the gateway has capture of ${capture.amount}`)),
    );
  });

  it('finds an amount in another currency', () => {
    const capture = movement('capture');
    Object.assign(capture, { currency: 'EUR' });
    expect(said()).toEqual(
      oneLike(new RegExp(`^${capture.order}: only the gateway has capture of .* EUR`)),
    );
  });

  it('lets pass a hold that a withdrawn placing gave up again, and finds one that it did not', () => {
    const hold = movement('authorisation');
    const given = { ...hold, key: `${hold.order}/1/authorise/withdrawn` };
    const back = { ...given, kind: 'void' as const, key: `${hold.order}/2/void/withdrawn` };
    for (const { order, key, amount } of [given, back]) {
      world.evidence.calls.push({ order, key, kind: 'void', status: 'moved', moved: amount });
    }
    world.evidence.gateway.push(given, back);
    expect(said()).toEqual([]);
    without(world.evidence.gateway, back);
    expect(said()).toEqual(
      oneLike(
        new RegExp(`^${hold.order}: only the gateway has a hold of ${hold.amount}, not void`),
      ),
    );
  });

  it('finds a gap in a history, an event that is in it twice, and a history that ends too soon', () => {
    const [first, second] = world.evidence.events;
    Object.assign(second as object, { seq: 3 });
    expect(said()).toEqual(
      oneLike(new RegExp(`^${first?.order}: its history has 3 where 2 belongs`)),
    );
    Object.assign(second as object, { seq: 2, id: 'place' });
    expect(said()).toEqual(
      oneLike(new RegExp(`^${first?.order}: its history has event place twice`)),
    );
    world.evidence.events.splice(1, 1);
    expect(said()).toEqual(oneLike(new RegExp(`^${first?.order}: its history ends at 1, not 2`)));
  });

  it('finds a command without a final outcome, and a movement whose fate nobody knows', () => {
    Object.assign(world.evidence.commands[0] as object, { outcome: 'pending' });
    Object.assign(world.evidence.calls[0] as object, { status: 'sent' });
    expect(said()).toEqual(oneLike(/command .* has no final outcome/));
    expect(said()).toEqual(oneLike(/nobody knows what became of/));
  });

  it('finds an order that is not there, one that should not be, and one elsewhere than foreseen', () => {
    const placed = lives.filter(({ ending }) => ending);
    const [lost, moved] = placed.map(({ number }) => number) as [string, string];
    const declined = lives.find(({ ending }) => !ending)?.number as string;
    const { orders } = world.evidence;
    orders.set(declined, orders.get(lost) as never);
    orders.delete(lost);
    orders.set(moved, { ...(orders.get(moved) as never as object), status: 'Pending' } as never);
    expect(said()).toEqual(oneLike(new RegExp(`^${lost}: it was to be placed, and is not there`)));
    expect(said()).toEqual(oneLike(new RegExp(`^${declined}: it was to be declined`)));
    expect(said()).toEqual(oneLike(new RegExp(`^${moved}: it is Pending, not`)));
  });

  it('finds a rival that was served as well, a wrong refusal, and a life that hangs', () => {
    const rivals = lives.findIndex(({ steps }) =>
      steps.some(({ callers }) => callers === 'rivals'),
    );
    const step = lives[rivals]?.steps.findIndex(({ callers }) => callers === 'rivals') ?? 0;
    const told = world.lived[rivals]?.told[step]?.[1] as object;
    Object.assign(told, { outcome: 'done', code: undefined });
    expect(said()).toEqual(oneLike(/rivals\) was done and done/));
    Object.assign(told, { outcome: 'refused', code: 'on-hold' });
    expect(said()).toEqual(oneLike(/rivals\) was done and refused \(on-hold\)/));
    Object.assign(world.lived[rivals] as object, { hangs: 'no answer; see its workflow' });
    expect(said()).toEqual(
      oneLike(new RegExp(`^${lives[rivals]?.number}: it hangs: no answer; see its workflow`)),
    );
  });

  it.each(['inStock', 'allocated', 'ledgerInStock', 'ledgerAllocated', 'held'] as const)(
    'finds a unit too many %s on a shelf',
    (figure) => {
      const [shelf] = world.evidence.shelves;
      Object.assign(shelf as object, { [figure]: (shelf?.[figure] ?? 0) + 1 });
      expect(said()).toEqual(oneLike(new RegExp(`^${shelf?.sku}: .* not `)));
      expect(said()).toHaveLength(1);
    },
  );
});
