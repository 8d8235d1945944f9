import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { commandSpecs, commandTypes, readCommand } from '../../machines/commands';
import { placed, play, refusal, tell } from './support';
import type { Command } from '../../machines/events';

function pointers(value: unknown): string[] | undefined {
  const read = readCommand(value);
  return 'refusal' in read ? read.refusal.errors?.map(({ pointer }) => pointer) : undefined;
}

describe('reading a command', () => {
  it.each<[string, Record<string, unknown>]>([
    ['its least', { type: 'take-payment' }],
    ['texts', { type: 'set-status', status: 'Complete', note: 'So.' }],
    ['units', { type: 'cancel', reason: 'r', lines: [{ id: 'A' }, { id: 'B', quantity: 2 }] }],
    ['numbers', { type: 'refund', reason: 'r', amount: 5 }],
    ['lists of texts', { type: 'take-payment', charges: ['shipping'] }],
    [
      'tracking and flags',
      {
        type: 'record-shipping-event',
        event: 'Shipped',
        tracking: { carrier: 'Post', number: '1' },
        notify: false,
      },
    ],
    ['times', { type: 'hold', reason: 'r', until: '2026-03-02T12:00:00+01:00' }],
  ])('takes %s', (_, value) => {
    expect(readCommand(value)).toEqual({ command: value });
  });

  const hold = { type: 'hold', reason: 'r' };
  const ship = { type: 'record-shipping-event', event: 'Shipped' };
  it.each<[string, unknown, string[]]>([
    ['a note of nothing', { type: 'add-note', text: ' \n' }, ['/text']],
    ['a reason of nothing', { type: 'cancel', reason: '' }, ['/reason']],
    ['a hold for nothing', { type: 'hold', reason: ' ' }, ['/reason']],
    ['a refund for nothing', { type: 'refund', reason: ' ' }, ['/reason']],
    ['no object', 'cancel', ['']],
    ['nothing', null, ['']],
    ['a list', [], ['']],
    ['no type', {}, ['/type']],
    ['an unknown type', { type: 'explode' }, ['/type']],
    ['a word of the language', { type: 'constructor' }, ['/type']],
    ['an unknown field', { type: 'void', force: true }, ['/force']],
    ['a field that is missing', { type: 'cancel' }, ['/reason']],
    ['a text that is none', { type: 'set-status', status: 5 }, ['/status']],
    ['null', { type: 'set-status', status: null }, ['/status']],
    ['a number that is none', { type: 'take-payment', amount: '5' }, ['/amount']],
    ['a flag that is none', { ...ship, notify: 'yes' }, ['/notify']],
    ['a time that is none', { ...hold, until: 'soon' }, ['/until']],
    ['a time without a zone', { ...hold, until: '2026-03-02T12:00' }, ['/until']],
    ['a time in words', { ...hold, until: 'March 7, 2027' }, ['/until']],
    ['units that are no list', { ...ship, lines: { id: 'A' } }, ['/lines']],
    ['units that are no objects', { ...ship, lines: ['A'] }, ['/lines/0']],
    ['units without an id', { ...ship, lines: [{ quantity: 1 }] }, ['/lines/0/id']],
    ['units in words', { ...ship, lines: [{ id: 'A', quantity: 'two' }] }, ['/lines/0/quantity']],
    ['units of more', { ...ship, lines: [{ id: 'A', colour: 'red' }] }, ['/lines/0/colour']],
    ['texts that are none', { type: 'take-payment', charges: [1] }, ['/charges/0']],
    ['tracking that is a text', { ...ship, tracking: '1' }, ['/tracking']],
    ['tracking without a number', { ...ship, tracking: { carrier: 'Post' } }, ['/tracking/number']],
    [
      'a carrier that is none',
      { ...ship, tracking: { carrier: 1, number: '1' } },
      ['/tracking/carrier'],
    ],
    ['tracking of more', { ...ship, tracking: { number: '1', url: '' } }, ['/tracking/url']],
    ['a day without a time', { ...hold, until: '2026-05-01' }, ['/until']],
    ['a day there is not', { ...hold, until: '2026-02-30T12:00:00Z' }, ['/until']],
    [
      'all of it at once',
      { type: 'cancel', reason: 1, lines: 'A', x: 1 },
      ['/x', '/lines', '/reason'],
    ],
  ])('refuses %s', (_, value, wanted) => {
    expect(pointers(value)).toEqual(wanted);
    expect(readCommand(value)).toMatchObject({ refusal: { code: 'validation' } });
  });

  it('names what there is', () => {
    const read = readCommand({ type: 'explode' });
    expect(read).toMatchObject({ refusal: { allowed: commandTypes } });
  });

  it('says of each field of each command what is wrong with it', () => {
    const insides: Record<string, string> = {
      tracking: '/tracking/number',
      override: '/override/reason',
      shipping: '/shipping/code',
    };
    for (const type of commandTypes) {
      for (const [field, { kind }] of Object.entries(commandSpecs[type].fields)) {
        const wrong = kind === 'words' || kind === 'table' ? 'a text' : { of: 'another kind' };
        expect(pointers({ type, [field]: wrong })).toContain(insides[field] ?? `/${field}`);
      }
    }
  });
});

