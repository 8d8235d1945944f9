/** One token of JSON, or nothing where there is none. */
const TOKEN =
  /[\s]*(?:([{}[\],:])|("[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\u0000-\u001f]*)*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-]))/y; // eslint-disable-line no-control-regex -- JSON forbids exactly these inside strings

type Expected = 'value' | 'first item' | 'first name' | 'name' | 'colon' | 'more' | 'end';

const wishes: Readonly<Record<Expected, string>> = {
  value: 'a value',
  'first item': 'a value or "]"',
  'first name': 'a name in quotes or "}"',
  name: 'a name in quotes',
  colon: 'a colon',
  more: 'a comma or the end of the list or object',
  end: 'the end',
};

/** Where a text stops being JSON, in words; undefined when it is JSON. */
export function jsonFault(text: string): string | undefined {
  const open: string[] = [];
  let expected: Expected = 'value';
  TOKEN.lastIndex = 0;
  let position = 0;
  for (let token = TOKEN.exec(text); token; token = TOKEN.exec(text)) {
    const next = after(token, expected, open);
    if (next === undefined) break;
    expected = next;
    position = TOKEN.lastIndex;
  }
  const at = position + (/^\s*/.exec(text.slice(position))?.[0].length ?? 0);
  if (at === text.length && expected === 'end') return undefined;
  const place = at === text.length ? 'At its end' : placeOf(text, at);
  return `${place}, the body stops being JSON: ${wishes[expected]} was expected.`;
}

function placeOf(text: string, at: number): string {
  const before = text.slice(0, at).split('\n');
  const column = (before.at(-1)?.length ?? 0) + 1;
  return `In line ${before.length}, column ${column}`;
}

/** What a token does: opens or closes something, ends a value, goes on to the next one, or leads straight on. */
type Move = 'opens' | 'closes' | 'ends' | 'goes on' | Expected;

const VALUE = { '{': 'opens', '[': 'opens', string: 'ends', literal: 'ends' } as const;

const GRAMMAR: Readonly<Record<Expected, Readonly<Record<string, Move>>>> = {
  value: VALUE,
  'first item': { ...VALUE, ']': 'closes' },
  'first name': { string: 'colon', '}': 'closes' },
  name: { string: 'colon' },
  colon: { ':': 'value' },
  more: { ',': 'goes on', '}': 'closes', ']': 'closes' },
  end: {},
};

/** What may come after a token; undefined when it may not come here. Keeps `open` up to date. */
function after(
  [, sign, string]: RegExpExecArray,
  expected: Expected,
  open: string[],
): Expected | undefined {
  const move = GRAMMAR[expected][sign ?? (string === undefined ? 'literal' : 'string')];
  const ended = () => (open.length === 0 ? 'end' : 'more');
  switch (move) {
    case 'opens':
      open.push(sign ?? '');
      return sign === '{' ? 'first name' : 'first item';
    case 'closes':
      return open.pop() === (sign === '}' ? '{' : '[') ? ended() : undefined;
    case 'ends':
      return ended();
    case 'goes on':
      return open.at(-1) === '{' ? 'name' : 'value';
    default:
      return move;
  }
}
