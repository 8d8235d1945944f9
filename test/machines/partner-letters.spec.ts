import { describe, expect, it } from '@jest/globals';
import { outboxRows } from '../../db/commits/rows';
import { summaryOf, type Commit } from '../../machines/history';
import { isOver, nextOf } from '../../machines/partners/due';
import { writeLetter } from '../../machines/letters/writing';
import type { Accepted } from '../../machines/step';
import { lamps } from './shops';
import { aLine, anOrder, desk, later, noon, type Told } from './support';

const lines = [
  aLine({
    id: 'A',
    partner: 'nord',
    partnerSku: 'N-1',
    partnerReference: 'shelf 3',
    upc: '42',
    notes: 'As a gift.',
    trackStock: false,
  }),
  aLine({ id: 'B', partner: 'sued', quantity: 2, trackStock: false }),
];
const placement = anOrder({
  ...{ status: 'New', lines, payments: [] },
  customer: { email: 'ada@example.com', name: 'Ada' },
  shippingAddress: { name: 'Ada', city: 'London', country: 'GB' },
  shipping: { code: 'standard', name: 'Standard', exclTax: 0, inclTax: 0 },
});
const shop = desk(lamps);
const placed = shop.placed(placement);
const asked = shop.act(placed, { type: 'set-status', status: 'Asked', id: 'asking' });

interface Row {
  readonly topic: string;
  readonly kind: string;
  readonly cause: string;
  readonly payload: Record<string, unknown>;
}

/** The rows of the outbox that a decision leads to, about partners. */
function rowsOf({ state, facts }: Accepted, id: string): Row[] {
  const event = {
    type: 'add-note',
    text: '',
    id,
    at: noon,
    actor: { role: 'clerk', name: 'Grace' },
  } as const;
  const commit: Commit = {
    ...{ number: '100001', after: 1, version: 2, state, summary: summaryOf(lamps, state) },
    events: [{ event, outcome: 'accepted', facts }],
  };
  const rows = outboxRows(commit) as Row[];
  return rows.filter(({ topic }) => topic === 'partner' || topic === 'fulfilment');
}

/** The letter that a row of the outbox is written as. */
function letterOf(decided: Accepted, row: Row | undefined, terms = {}) {
  const stored = { number: '100001', state: decided.state, shop: lamps };
  return writeLetter(stored, { ...(row as Row), id: 'row-1', at: noon }, 1, terms);
}

const keys = (rows: readonly Row[]) =>
  rows.map(({ topic, kind, cause }) => `${topic} ${kind} ${cause}`);

describe('what leaves for partners', () => {
  it('is a letter for each hand-over, and news for whoever waits for its partner', () => {
    expect(keys(rowsOf(asked, 'asking'))).toEqual([
      'partner order asking/p1',
      'partner order asking/p2',
      'fulfilment nord asking/p1',
      'fulfilment sued asking/p2',
    ]);
  });

  it('is a cancellation for whoever had it, and news for both', () => {
    const moved = shop.act(asked.state, {
      type: 'hand-over',
      partner: 'west',
      lines: [{ id: 'A' }],
    });
    expect(keys(rowsOf(moved, 'moving'))).toEqual([
      'partner order moving/p3',
      'partner cancellation moving/p1',
      'fulfilment west moving/p3',
      'fulfilment nord moving/p1',
    ]);
  });

  it('is nothing where an order has no partners', () => {
    const alone = shop.placed(anOrder({ status: 'New', payments: [] }));
    expect(rowsOf(shop.act(alone, { type: 'set-status', status: 'Asked' }), 'alone')).toEqual([]);
  });
});

