import { describe, expect, it } from '@jest/globals';
import { limits } from '../../machines/deciding/limits';
import type { OrderState } from '../../machines/state';
import type { Shop } from '../../machines/table';
import { partnerOf } from '../../machines/partners/lines';
import { lamps } from './shops';
import { aLine, anOrder, desk, factsOf, later, lineOf, type Told } from './support';

/** Three lamps of nord's (A), two shades of sued's (B), a guide to download (C), a bulb of the shop's own (D). */
const lines = [
  aLine({ id: 'A', partner: 'nord', partnerSku: 'N-1', trackStock: false }),
  aLine({ id: 'B', partner: 'sued', quantity: 2, trackStock: false }),
  aLine({ id: 'C', partner: 'nord', kind: 'digital', quantity: 1, trackStock: false }),
  aLine({ id: 'D', quantity: 1 }),
];
const order = anOrder({ status: 'New', lines, payments: [] });

const asked: Told = { type: 'set-status', status: 'Asked' };
const by = (partner: string) => ({ actor: { role: 'partner', name: partner } }) as const;
const accept = (partner: string, more = {}): Told => ({
  ...{ type: 'accept-hand-over', ...by(partner) },
  ...more,
});
const decline = (partner: string, more = {}): Told => ({
  ...{ type: 'decline-hand-over', reason: 'None left.', ...by(partner) },
  ...more,
});
const ship = (partner: string, units: [string, number][], more = {}): Told => ({
  ...{ type: 'record-shipping-event', event: 'Sent', ...by(partner) },
  lines: units.map(([id, quantity]) => ({ id, quantity })),
  ...more,
});
const drop = (units: [string, number][], more = {}): Told => ({
  ...{ type: 'cancel', reason: 'Broken.' },
  lines: units.map(([id, quantity]) => ({ id, quantity })),
  ...more,
});

/** Who has what in hand, at which stage: "p1 nord asked A3". */
function handOvers({ context }: OrderState): string[] {
  return context.handOvers.map(({ id, partner, stage, lines: units }) => {
    const said = units.map(
      (unit) => `${unit.id}${unit.quantity}${unit.sent ? `/${unit.sent}` : ''}`,
    );
    return `${id} ${partner} ${stage} ${said.join(' ')}`;
  });
}

const shop = desk(lamps);
const placed = shop.placed(order);
const open = shop.play(placed, asked);

const withRule = (changes: Partial<NonNullable<Shop['partners']>>) =>
  desk({ ...lamps, partners: { ...lamps.partners, ...changes } as Shop['partners'] });

