import { describe, expect, it } from '@jest/globals';
import { faults } from '../../machines/faults';
import type { PartnersRule } from '../../machines/partners/rule';
import type { Shop } from '../../machines/table';
import shop from '../../machines/shop';
import { lamps } from './shops';

const rule = lamps.partners as PartnersRule;
const withRule = (changes: Partial<PartnersRule>): Shop => ({
  ...lamps,
  partners: { ...rule, ...changes },
});

/** The lamps with one of their order statuses changed. */
function withStatus(status: string, changes: object): Shop {
  const { orders } = lamps;
  const statuses = { ...orders.statuses, [status]: { ...orders.statuses[status], ...changes } };
  return { ...lamps, orders: { ...orders, statuses } as Shop['orders'] };
}

describe('a table with partners', () => {
  it('is sound when its times are in order and its routes lead somewhere', () => {
    expect(faults(lamps)).toEqual([]);
  });

  it.each([
    [
      { accept: { remind: { hours: 8 }, escalate: { hours: 8 } } },
      'escalate does not come after remind',
    ],
    [
      { ship: { escalate: { days: 2 }, giveUp: { days: 1 } } },
      'giveUp does not come after escalate',
    ],
    [{ ship: { escalate: { days: 0 } } }, 'escalate comes after no time at all'],
    [{ routes: { nord: ['sued', 'nord'] } }, 'nord is routed to itself'],
    [{ routes: { nord: ['sued', 'sued'] } }, 'the same partner twice'],
    [{ routes: { nord: [] } }, 'routed to nobody'],
    [{ routes: {} }, '(whenDeclined: reroute), but routes lead to nobody'],
    [{ lines: { accepted: 'Lost' } }, 'becomes Lost, which is not defined'],
    [{ park: {} }, 'kept for no time at all'],
  ] satisfies [Partial<PartnersRule>, string][])('is not with %j', (changes, says) => {
    expect(faults(withRule(changes)).join(' ')).toContain(says);
  });

  it('is not when nothing hands over, or there is no rule for what does', () => {
    const never = withStatus('Asked', { enter: [], whenAccepted: undefined });
    expect(faults(never)).toContain(
      'There is a rule for partners, but nothing obliges to hand over.',
    );
    const { partners: _, ...ruleless } = lamps;
    expect(faults(ruleless)).toContain(
      'Something is to be handed over (hand-over), but there is no rule for partners.',
    );
  });

  it('is not when it waits for partners that were never asked', () => {
    const early = withStatus('New', { whenAccepted: 'Asked' });
    expect(faults(early)).toEqual([
      'New waits until partners accept (whenAccepted), but only Asked hands over before it.',
    ]);
    const odd = withStatus('Asked', { whenAccepted: 'New' });
    expect(faults(odd).join(' ')).toContain('Asked goes to New by itself (whenAccepted)');
  });

  it('is not when no physical line can be sent', () => {
    const { Sent: _, Back: __, ...events } = lamps.shippingEvents;
    const unsent = { ...lamps, shippingEvents: events };
    expect(faults(unsent).join(' ')).toContain('no shipping event means that they were dispatched');
    expect(faults(shop)).toEqual([]);
  });
});
