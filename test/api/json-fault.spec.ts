import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { jsonFault } from '../../api/http/json-fault';

describe('where a text stops being JSON', () => {
  it.each([
    ['', 'At its end', 'a value'],
    ['{', 'At its end', 'a name in quotes or "}"'],
    ['{"a"', 'At its end', 'a colon'],
    ['{"a": 1', 'At its end', 'a comma or the end of the list or object'],
    ['{"a": 1,}', 'In line 1, column 9', 'a name in quotes'],
    ['[1,]', 'In line 1, column 4', 'a value'],
    ['{a: 1}', 'In line 1, column 2', 'a name in quotes or "}"'],
    ['{"a": 1}}', 'In line 1, column 9', 'the end'],
    ['{\n  "a": 1\n  "b": 2\n}', 'In line 3, column 3', 'a comma or the end of the list or object'],
    ['[1, tru]', 'In line 1, column 5', 'a value'],
    ['[}', 'In line 1, column 2', 'a value or "]"'],
  ])('%j', (text, place, wish) => {
    expect(() => JSON.parse(text)).toThrow();
    expect(jsonFault(text)).toBe(`${place}, the body stops being JSON: ${wish} was expected.`);
  });

  it('is nowhere in JSON', () => {
    fc.assert(
      fc.property(fc.json(), fc.integer({ min: 0, max: 4 }), (text, spaces) => {
        expect(jsonFault(JSON.stringify(JSON.parse(text), null, spaces))).toBeUndefined();
      }),
    );
  });

  it('is somewhere in everything that is not', () => {
    const broken = fc.tuple(
      fc.json(),
      fc.nat(),
      fc.constantFrom('{', ']', ',', '"', 'x', '\\', ':'),
    );
    fc.assert(
      fc.property(broken, ([text, at, junk]) => {
        const cut = at % (text.length + 1);
        const changed = text.slice(0, cut) + junk + text.slice(cut);
        expect(jsonFault(changed) === undefined).toBe(isJson(changed));
      }),
    );
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