describe('handing over', () => {
  it('asks each partner for exactly its own physical lines', () => {
    const handed = shop.act(placed, { ...asked, id: 'asking' });
    expect(handOvers(handed.state)).toEqual(['p1 nord asked A3', 'p2 sued asked B2']);
    expect(factsOf(handed, 'handed-over')).toEqual([
      { type: 'handed-over', handOver: 'p1', partner: 'nord', lines: [{ id: 'A', quantity: 3 }] },
      { type: 'handed-over', handOver: 'p2', partner: 'sued', lines: [{ id: 'B', quantity: 2 }] },
    ]);
  });

  it('leaves out what is cancelled before', () => {
    const state = shop.play(
      placed,
      drop([
        ['A', 1],
        ['B', 2],
      ]),
      asked,
    );
    expect(handOvers(state)).toEqual(['p1 nord asked A2']);
  });

  it('waits while a hold keeps the goods in, and is done when the hold ends', () => {
    const free = desk({ ...lamps, holdBlocks: ['record-shipping-event'] });
    const held = free.play(placed, { type: 'hold', reason: 'Odd card.' }, asked);
    expect(handOvers(held)).toEqual([]);
    expect(handOvers(free.play(held, { type: 'release-hold' }))).toEqual(handOvers(open));
  });

  it('is done by hand for a line that was placed for nobody', () => {
    const none = shop.refusal(open, { type: 'hand-over' });
    expect(none).toMatchObject({ code: 'invalid-hand-over', guard: 'handable' });
    const unnamed = shop.refusal(open, { type: 'hand-over', lines: [{ id: 'D' }] });
    expect(unnamed.detail).toContain('it was placed for no partner');
    const state = shop.play(open, { type: 'hand-over', partner: 'west', lines: [{ id: 'D' }] });
    expect(handOvers(state)).toContain('p3 west asked D1');
    expect(partnerOf(state.context, 'D')).toBe('west');
  });

  it('takes units by hand from the one who has them, who is told so', () => {
    const wish = { type: 'hand-over', partner: 'west', lines: [{ id: 'A', quantity: 2 }] } as const;
    const moved = shop.act(open, wish);
    expect(handOvers(moved.state)).toEqual([
      ...['p1 nord asked A1', 'p2 sued asked B2', 'p3 nord withdrawn A2', 'p4 west asked A2'],
    ]);
    expect(factsOf(moved, 'partner-told')).toMatchObject([
      { partner: 'nord', kind: 'cancellation', lines: [{ id: 'A', quantity: 2 }] },
    ]);
    expect(factsOf(moved, 'handed-over')).toMatchObject([{ partner: 'west', instead: 'p3' }]);
  });

  it('is refused beyond what is open, for digital lines, and to who has it already', () => {
    const no = (line: object) =>
      shop.refusal(open, { type: 'hand-over', partner: 'nord', lines: [line as { id: string }] });
    expect(no({ id: 'A' }).detail).toContain('3 with nord already');
    expect(no({ id: 'C' }).detail).toContain('it is digital');
    expect(no({ id: 'B', quantity: 3 }).detail).toContain('at most 2');
  });

  it('is refused by a shop that works with no partners', () => {
    const { partners: _, ...alone } = lamps;
    const refused = desk(alone).refusal(placed, { type: 'hand-over' });
    expect(refused).toMatchObject({ code: 'invalid-hand-over', guard: 'handable' });
  });
});

describe('a partner who accepts', () => {
  it('leads its lines on, and the order once everybody has', () => {
    const one = shop.play(open, accept('nord', { reference: 'N-77', at: later(1) }));
    expect(one.value.status).toBe('Asked');
    expect(lineOf(one).status).toBe('Promised');
    expect(lineOf(one, 'B').status).toBe('With partner');
    expect(one.context.handOvers[0]).toMatchObject({
      stage: 'accepted',
      reference: 'N-77',
      stageSince: later(1),
    });
    const all = shop.play(one, accept('sued'));
    expect(all.value.status).toBe('Sending');
  });

  it('changes nothing by saying so again, or after a parcel has left', () => {
    const one = shop.play(open, accept('nord'));
    expect(shop.tell(one, accept('nord')).outcome).toBe('unchanged');
    const sent = shop.play(open, ship('nord', [['A', 1]]));
    expect(handOvers(sent)[0]).toBe('p1 nord accepted A3/1');
    expect(shop.tell(sent, accept('nord')).outcome).toBe('unchanged');
  });

  it('may accept a part, and decline the rest', () => {
    const part = shop.play(open, accept('nord', { lines: [{ id: 'A', quantity: 2 }] }));
    expect(handOvers(part)).toEqual([
      ...['p1 nord asked A1', 'p2 sued asked B2', 'p3 nord accepted A2'],
    ]);
    const rest = shop.play(part, decline('nord', { lines: [{ id: 'A', quantity: 1 }] }));
    expect(handOvers(rest)).toEqual([
      ...['p1 nord declined A1', 'p2 sued asked B2', 'p3 nord accepted A2', 'p4 sued asked A1'],
    ]);
  });

  it('cannot answer for somebody else, nor before it was asked', () => {
    const foreign = shop.refusal(open, accept('nord', { lines: [{ id: 'B' }] }));
    expect(foreign).toMatchObject({ code: 'invalid-hand-over', guard: 'answerable' });
    expect(shop.refusal(open, accept('nord', { handOver: 'p2' })).detail).toContain(
      'p2 is no hand-over to nord',
    );
    expect(shop.refusal(placed, accept('nord')).figures).toMatchObject({ later: true });
    expect(shop.refusal(placed, accept('east')).figures).not.toHaveProperty('later');
  });

  it('cannot take back its no', () => {
    const people = withRule({ whenDeclined: 'people' });
    const no = people.play(open, decline('nord'));
    expect(people.refusal(no, accept('nord')).detail).toContain('Hand it over again first.');
  });
});

