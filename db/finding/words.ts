/** A word is cut here: nobody types more, and PostgreSQL's limit on a word is not much further. */
const LONGEST = 64;
/** Words one order is found by; what comes after is not found. */
const MOST = 3000;
/** Words of one search; more would only be slower. */
const MOST_ASKED = 10;

/** Letters that Unicode does not take apart. */
const letters: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
  '’': "'",
  '‘': "'",
};

/** Text as it is compared: small letters without accents. */
export function plain(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[ßæœøłđðþı’‘]/g, (letter) => letters[letter] ?? letter)
    .replace(/[\0\p{Surrogate}]/gu, '\ufffd');
}

/** As German writes umlauts where it has none. */
function spelled(text: string): string {
  return plain(
    text.normalize('NFC').replace(/[äöüÄÖÜ]/g, (letter) => `${letter.normalize('NFD')[0]}e`),
  );
}

const wholes = (text: string) =>
  text
    .split(/\s+/)
    .map((word) => word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ''))
    .filter((word) => word !== '');

const piecesOf = (word: string) => word.split(/[^\p{L}\p{N}]+/u).filter((piece) => piece !== '');

const cut = (word: string) => [...word].slice(0, LONGEST).join('');

/** What a text is found by: its words, their pieces, and the pieces joined. */
function wordsOf(text: string): string[] {
  const found = [plain(text), spelled(text)].flatMap(wholes).flatMap((word) => {
    const pieces = piecesOf(word);
    return pieces.length > 1 ? [word, ...pieces, pieces.join('')] : [word];
  });
  return [...new Set(found.map(cut))];
}

/** A word of a kind is found only by who asks for that kind: `t` title, `v` voucher, `m` method … */
export type WordKind = 't' | 'v' | 'm' | 'g' | 'c' | 's';

const exactly = (kind: WordKind, value: string) => `${kind}:${cut(plain(value))}`;

/** The end of an identifier is found by its beginning when it is read backwards. */
const backwards = (word: string) => `<${[...word].reverse().join('')}`;

/** What an identifier (a number, a reference, a tracking number) is found by, also by its last letters. */
export function identifierWords(identifier: string): string[] {
  return [...wordsOf(identifier), cut(backwards(plain(identifier)))];
}

/** What a placement is found by. */
export interface Searched {
  readonly number: string;
  readonly currency: string;
  readonly source?: string;
  readonly customer: { readonly email?: string; readonly name?: string };
  readonly lines: readonly {
    readonly sku: string;
    readonly upc?: string;
    readonly title: string;
    readonly partnerSku?: string;
  }[];
  readonly discounts: readonly { readonly voucher?: string }[];
  readonly payments: readonly {
    readonly gateway: string;
    readonly method?: string;
    readonly reference?: string;
  }[];
}

export function customerText({ name = '', email = '' }: Searched['customer']): string {
  return plain(`${name} ${email}`.trim());
}

const given = (values: readonly (string | undefined)[]) =>
  values.filter((value): value is string => value !== undefined && value !== '');

/** The words of an order as it is placed, each once, at most 3,000. */
export function searchWords(order: Searched): string[] {
  const { number, customer, lines, discounts, payments, currency, source } = order;
  const words = [
    ...identifierWords(number),
    exactly('c', currency),
    ...given([source]).map((value) => exactly('s', value)),
    ...given(payments.map(({ method }) => method)).map((value) => exactly('m', value)),
    ...payments.map(({ gateway }) => exactly('g', gateway)),
    ...given(payments.map(({ reference }) => reference)).flatMap(identifierWords),
    ...given(discounts.map(({ voucher }) => voucher)).map((value) => exactly('v', value)),
    ...given([customer.name, customer.email]).flatMap(wordsOf),
    ...given(lines.flatMap(({ sku, upc, partnerSku }) => [sku, upc, partnerSku])).flatMap(wordsOf),
    ...lines.flatMap(({ title }) => wordsOf(title)).map((word) => `t:${word}`),
  ];
  return [...new Set(words)].slice(0, MOST);
}

const quoted = (word: string) => `'${word.replace(/\\/g, '\\\\').replace(/'/g, "''")}'`;
const any = (alternatives: readonly string[]) => `(${[...new Set(alternatives)].join(' | ')})`;
const all = (parts: readonly string[]) => parts.join(' & ');

/** One word that somebody typed: how PostgreSQL asks for it, and as a part of a customer. */
export interface AskedWord {
  readonly query: string;
  readonly part: string;
}

const kindsSearched = ['', 't:', 'v:'];

/** The words of a search; none when there is nothing in it to look for. */
export function askedWords(q: string): AskedWord[] {
  return wholes(q.normalize('NFC').replace(/[’‘]/g, "'"))
    .slice(0, MOST_ASKED)
    .map((word) => ({ query: any(waysToFind(word)), part: plain(word) }));
}

function waysToFind(word: string): string[] {
  const spellings = [...new Set([plain(word), spelled(word)])].map(cut);
  return spellings.flatMap((spelling) => {
    const pieces = piecesOf(spelling);
    const apart =
      pieces.length > 1
        ? [
            `(${all(pieces.map((piece, at) => quoted(piece) + (at === pieces.length - 1 ? ':*' : '')))})`,
          ]
        : [];
    const ends = spelling.length > 3 ? [`${quoted(backwards(spelling))}:*`] : [];
    return [...kindsSearched.map((kind) => `${quoted(kind + spelling)}:*`), ...apart, ...ends];
  });
}

/** Beginnings of words of a title, all of them. */
export function titleQuery(title: string): string {
  return all(
    wholes(title.normalize('NFC')).map((word) =>
      any(
        [...new Set([plain(word), spelled(word)])].map((each) => `${quoted(`t:${cut(each)}`)}:*`),
      ),
    ),
  );
}

/** One of these values of a kind, whatever its case. */
export function valueQuery(kind: WordKind, values: readonly string[]): string {
  return any(values.map((value) => quoted(exactly(kind, value))));
}
