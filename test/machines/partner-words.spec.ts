import { describe, expect, it } from '@jest/globals';
import type { OrderState } from '../../machines/state';
import type { Said } from '../../machines/letters/letters';
import { commandOf, mayYetPass, readSaid } from '../../machines/letters/saying';
import { bakery, lamps } from './shops';
import { aLine, anOrder, desk, type Told } from './support';

const lines = [
  aLine({ id: 'A', partner: 'nord', sku: 'LAMP', partnerSku: 'N-1', trackStock: false }),
  aLine({ id: 'B', partner: 'nord', sku: 'LAMP', quantity: 2, trackStock: false }),
  aLine({ id: 'C', partner: 'sued', sku: 'SHADE', trackStock: false }),
];
const shop = desk(lamps);
const placed = shop.placed(anOrder({ status: 'New', lines, payments: [] }));
const open = shop.play(placed, { type: 'set-status', status: 'Asked' });
const nord = { actor: { role: 'partner', name: 'nord' } } as const;

const said = (changes: Partial<Said>): Said => ({
  id: 'm1',
  type: 'shipped',
  order: '100001',
  ...changes,
});

/** The command of nord's word, as the order would get it. */
function meant(changes: Partial<Said>, state: OrderState = open, partner = 'nord') {
  const read = commandOf(lamps, state.context, partner, said(changes));
  if ('fault' in read) throw new Error(read.fault);
  return read.command;
}

describe('what a partner says', () => {
  it('is a shipping event of the shop, of all that is left of its lines unless it names some', () => {
    expect(meant({ reference: 'R-1', tracking: { number: '1Z' } })).toEqual({
      type: 'record-shipping-event',
      event: 'Sent',
      lines: [
        { id: 'A', quantity: 3 },
        { id: 'B', quantity: 2 },
      ],
      reference: 'R-1',
      tracking: { number: '1Z' },
    });
    expect(meant({ lines: [{ id: 'A', quantity: 1 }] })).toMatchObject({
      lines: [{ id: 'A', quantity: 1 }],
    });
  });

  it('names lines by its own SKU, or by the shop’s, which may be several lines', () => {
    expect(meant({ lines: [{ sku: 'N-1', quantity: 2 }] })).toMatchObject({
      lines: [{ id: 'A', quantity: 2 }],
    });
    expect(meant({ lines: [{ sku: 'LAMP', quantity: 4 }] })).toMatchObject({
      lines: [
        { id: 'A', quantity: 3 },
        { id: 'B', quantity: 1 },
      ],
    });
    expect(
      meant({
        lines: [
          { sku: 'N-1', quantity: 1 },
          { id: 'A', quantity: 1 },
        ],
      }),
    ).toMatchObject({
      lines: [{ id: 'A', quantity: 2 }],
    });
  });

  it('keeps what is too much and what is foreign, so that the order refuses it where people see it', () => {
    const many = meant({ lines: [{ sku: 'LAMP', quantity: 6 }] });
    expect(shop.refusal(open, { ...many, ...nord }).code).toBe('invalid-shipping-event');
    const foreign = meant({ lines: [{ sku: 'SHADE' }, { sku: 'odd', quantity: 1 }] });
    expect(shop.refusal(open, { ...foreign, ...nord }).detail).toContain(
      'SHADE is not a line of order',
    );
  });

  it('is the same parcel again when nothing is left, under its reference', () => {
    const parcel = said({ reference: 'R-1' });
    const sent = shop.play(open, { ...meant(parcel), ...nord });
    expect(shop.tell(sent, { ...meant(parcel, sent), ...nord }).outcome).toBe('unchanged');
    const other = meant({ reference: 'R-2' }, sent);
    expect(shop.refusal(sent, { ...other, ...nord }).code).toBe('invalid-shipping-event');
  });

  it('is a cancellation, a return, a yes or a no', () => {
    expect(
      meant({ type: 'cancelled', lines: [{ sku: 'N-1', quantity: 1 }], reason: 'Broken.' }),
    ).toEqual({
      type: 'cancel',
      lines: [{ id: 'A', quantity: 1 }],
      reason: 'Broken.',
    });
    const sent = shop.play(open, { ...meant({ lines: [{ id: 'A', quantity: 2 }] }), ...nord });
    expect(meant({ type: 'returned' }, sent)).toEqual({
      ...{ type: 'record-shipping-event', event: 'Back' },
      lines: [{ id: 'A', quantity: 2 }],
    });
    expect(meant({ type: 'accepted', reference: 'N-77' })).toEqual({
      type: 'accept-hand-over',
      reference: 'N-77',
    });
    expect(meant({ type: 'declined' })).toEqual({
      type: 'decline-hand-over',
      reason: 'The partner gave no reason.',
    });
  });

  it('is nothing where the order has no line of it, or the shop no word for it', () => {
    const none = commandOf(lamps, open.context, 'east', said({ type: 'accepted' }));
    expect(none).toEqual({ fault: 'Order 100001 has no line of east.' });
    const never = commandOf(bakery, open.context, 'nord', said({ type: 'returned' }));
    expect(never).toEqual({ fault: 'No shipping event of Bakery stands for returned.' });
  });

  it('is also what a partner says of lines that were taken from it', () => {
    const moved = shop.play(open, {
      type: 'hand-over',
      partner: 'west',
      lines: [{ id: 'A' }, { id: 'B' }],
    });
    const late = meant({}, moved);
    expect(shop.refusal(moved, { ...late, ...nord })).toMatchObject({ guard: 'linesAreYours' });
    const west = meant({ lines: [{ sku: 'LAMP' }] }, moved, 'west');
    const by = { actor: { role: 'partner', name: 'west' } } as const;
    expect(shop.tell(moved, { ...west, ...by }).outcome).toBe('accepted');
  });
});

