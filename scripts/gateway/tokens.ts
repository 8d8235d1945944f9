import type { DeclineCode } from './entries';

const WEEK_IN_SECONDS = 7 * 24 * 60 * 60;

/** What the bank lets be done with an authorisation, as it is told to whoever makes one. */
export interface Capabilities {
  /** In as many parts as one likes; once, in part or whole; or once and whole. */
  readonly captures: 'many' | 'once' | 'whole';
  /** Whether the card can be held again without its holder. */
  readonly renewable: boolean;
}

/** How a card behaves; it sticks to the authorisation and rules what is done with it, its renewals too. */
export interface Character {
  /** Every authorisation is refused. */
  declines?: { code: DeclineCode; message: string };
  /** The first attempts of each key that come to nothing. */
  stumbles?: { attempts: number; manner: 'error' | 'silence' };
  /** The first attempt of each key that moves money is never answered. */
  silentAfterMoving?: boolean;
  /** How many seconds a movement is kept secret: its answer never comes, look-ups fail until then. */
  secretFor?: number;
  /** Every answer is held back. */
  slow?: boolean;
  can: Capabilities;
  /** It says that it is renewable, and every renewal is declined. */
  declinesRenewal?: boolean;
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
    tok_captures_once: { can: { captures: 'once', renewable: true } },
    tok_no_partial: { can: { captures: 'whole', renewable: true } },
    tok_not_renewable: { can: { captures: 'many', renewable: false } },
    tok_renewal_declined: { declinesRenewal: true },
    tok_unknown: { secretFor: Infinity },
    tok_sends_callbacks_twice: { callbacks: 2 },
  } satisfies Record<string, Partial<Character>>),
);

/** Its message is kept by whoever asked, so it does not name the token. */
const NO_CARD: Partial<Character> = {
  declines: { code: 'invalid_token', message: 'No card is known by this token.' },
};

const EXPIRING = /^tok_expires_(\d{1,9})$/;
/** No longer than a timer of Node can be. */
const TELLING_LATE = /^tok_tells_late_(\d{1,6})$/;

const USUAL: Character = {
  lives: WEEK_IN_SECONDS,
  can: { captures: 'many', renewable: true },
};

/** The character of any token; one that names no card is a card that is refused as `invalid_token`. */
export function characterOf(token: string): Character {
  const lives = EXPIRING.exec(token)?.[1];
  if (lives !== undefined) return { ...USUAL, lives: Number(lives) };
  const secretFor = TELLING_LATE.exec(token)?.[1];
  if (secretFor !== undefined) return { ...USUAL, secretFor: Number(secretFor) };
  return { ...USUAL, ...(CHARACTERS.get(token) ?? NO_CARD) };
}
