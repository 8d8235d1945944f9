import type { DeclineCode } from './entries';

const WEEK_IN_SECONDS = 7 * 24 * 60 * 60;

/** How a card behaves; it sticks to the authorisation and rules its captures, refunds and voids. */
export interface Character {
  /** Every authorisation is refused. */
  declines?: { code: DeclineCode; message: string };
  /** The first attempts of each key that come to nothing. */
  stumbles?: { attempts: number; manner: 'error' | 'silence' };
  /** The first attempt of each key that moves money is never answered. */
  silentAfterMoving?: boolean;
  /** Every answer is held back. */
  slow?: boolean;
  /** One capture of the full amount, nothing else. */
  wholeOnly?: boolean;
  /** How often each movement is told to the callback URL; 1 unless said. */
  callbacks?: number;
  /** Life of an authorisation in seconds. */
  lives: number;
}

const CHARACTERS = new Map<string, Partial<Character>>(
  Object.entries({
    tok_ok: {},
    tok_declined: { declines: { code: 'card_declined', message: 'The card was declined.' } },
    tok_insufficient: {
      declines: { code: 'insufficient_funds', message: 'The card has insufficient funds.' },
    },
    tok_timeout_after_charge: { silentAfterMoving: true },
    tok_timeout_before_charge: { stumbles: { attempts: 1, manner: 'silence' } },
    tok_fails_twice: { stumbles: { attempts: 2, manner: 'error' } },
    tok_slow: { slow: true },
    tok_no_partial: { wholeOnly: true },
    tok_sends_callbacks_twice: { callbacks: 2 },
  } satisfies Record<string, Partial<Character>>),
);

/** Its message is kept by whoever asked, so it does not name the token. */
const NO_CARD: Partial<Character> = {
  declines: { code: 'invalid_token', message: 'No card is known by this token.' },
};

const EXPIRING = /^tok_expires_(\d{1,9})$/;

/** The character of any token; one that names no card is a card that is refused as `invalid_token`. */
export function characterOf(token: string): Character {
  const seconds = EXPIRING.exec(token)?.[1];
  if (seconds !== undefined) return { lives: Number(seconds) };
  return { lives: WEEK_IN_SECONDS, ...(CHARACTERS.get(token) ?? NO_CARD) };
}
