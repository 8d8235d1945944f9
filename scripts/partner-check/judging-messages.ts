import type { Letter, Said } from '../../machines/letters/letters';
import { readSaid } from '../../machines/letters/saying';
import { accountOf, parsed, type Account } from './account';
import type { Evidence, Finding, Heard } from './evidence';
import { foreignLines, linesOf, sumOf, type Units } from './units';

interface Rule {
  readonly rule: string;
  readonly advice: string;
  /** What goes against it, a sentence each. */
  readonly against: (account: Account) => readonly string[];
}

const nameOf = ({ type, order, id }: Said) => `${type} of ${order} (${id})`;
const ordersIn = (letters: readonly Letter[]) => [...new Set(letters.map(({ order }) => order))];
const times = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`;

function malformed({ id, body }: Heard): string[] {
  const read = readSaid(parsed(body));
  if ('faults' in read) {
    return read.faults.map(({ pointer, detail }) => `Message ${id}: ${pointer || '/'}: ${detail}`);
  }
  if (read.said.id === id) return [];
  return [`The header webhook-id is ${id}, and the id in the body is ${read.said.id}.`];
}

/** What a message says, whatever the words around it; `at` may be written anew. */
function gistOf(body: string): string {
  const { at: _, id: __, ...gist } = (parsed(body) ?? {}) as Record<string, unknown>;
  return JSON.stringify(gist);
}

function notRepeated({ heard }: Account): string[] {
  const put503 = heard.filter(({ answered }) => answered === 503);
  return put503.flatMap((first) => {
    if (heard.some(({ id, answered }) => id === first.id && answered === 202)) return [];
    const isRenamed = heard.some(
      (each) => each.id !== first.id && gistOf(each.body) === gistOf(first.body),
    );
    const instead = isRenamed ? ' What it says came under another id.' : '';
    return [`Message ${first.id} was answered 503 and did not come again under its id.${instead}`];
  });
}

function changedOnTheWay({ heard }: Account): string[] {
  const ids = [...new Set(heard.map(({ id }) => id))];
  return ids.flatMap((id) => {
    const gists = heard.filter((each) => each.id === id).map(({ body }) => gistOf(body));
    return new Set(gists).size > 1 ? [`Message ${id} said something else when it came again.`] : [];
  });
}

function strangers({ said, given, forged }: Account): string[] {
  return said.flatMap((each) => {
    if (forged.some(({ order }) => order === each.order)) return [];
    const known = linesOf(given, each.order);
    if (known.length === 0) return [`${nameOf(each)} is about an order that was not handed over.`];
    const lines = foreignLines(each, known);
    return lines.length > 0
      ? [`${nameOf(each)} names ${lines.join(', ')}, not in the letter.`]
      : [];
  });
}

function answeredTwice({ said, given }: Account): string[] {
  return ordersIn(given).flatMap((order) => {
    const ids = said
      .filter(({ type, order: each }) => each === order && ['accepted', 'declined'].includes(type))
      .map(({ id }) => id);
    return ids.length > 1
      ? [`${order} was answered by ${ids.length} messages: ${ids.join(', ')}.`]
      : [];
  });
}

/** What letters have cancelled of a line. */
function cancelled(letters: readonly Letter[], order: string, line: string): number {
  const units = letters
    .filter((letter) => letter.order === order && letter.type === 'cancellation')
    .flatMap(({ lines }) => lines.filter(({ id }) => id === line));
  return units.reduce((sum, { quantity }) => sum + quantity, 0);
}

/** The letters that came before the order. */
function before(letters: readonly Letter[], order: string): readonly Letter[] {
  const isIt = (letter: Letter) => letter.order === order && letter.type === 'order';
  return letters.slice(0, letters.findIndex(isIt));
}

function tooMany({ said, given }: Account): string[] {
  return ordersIn(given).flatMap((order) => {
    const about = said.filter((each) => each.order === order);
    const known = linesOf(given, order);
    const sent = sumOf(about, ['shipped'], known);
    const gone = sumOf(about, ['shipped', 'cancelled'], known);
    const back = sumOf(about, ['returned'], known);
    return known.flatMap(({ id, quantity }) => {
      const of = (units: Units) => units.get(id) ?? 0;
      const wanted = quantity - cancelled(before(given, order), order, id);
      const line = `Of ${times(wanted, 'unit')} of line ${id} of ${order}`;
      return [
        ...(of(gone) > wanted ? [`${line}, ${of(gone)} were sent or cancelled.`] : []),
        ...(of(back) > of(sent)
          ? [`${line}, ${of(sent)} were sent and ${of(back)} came back.`]
          : []),
      ];
    });
  });
}

const rules: readonly Rule[] = [
  {
    rule: 'You say something of each order',
    advice:
      'Set your address for callbacks to what --callbacks-to says; or give it time with --patience: docs/partners.md#what-you-say.',
    against: ({ said, taken }) =>
      ordersIn(taken)
        .filter((order) => !said.some((each) => each.order === order))
        .map((order) => `Nothing was said of ${order}.`),
  },
  {
    rule: 'What you say is signed',
    advice:
      'Sign the bytes that you send, at each attempt with the time of the attempt: docs/partners.md#signatures.',
    against: ({ heard }) =>
      heard.flatMap(({ id, unsigned }) =>
        unsigned ? [`Message ${id || 'without an id'}: ${unsigned}.`] : [],
      ),
  },
  {
    rule: 'What you say is well-formed',
    advice: 'See docs/partners.md#what-you-say and docs/schemas/message-v1.json.',
    against: ({ heard }) => [...new Set(heard.flatMap(malformed))],
  },
  {
    rule: 'What was answered 503 is said again, under the same id',
    advice:
      'Keep what you want to say with its id until it is answered 2xx: docs/partners.md#when-the-shop-is-away.',
    against: notRepeated,
  },
  {
    rule: 'What is said again says the same',
    advice: 'Keep the body with the id and send it as it is: docs/partners.md#ids-and-repetitions.',
    against: changedOnTheWay,
  },
  {
    rule: 'You speak of orders and lines that you were given',
    advice:
      'Repeat order, and id or sku of each line, from the letter: docs/partners.md#what-you-say.',
    against: strangers,
  },
  {
    rule: 'A letter that was refused is not worked on',
    advice:
      'Nothing in a letter counts until its signature is verified: docs/partners.md#signatures.',
    against: ({ said, forged }) =>
      said
        .filter(({ order }) => forged.some((letter) => letter.order === order))
        .map((each) => `${nameOf(each)} is about a letter that was forged.`),
  },
  {
    rule: 'An order that came four times is answered once',
    advice:
      'Keep the id of each letter under a unique key before you work on it: docs/partners.md#ids-and-repetitions.',
    against: answeredTwice,
  },
  {
    rule: 'Quantities add up, with what was cancelled before its order came',
    advice:
      'Send each unit once, and none that a cancellation has taken off: docs/partners.md#order-of-arrival.',
    against: tooMany,
  },
];

/** What a partner's messages say about its service; nothing was tried where nobody listened. */
export function judgeMessages(evidence: Evidence): readonly Finding[] {
  const account = accountOf(evidence);
  const silent = account.heard.length === 0;
  return rules.map(({ rule, advice, against }, index) => {
    // In silence only the first rule is tried: the others have nothing to go by.
    if (evidence.heard === undefined || (silent && index > 0)) {
      return { rule, verdict: 'not tried', saw: [], advice };
    }
    const saw = against(account);
    return { rule, verdict: saw.length > 0 ? 'broken' : 'kept', saw, advice };
  });
}

/** Whether every unit that was asked for is sent, cancelled or declined, so that nothing more need be heard. */
export function isAllSaid(evidence: Evidence): boolean {
  const account = accountOf(evidence);
  const { said, taken } = account;
  const isFinished = (order: string) => {
    const about = said.filter((each) => each.order === order);
    if (about.some(({ type }) => type === 'declined')) return true;
    const known = linesOf(taken, order);
    const gone = sumOf(about, ['shipped', 'cancelled'], known);
    return known.every(
      ({ id, quantity }) => (gone.get(id) ?? 0) >= quantity - cancelled(taken, order, id),
    );
  };
  return notRepeated(account).length === 0 && ordersIn(taken).every(isFinished);
}
