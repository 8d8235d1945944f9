import type { Letter, OtherLetter, Saying } from './wire';

/** A letter of the shop's, and how often it came. */
export interface Told {
  readonly letter: Letter | OtherLetter;
  times: number;
}

/** A message of ours, each answer that the shop gave to it, and how it stands. */
export interface Said {
  readonly message: Saying;
  /** HTTP status of each attempt; why there is none otherwise. */
  readonly answers: (number | string)[];
  outcome: 'waiting' | 'taken' | 'refused';
}

/**
 * What the shop told us and what we said, each under its id. In memory, which is enough to show how it is
 * done: a real partner keeps it in its database and answers 2xx only when it is there.
 */
export class Book {
  readonly told = new Map<string, Told>();
  readonly said: Said[] = [];
  unsigned = 0;
  /** Orders in hand. */
  working = 0;

  /** False when the letter came before, which then changes nothing. */
  isNews(letter: Letter | OtherLetter): boolean {
    const known = this.told.get(letter.id);
    if (known) known.times += 1;
    else this.told.set(letter.id, { letter, times: 1 });
    return known === undefined;
  }

  /** Before it is sent for the first time, so that a repetition is the same. */
  keep(message: Saying): Said {
    const said: Said = { message, answers: [], outcome: 'waiting' };
    this.said.push(said);
    return said;
  }

  toJSON() {
    const told = [...this.told.values()];
    const answers = this.said.flatMap((each) => each.answers);
    const outcomes = (outcome: Said['outcome']) =>
      this.said.filter((each) => each.outcome === outcome).length;
    return {
      figures: {
        letters: told.length,
        letterRepetitions: told.reduce((sum, { times }) => sum + times - 1, 0),
        unsignedLetters: this.unsigned,
        working: this.working,
        messages: this.said.length,
        attempts: answers.length,
        taken: outcomes('taken'),
        refused: outcomes('refused'),
        waiting: outcomes('waiting'),
        parcels: this.said.filter(({ message }) => message.type === 'shipped').length,
      },
      told,
      said: this.said,
    };
  }
}