describe('a partner who declines', () => {
  it('is followed by the next on its route, each asked once, and by people in the end', () => {
    const first = shop.act(open, decline('nord'));
    expect(handOvers(first.state)).toEqual([
      'p1 nord declined A3',
      'p2 sued asked B2',
      'p3 sued asked A3',
    ]);
    expect(factsOf(first, 'partner-told')).toEqual([]);
    const lastOf = shop.act(
      shop.play(first.state, decline('sued', { handOver: 'p3' })),
      decline('west'),
    );
    expect(handOvers(lastOf.state).slice(2)).toEqual([
      'p3 sued declined A3',
      'p4 west declined A3',
    ]);
    expect(lastOf.state.context.attention).toMatchObject([
      { reason: 'partner-declined', text: 'west does not send 3 of line A (p4): None left.' },
    ]);
  });

  it('changes nothing by saying so again, also when somebody else has it', () => {
    const state = shop.play(open, decline('nord'));
    expect(shop.tell(state, decline('nord')).outcome).toBe('unchanged');
    expect(shop.tell(state, decline('nord', { lines: [{ id: 'A' }] })).outcome).toBe('unchanged');
  });

  it('cannot decline what has left', () => {
    const sent = shop.play(open, ship('nord', [['A', 1]]));
    expect(shop.refusal(sent, decline('nord')).detail).toContain('1 of it has left');
  });

  it('leaves it to people, or cancels it, where the table says so', () => {
    const people = withRule({ whenDeclined: 'people' }).play(open, decline('nord'));
    expect(people.context.attention).toMatchObject([{ reason: 'partner-declined' }]);
    const cancels = withRule({ whenDeclined: 'cancel' }).act(open, decline('nord'));
    expect(lineOf(cancels.state).passed).toMatchObject({ Dropped: 3 });
    expect(cancels.state.context.attention).toEqual([]);
    expect(factsOf(cancels, 'partner-told')).toEqual([]);
  });

  it('has nobody else asked while the order is held', () => {
    const held = shop.play(open, { type: 'hold', reason: 'Odd card.' }, decline('nord'));
    expect(handOvers(held)).toEqual(['p1 nord declined A3', 'p2 sued asked B2']);
    expect(held.context.attention).toMatchObject([{ reason: 'partner-declined' }]);
  });

  it('ends the task of people once somebody else is asked', () => {
    const people = withRule({ whenDeclined: 'people' });
    const no = people.play(open, decline('nord'));
    const handed = people.act(no, { type: 'hand-over', partner: 'west' });
    expect(handOvers(handed.state)).toContain('p3 west asked A3');
    expect(factsOf(handed, 'attention-resolved')).toMatchObject([{ by: 'itself' }]);
  });
});

