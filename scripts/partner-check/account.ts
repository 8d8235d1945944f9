import type { Letter, Said } from '../../machines/letters/letters';
import { readSaid } from '../../machines/letters/saying';
import { genuine, isTaken, type Evidence, type Heard, type Posted } from './evidence';

/** What was heard, in the forms that the rules look at. */
export interface Account {
  readonly heard: readonly Heard[];
  /** Each message once, as it was first said. */
  readonly said: readonly Said[];
  /** Letters that were genuine, in the order in which they were posted. */
  readonly given: readonly Letter[];
  /** Those among them that the partner has taken. */
  readonly taken: readonly Letter[];
  readonly forged: readonly Letter[];
}

export function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

const isGenuine = ({ signing }: Posted) => genuine.includes(signing);

const letterOf = ({ letter }: Posted) => (letter.type === 'test' ? [] : [letter]);

export function accountOf({ posted, heard = [] }: Evidence): Account {
  const right = heard.filter(({ unsigned }) => unsigned === undefined);
  const once = right.filter(({ id }, index) => right.findIndex((each) => each.id === id) === index);
  const given = posted.filter(isGenuine);
  return {
    heard,
    said: once.flatMap(({ body }) => {
      const read = readSaid(parsed(body));
      return 'said' in read ? [read.said] : [];
    }),
    given: given.flatMap(letterOf),
    taken: given.filter(({ answers }) => answers.some(isTaken)).flatMap(letterOf),
    forged: posted.filter((each) => !isGenuine(each)).flatMap(letterOf),
  };
}
