import { describe, expect, it } from '@jest/globals';
import { commandSpecs } from '../../machines/commands';
import { drawnAsText } from '../../machines/drawing/text';
import { preview } from '../../machines/step';
import type { OrderState } from '../../machines/state';
import { viewTask } from '../../machines/tasks/ways';
import { actionsOf } from '../../machines/offering/actions';
import { attributesOf } from '../../machines/views/attributes';
import { detailsOf } from '../../machines/views/details';
import { viewOrder } from '../../machines/views/order';
import { viewForPartner } from '../../machines/views/partner-order';
import { viewChanges } from '../../machines/views/preview';
import { viewEvent } from '../../machines/views/timeline';
import { lamps } from './shops';
import { aLine, anOrder, desk, later, noon, type Told } from './support';

const lines = [
  aLine({ id: 'A', partner: 'nord', partnerSku: 'N-1', trackStock: false }),
  aLine({ id: 'B', partner: 'sued', quantity: 2, trackStock: false }),
];
const shop = desk(lamps);
const placed = shop.placed(anOrder({ status: 'New', lines, payments: [] }));
const asked = shop.play(placed, { type: 'set-status', status: 'Asked' });
const toWest = { type: 'hand-over', partner: 'west', lines: [{ id: 'A', quantity: 2 }] } as const;
const split = shop.play(asked, toWest);
const stamp = { id: 'look', at: noon, actor: { role: 'clerk', name: 'Grace' } } as const;

const shown = (state: OrderState) =>
  viewOrder(lamps, { number: '100001', seq: 1, version: 1, state });

describe('an order with partners', () => {
  it('shows each hand-over, what is waited for, and until when', () => {
    expect(shown(asked).handOvers).toMatchObject([
      { id: 'p1', partner: 'nord', stage: 'asked', waitsFor: 'answer', until: later(8) },
      { id: 'p2', partner: 'sued', stage: 'asked', waitsFor: 'answer', until: later(8) },
    ]);
    const accepted = shop.play(asked, { type: 'accept-hand-over', handOver: 'p1', at: later(1) });
    expect(shown(accepted).handOvers[0]).toMatchObject({ waitsFor: 'parcels', until: later(73) });
    const over = shop.play(asked, { type: 'cancel', reason: 'Changed her mind.' });
    expect(shown(over).handOvers[0]).not.toHaveProperty('waitsFor');
  });

  it('shows the partner that a line is with now, without the words of the one before', () => {
    expect(shown(asked).lines[0]).toMatchObject({ partner: 'nord', partnerSku: 'N-1' });
    expect(shown(split).lines[0]).toMatchObject({ partner: 'west' });
    expect(shown(split).lines[0]).not.toHaveProperty('partnerSku');
    expect(attributesOf(lamps, split)?.partners).toEqual(['sued', 'west']);
  });

  it('is seen by each of its partners as far as it is the partner’s own', () => {
    const own = (partner: string, state = split) => {
      const view = viewForPartner(shown(state), partner);
      return view && [view.lines.map(({ id }) => id), view.handOvers.map(({ id }) => id)];
    };
    expect(own('nord')).toEqual([['A'], ['p1', 'p3']]);
    expect(own('west')).toEqual([['A'], ['p4']]);
    expect(own('sued')).toEqual([['B'], ['p2']]);
    const whole = shop.play(asked, { type: 'hand-over', partner: 'west', lines: [{ id: 'A' }] });
    expect(own('nord', whole)).toBeUndefined();
  });

  it('says who is told what, before it is done', () => {
    const foreseen = preview(shop.orders, asked, { ...toWest, ...stamp });
    if (foreseen.outcome !== 'accepted') throw new Error(foreseen.outcome);
    const changes = viewChanges(lamps, asked, foreseen.state, foreseen.facts);
    expect(changes.partners).toEqual([
      { partner: 'nord', told: 'cancellation', lines: [{ id: 'A', quantity: 2 }] },
      { partner: 'west', told: 'order', lines: [{ id: 'A', quantity: 2 }] },
    ]);
    expect(changes.says).toEqual([
      'nord is told not to send 2 of line A (p3): Somebody else sends it.',
      'nord need not send 2 of line A (p3): Somebody else sends it.',
      'west is asked to send 2 of line A (p4, instead of p3).',
    ]);
  });

  it('says in the Temporal Web UI who has what in hand', () => {
    expect(detailsOf(lamps, asked)).toContain(
      `- **With partner** nord (p1): 3 of line A, asked since ${noon}, answer expected until ${later(8)}`,
    );
  });

  it('offers what partners may be asked and what may be answered for them', () => {
    const offered = actionsOf(shop.orders, asked, stamp)
      .filter(({ type }) => type.endsWith('hand-over'))
      .map(({ command, allowed }) => [command.type, command.handOver, allowed]);
    expect(offered).toEqual([
      ['hand-over', undefined, false],
      ['accept-hand-over', 'p1', true],
      ['accept-hand-over', 'p2', true],
      ['decline-hand-over', 'p1', true],
      ['decline-hand-over', 'p2', true],
    ]);
    expect(commandSpecs['hand-over'].roles).toEqual(['clerk']);
  });

  it('has its partners in the timeline as a topic', () => {
    const event = { ...toWest, ...stamp };
    const { facts } = shop.act(asked, toWest);
    const entry = viewEvent({ event, outcome: 'accepted', facts }, 7, 'GBP');
    expect(entry.about).toEqual(['partner', 'people']);
  });

  it('is drawn with how long partners may take, and what follows', () => {
    const text = drawnAsText(lamps);
    expect(text).toContain(
      '  to answer: reminded after 4 hours, people look after 8 hours, given up after 24 hours',
    );
    expect(text).toContain('  instead of nord: sued, then west');
    expect(text.join('\n')).toContain('by itself → Sending when every partner has accepted');
  });
});

describe('a task about a partner', () => {
  const slow = (type: 'partner.escalated' | 'partner.given-up'): Told => ({
    ...{ type, handOver: 'p1', stage: 'asked', at: later(30) },
  });
  const waysOf = (state: OrderState) =>
    state.context.attention.flatMap((task) =>
      viewTask(lamps, state, task).ways.map(({ says, command }) => [says, command]),
    );

  it('says who else may send what one is late with', () => {
    const late = shop.play(asked, slow('partner.escalated'));
    expect(waysOf(late)).toContainEqual([
      'Have sued send 3 of line A.',
      { type: 'hand-over', partner: 'sued', lines: [{ id: 'A', quantity: 3 }] },
    ]);
    expect(waysOf(late)).toContainEqual([
      'Cancel what nobody sends.',
      { type: 'cancel', lines: [{ id: 'A', quantity: 3 }] },
    ]);
  });

  it('offers only what the order would take: a held one is released first', () => {
    const people = desk({ ...lamps, partners: { ...lamps.partners!, whenSilent: 'hold' } });
    const held = people.play(asked, slow('partner.given-up'));
    const says = waysOf(held).map(([what]) => what);
    expect(says).toContain('Let the held order go on.');
    expect(says).not.toContain('Have sued send 3 of line A.');
  });
});