describe('what a partner sends', () => {
  it('fulfils its hand-over when the last unit has left', () => {
    const some = shop.act(open, ship('nord', [['A', 2]]));
    expect(factsOf(some, 'hand-over-moved')).toMatchObject([{ stage: 'accepted' }]);
    const all = shop.act(some.state, ship('nord', [['A', 1]]));
    expect(factsOf(all, 'hand-over-moved')).toMatchObject([{ handOver: 'p1', stage: 'fulfilled' }]);
  });

  it('is refused for lines of others, and without lines', () => {
    const refused = shop.refusal(
      open,
      ship('nord', [
        ['A', 1],
        ['B', 1],
      ]),
    );
    expect(refused).toMatchObject({ code: 'invalid-shipping-event', guard: 'linesAreYours' });
    expect(refused.detail).toBe('Order 100001: B is not a line of order 100001.');
    const { lines: _, ...unnamed } = ship('nord', []) as { lines: unknown } & Told;
    expect(shop.refusal(open, unnamed as Told)).toMatchObject({
      code: 'validation',
      guard: 'linesAreYours',
    });
  });

  it('is refused beyond what it has in hand', () => {
    const state = shop.play(open, {
      type: 'hand-over',
      partner: 'west',
      lines: [{ id: 'A', quantity: 2 }],
    });
    expect(shop.refusal(state, ship('nord', [['A', 2]])).detail).toContain(
      '2 asked, 1 is with nord',
    );
    const sent = shop.play(state, ship('nord', [['A', 1]]), ship('west', [['A', 2]]));
    expect(handOvers(sent).filter((each) => each.includes('fulfilled'))).toHaveLength(2);
  });

  it('is one parcel under one reference, however often it is told', () => {
    const parcel = ship('nord', [['A', 2]], { reference: 'R-1' });
    const sent = shop.play(open, parcel);
    expect(shop.tell(sent, parcel).outcome).toBe('unchanged');
    expect(shop.tell(sent, ship('nord', [['A', 1]], { reference: 'R-1' })).outcome).toBe(
      'accepted',
    );
    expect(shop.tell(sent, ship('nord', [['A', 1]])).outcome).toBe('accepted');
  });

  it('may come later when the order is not so far, or the goods are not', () => {
    expect(shop.refusal(placed, ship('nord', [['A', 1]])).figures).toMatchObject({ later: true });
    expect(shop.refusal(placed, ship('nord', [['A', 4]])).figures).not.toHaveProperty('later');
    const back = { ...ship('nord', [['A', 1]]), event: 'Back' } as Told;
    expect(shop.refusal(open, back).figures).toMatchObject({ later: true });
    const dropped = shop.play(open, drop([['A', 3]]));
    expect(shop.refusal(dropped, ship('nord', [['A', 1]])).figures).not.toHaveProperty('later');
  });
});

describe('units that are cancelled', () => {
  it('are called off with the partner who has them in hand', () => {
    const part = shop.act(open, drop([['A', 1]], { id: 'dropping' }));
    expect(handOvers(part.state)).toEqual(['p1 nord asked A2', 'p2 sued asked B2']);
    expect(factsOf(part, 'partner-told')).toMatchObject([
      {
        handOver: 'p1',
        kind: 'cancellation',
        lines: [{ id: 'A', quantity: 1 }],
        reason: 'Broken.',
      },
    ]);
    const whole = shop.act(part.state, drop([['A', 2]]));
    expect(factsOf(whole, 'hand-over-moved')).toMatchObject([{ stage: 'withdrawn' }]);
  });

  it('end what was partly sent', () => {
    const state = shop.play(open, ship('nord', [['A', 2]]), drop([['A', 1]]));
    expect(handOvers(state)[0]).toBe('p1 nord fulfilled A2/2');
  });

  it('are not told to the partner that cancels them itself', () => {
    const said = shop.act(open, drop([['A', 3]], by('nord')));
    expect(factsOf(said, 'partner-told')).toEqual([]);
    expect(factsOf(said, 'hand-over-moved')).toMatchObject([
      { partner: 'nord', stage: 'withdrawn' },
    ]);
  });

  it('are no news when the partner says so after the shop', () => {
    const state = shop.play(open, drop([['A', 3]]));
    expect(shop.tell(state, drop([['A', 3]], by('nord'))).outcome).toBe('unchanged');
    expect(shop.tell(state, accept('nord')).outcome).toBe('unchanged');
    expect(shop.refusal(state, ship('nord', [['A', 1]])).code).toBe('invalid-shipping-event');
  });
});