describe('a letter', () => {
  it('has a partner’s own lines in its own words, where they go, and until when', () => {
    const letter = letterOf(asked, rowsOf(asked, 'asking')[0]);
    expect(letter).toEqual({
      ...{ version: 1, id: 'row-1', type: 'order', partner: 'nord', order: '100001' },
      ...{ handOver: 'p1', sequence: 1, at: noon },
      shipTo: { name: 'Ada', city: 'London', country: 'GB' },
      customer: { name: 'Ada' },
      shipping: { code: 'standard', name: 'Standard' },
      lines: [
        {
          ...{ id: 'A', sku: 'N-1', shopSku: 'SKU-A', upc: '42', title: 'Mug', quantity: 3 },
          ...{ reference: 'shelf 3', notes: 'As a gift.' },
        },
      ],
      answerBy: later(8),
      shipBy: later(72),
    });
    expect(JSON.stringify(letter)).not.toContain('ada@example.com');
  });

  it('has the times of the partner itself, where it has any', () => {
    const terms = { accept: { escalate: { hours: 1 } } };
    expect(letterOf(asked, rowsOf(asked, 'asking')[0], terms)).toMatchObject({
      ...{ answerBy: later(1), shipBy: later(72) },
    });
  });

  it('speaks in the shop’s words to a partner that the line was not placed for', () => {
    const moved = shop.act(asked.state, {
      type: 'hand-over',
      partner: 'west',
      lines: [{ id: 'A' }],
    });
    const [order, cancellation] = rowsOf(moved, 'moving');
    const letter = letterOf(moved, order);
    expect(letter.lines).toEqual([
      {
        id: 'A',
        sku: 'SKU-A',
        shopSku: 'SKU-A',
        upc: '42',
        title: 'Mug',
        quantity: 3,
        notes: 'As a gift.',
      },
    ]);
    expect(letterOf(moved, cancellation)).toMatchObject({
      ...{ type: 'cancellation', partner: 'nord', reason: 'Somebody else sends it.' },
      lines: [{ id: 'A', sku: 'N-1', quantity: 3 }],
    });
  });

  it('reminds of what has not left', () => {
    const about = { handOver: 'p1', stage: 'asked' } as const;
    const reminded = shop.act(asked.state, { type: 'partner.reminded', ...about });
    expect(letterOf(reminded, rowsOf(reminded, 'clock')[0])).toMatchObject({
      ...{ type: 'reminder', waitsFor: 'answer', since: noon },
      lines: [{ id: 'A', sku: 'N-1', quantity: 3 }],
    });
  });
});

describe('what is due about slow partners', () => {
  const rule = lamps.partners as NonNullable<typeof lamps.partners>;
  const due = (state = asked.state, terms = {}) => nextOf(rule, state.context.handOvers, terms);
  const slow = (
    type: 'partner.reminded' | 'partner.escalated' | 'partner.given-up',
    at: string,
    stage = 'asked',
  ) => ({ type, handOver: 'p1', stage, at }) as Told;
  const { context } = asked.state;
  const nord = {
    ...asked.state,
    context: { ...context, handOvers: context.handOvers.slice(0, 1) },
  };

  it('comes step by step, each counted from the stage’s beginning', () => {
    expect(due(nord)).toEqual({
      at: later(4),
      does: 'partner.reminded',
      handOver: 'p1',
      stage: 'asked',
    });
    const reminded = shop.play(nord, slow('partner.reminded', later(4)));
    expect(due(reminded)).toMatchObject({ at: later(8), does: 'partner.escalated' });
    const escalated = shop.play(reminded, slow('partner.escalated', later(8)));
    expect(due(escalated)).toMatchObject({ at: later(24), does: 'partner.given-up' });
    const accepted = shop.play(escalated, { type: 'accept-hand-over', at: later(10) });
    expect(due(accepted)).toMatchObject({
      at: later(58),
      does: 'partner.reminded',
      stage: 'accepted',
    });
    expect(
      due(shop.play(accepted, slow('partner.given-up', later(90), 'accepted'))),
    ).toBeUndefined();
  });

  it('keeps its distance where a step comes late, so that what was said meanwhile is heard first', () => {
    const reminded = shop.play(nord, slow('partner.reminded', later(100)));
    expect(due(reminded)).toMatchObject({ at: later(104), does: 'partner.escalated' });
    const escalated = shop.play(reminded, slow('partner.escalated', later(104)));
    expect(due(escalated)).toMatchObject({ at: later(120), does: 'partner.given-up' });
    const answered = shop.play(escalated, { type: 'accept-hand-over', at: later(105) });
    expect(answered.context.handOvers[0]).not.toHaveProperty('slowSince');
  });

  it('is the soonest of all, by the partner’s own times where it has any', () => {
    const accepted = shop.play(asked.state, { type: 'accept-hand-over', handOver: 'p1' });
    expect(due(accepted)).toMatchObject({ handOver: 'p2', at: later(4) });
    expect(due(accepted, { ship: { escalate: { hours: 2 } } })).toMatchObject({
      ...{ handOver: 'p1', does: 'partner.escalated', at: later(2) },
    });
  });

  it('is nothing once everything has left, was declined, or was called off', () => {
    const over = shop.play(asked.state, { type: 'cancel', reason: 'Changed her mind.' });
    expect(due(over)).toBeUndefined();
    expect([isOver(asked.state.context.handOvers), isOver(over.context.handOvers)]).toEqual([
      false,
      true,
    ]);
  });
});
