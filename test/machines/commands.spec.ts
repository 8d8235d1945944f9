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
    ['texts that are none', { type: 'take-payment', charges: [1] }, ['/charges']],
    ['tracking that is a text', { ...ship, tracking: '1' }, ['/tracking']],
    ['tracking without a number', { ...ship, tracking: { carrier: 'Post' } }, ['/tracking/number']],
    [
      'a carrier that is none',
      { ...ship, tracking: { carrier: 1, number: '1' } },
      ['/tracking/carrier'],
    ],
    ['tracking of more', { ...ship, tracking: { number: '1', url: '' } }, ['/tracking/url']],
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
    for (const type of commandTypes) {
      for (const field of Object.keys(commandSpecs[type].fields)) {
        expect(pointers({ type, [field]: { of: 'another kind' } })).toContain(
          field === 'tracking' ? '/tracking/number' : `/${field}`,
        );
      }
    }
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