describe('what is too long', () => {
  const text = (length: number) => 'x'.repeat(length);
  const ship = { type: 'record-shipping-event', event: 'Shipped' };
  const many = (length: number) => Array.from({ length }, (_, n) => ({ id: `${n}` }));
  const codes = (length: number) => Array.from({ length }, (_, n) => `${n}`);
  const cases: [string, number, (length: number) => Record<string, unknown>][] = [
    ['/text', 10_000, (n) => ({ type: 'add-note', text: text(n) })],
    ['/note', 2000, (n) => ({ type: 'set-status', status: 'Complete', note: text(n) })],
    ['/status', 200, (n) => ({ type: 'set-status', status: text(n) })],
    ['/reason', 2000, (n) => ({ type: 'cancel', reason: text(n) })],
    ['/reason', 2000, (n) => ({ type: 'hold', reason: text(n) })],
    ['/reason', 2000, (n) => ({ type: 'refund', reason: text(n) })],
    ['/payment', 200, (n) => ({ type: 'void', payment: text(n) })],
    ['/event', 200, (n) => ({ ...ship, event: text(n) })],
    ['/reference', 200, (n) => ({ ...ship, reference: text(n) })],
    ['/shippingEvent', 200, (n) => ({ type: 'take-payment', shippingEvent: text(n) })],
    ['/tracking/carrier', 100, (n) => ({ ...ship, tracking: { carrier: text(n), number: '1' } })],
    ['/tracking/number', 200, (n) => ({ ...ship, tracking: { number: text(n) } })],
    ['/lines', 1000, (n) => ({ ...ship, lines: many(n) })],
    ['/lines/0/id', 100, (n) => ({ ...ship, lines: [{ id: text(n) }] })],
    ['/charges', 100, (n) => ({ type: 'take-payment', charges: codes(n) })],
    ['/charges/0', 100, (n) => ({ type: 'take-payment', charges: [text(n)] })],
  ];

  it.each(cases)('is refused at %s beyond %d', (pointer, longest, command) => {
    expect(pointers(command(longest))).toBeUndefined();
    const read = readCommand(command(longest + 1));
    expect(read).toMatchObject({ refusal: { code: 'validation', errors: [{ pointer }] } });
    expect(JSON.stringify(read)).toContain(`at most ${longest}`);
  });

  it('is an amount beyond all money', () => {
    expect(pointers({ type: 'take-payment', amount: 1e12 })).toBeUndefined();
    expect(pointers({ type: 'take-payment', amount: 1e12 + 1 })).toEqual(['/amount']);
  });
});

describe('whatever is read as a command', () => {
  it('is decided and never thrown back', () => {
    const states = [placed(), play(placed(), { type: 'take-payment' })];
    const json = fc.jsonValue({ maxDepth: 2 });
    const fields = [
      ...new Set(commandTypes.flatMap((type) => Object.keys(commandSpecs[type].fields))),
    ];
    const value = fc.oneof(
      json,
      fc.constantFrom('A', 'Shipped', 'Settled', 'Complete', '2026-05-01T00:00:00Z', 1, 1e300, 0.1),
      fc.array(fc.record({ id: fc.constantFrom('A', 'B'), quantity: fc.double() })),
    );
    const wish = fc
      .tuple(fc.constantFrom(...commandTypes), fc.dictionary(fc.constantFrom(...fields), value))
      .map(([type, given]) => {
        const known = Object.keys(commandSpecs[type].fields);
        return {
          ...Object.fromEntries(Object.entries(given).filter(([field]) => known.includes(field))),
          type,
        };
      });
    let decided = 0;
    fc.assert(
      fc.property(wish, (value) => {
        const read = readCommand(value);
        if ('refusal' in read) return;
        decided += 1;
        for (const state of states) tell(state, read.command);
      }),
      { numRuns: 5000 },
    );
    expect(decided).toBeGreaterThan(500);
  });

  it('is refused, not thrown, when it was never read at all', () => {
    const message = { type: 'cancel', reason: 5 };
    const sent = { type: 'malformed', message } as unknown as Command;
    expect(refusal(placed(), sent)).toMatchObject({
      guard: 'commandIsWellFormed',
      errors: [{ pointer: '/reason' }],
    });
  });
});