describe('what is refused now', () => {
  const may = (state: OrderState, event: Told) => {
    const refused = shop.refusal(state, { ...event, ...nord } as Told);
    return mayYetPass(refused, event as Parameters<typeof mayYetPass>[1]);
  };

  it('may pass when the order is so far, free, or has its goods', () => {
    expect(may(shop.nothing, meant({}))).toBe(true);
    expect(may(placed, meant({}))).toBe(true);
    expect(may(placed, meant({ type: 'accepted' }))).toBe(true);
    expect(may(shop.play(open, { type: 'hold', reason: 'Odd.' }), meant({}))).toBe(true);
    expect(may(open, meant({ type: 'returned', lines: [{ id: 'A', quantity: 1 }] }))).toBe(true);
  });

  it('never passes where the units are not there, are another’s, or the order has ended', () => {
    expect(may(open, meant({ lines: [{ id: 'A', quantity: 4 }] }))).toBe(false);
    expect(may(placed, meant({ lines: [{ id: 'C', quantity: 1 }] }))).toBe(false);
    const dropped = shop.play(open, { type: 'cancel', reason: 'Changed her mind.' });
    expect(may(dropped, meant({}))).toBe(false);
    expect(may(dropped, meant({ type: 'returned', lines: [{ id: 'A', quantity: 1 }] }))).toBe(
      false,
    );
  });
});

describe('a message of a partner', () => {
  const faultsOf = (value: unknown) => {
    const read = readSaid(value);
    return 'faults' in read ? read.faults.map(({ pointer }) => pointer) : [];
  };

  it('is read from plain data', () => {
    const value = said({
      lines: [{ sku: 'N-1', quantity: 1 }],
      at: '2026-03-02T12:00:00Z',
      reference: 'R',
    });
    expect(readSaid(value)).toEqual({ said: value });
  });

  it('has every fault of it named', () => {
    expect(faultsOf('shipped')).toEqual(['']);
    expect(faultsOf({ id: 'a b', type: 'lost', order: '', colour: 'red' })).toEqual([
      '/colour',
      '/id',
      '/type',
      '/order',
    ]);
    expect(faultsOf({ ...said({}), lines: [] })).toEqual(['/lines']);
    expect(
      faultsOf({
        ...said({}),
        lines: [{}, { id: 7 }, { sku: 'x'.repeat(101), quantity: '1' }, { id: 'A', size: 1 }],
      }),
    ).toEqual([
      ...['/lines/0', '/lines/1/id', '/lines/2/sku', '/lines/2/quantity', '/lines/3/size'],
    ]);
    expect(
      faultsOf({ ...said({}), at: 'now', reason: 'x'.repeat(2001), tracking: { carrier: 'dhl' } }),
    ).toEqual([...['/at', '/tracking/number', '/reason']]);
    expect(faultsOf({ ...said({}), id: 'x'.repeat(65) })).toEqual(['/id']);
  });
});