describe('a slow partner', () => {
  const slow = (
    type: 'partner.reminded' | 'partner.escalated' | 'partner.given-up',
    handOver = 'p1',
    stage = 'asked',
  ) =>
    ({
      type,
      handOver,
      stage,
      at: later(9),
      actor: { role: 'system', name: 'fulfilment' },
    }) as Told;

  it('is reminded once, and not any more when it has answered', () => {
    const reminded = shop.act(open, slow('partner.reminded'));
    expect(factsOf(reminded, 'partner-told')).toMatchObject([
      { kind: 'reminder', waitsFor: 'answer' },
    ]);
    expect(shop.tell(reminded.state, slow('partner.reminded')).outcome).toBe('unchanged');
    const accepted = shop.play(open, accept('nord'));
    expect(shop.tell(accepted, slow('partner.reminded')).outcome).toBe('unchanged');
    const parcels = shop.act(accepted, slow('partner.reminded', 'p1', 'accepted'));
    expect(factsOf(parcels, 'partner-told')).toMatchObject([{ waitsFor: 'parcels' }]);
  });

  it('is shown to people, until it answers', () => {
    const late = shop.play(open, slow('partner.escalated'));
    expect(late.context.attention).toMatchObject([{ reason: 'partner-late' }]);
    expect(shop.play(late, accept('nord')).context.attention).toEqual([]);
  });

  it('is given up for the next on its route, and told so', () => {
    const given = shop.act(shop.play(open, slow('partner.escalated')), slow('partner.given-up'));
    expect(handOvers(given.state)).toEqual([
      'p1 nord withdrawn A3',
      'p2 sued asked B2',
      'p3 sued asked A3',
    ]);
    expect(factsOf(given, 'partner-told')).toMatchObject([
      { partner: 'nord', kind: 'cancellation' },
    ]);
    expect(given.state.value.hold).toBe('free');
    expect(given.state.context.attention).toEqual([]);
  });

  it('has the order held where nobody else may send it', () => {
    const hold = withRule({ whenSilent: 'hold' }).play(open, slow('partner.given-up'));
    expect(hold.value.hold).toBe('held');
    expect(hold.context.hold?.reason).toContain('nord was asked for 3 of line A (p1)');
    expect(handOvers(hold)[0]).toBe('p1 nord asked A3');
    const sending = shop.play(open, accept('nord'), slow('partner.given-up', 'p1', 'accepted'));
    expect(sending.value.hold).toBe('held');
    const last = shop.play(open, slow('partner.given-up', 'p2'), slow('partner.given-up', 'p3'));
    expect(last.value.hold).toBe('held');
    expect(handOvers(last)[2]).toBe('p3 west asked B2');
  });

  it('has the order held where there is no room to ask anybody else, until people release it', () => {
    const over = Array.from({ length: limits.handOvers - 2 }, (_, index) => ({
      ...open.context.handOvers[0]!,
      ...{ id: `p${index + 3}`, stage: 'fulfilled' as const },
      lines: [{ id: 'A', quantity: 1, sent: 1 }],
    }));
    const context = { ...open.context, handOvers: [...open.context.handOvers, ...over] };
    const held = shop.play({ ...open, context }, slow('partner.given-up'));
    expect(held.context.handOvers).toHaveLength(limits.handOvers);
    expect(held.value.hold).toBe('held');
    const free = shop.play(held, { type: 'release-hold' });
    expect([free.value.hold, free.context.hold]).toEqual(['free', null]);
  });

  it('is given up for the next on its route in an order of as many lines as there may be', () => {
    const many = Array.from({ length: limits.lines }, (_, index) =>
      aLine({ id: `L${index}`, partner: 'nord', trackStock: false }),
    );
    const large = shop.placed(anOrder({ status: 'New', lines: many, payments: [] }));
    const given = shop.play(large, asked, slow('partner.given-up'));
    const said = given.context.handOvers.map((each) => [
      each.partner,
      each.stage,
      each.lines.length,
    ]);
    expect(said).toEqual([
      ['nord', 'withdrawn', limits.lines],
      ['sued', 'asked', limits.lines],
    ]);
    expect(given.value.hold).toBe('free');
  });

  it('may be dealt with by people in ways that the order would take', () => {
    const hold = withRule({ whenSilent: 'hold' }).play(open, slow('partner.given-up'));
    const free = shop.play(hold, { type: 'release-hold' });
    const moved = shop.play(free, { type: 'hand-over', partner: 'west', lines: [{ id: 'A' }] });
    expect(moved.context.attention).toEqual([]);
  });
});

it('asks people when a partner cannot be told something', () => {
  const why = 'No answer for three days.';
  const report = {
    type: 'partner.unreachable',
    partner: 'nord',
    letter: 'x',
    kind: 'order',
    why,
  } as const;
  expect(shop.play(open, report).context.attention).toMatchObject([
    { reason: 'partner-unreachable', text: `nord could not be told the order: ${why}` },
  ]);
});
