import type {
  CardGateway,
  Declined,
  GatewayMovement,
  Moved,
  MoveOutcome,
} from '../../activities/gateways/port';

type Entry = GatewayMovement & { readonly key: string; readonly order: string };

/** Gift cards of a shop: what is left on each, in minor units. They are kept in memory, so this is no gateway to open a shop with. */
export function createGiftCards(left: Map<string, number>, now: () => Date): CardGateway {
  const entries: Entry[] = [];
  const cardOf = new Map<string, string>();
  const answers = new Map<string, Moved | Declined>();

  const declined = (code: string, message: string): Declined => ({
    outcome: 'declined',
    code,
    message,
  });

  /** The first answer to a key is the answer for good. A real gateway keeps both in one transaction. */
  function once(key: string, decide: () => Declined | Omit<Entry, 'reference' | 'at' | 'key'>) {
    const known = answers.get(key);
    if (known) return Promise.resolve<MoveOutcome>(known);
    const decided = decide();
    const answer = 'outcome' in decided ? decided : book(key, decided);
    answers.set(key, answer);
    return Promise.resolve<MoveOutcome>(answer);
  }

  function book(key: string, what: Omit<Entry, 'reference' | 'at' | 'key'>): Moved {
    const reference = `gift_${entries.length + 1}`;
    const authorisation = what.authorisation === '' ? reference : what.authorisation;
    entries.push({ ...what, authorisation, key, reference, at: now().toISOString() });
    const can = { captures: 'many', renewable: false } as const;
    const { amount } = what;
    return { outcome: 'moved', reference, amount, ...(what.kind === 'authorise' && { can }) };
  }

  const sum = (authorisation: string, kind: Entry['kind']) =>
    entries
      .filter((entry) => entry.authorisation === authorisation && entry.kind === kind)
      .reduce((total, { amount }) => total + amount, 0);
  const held = (of: string) => sum(of, 'authorise') - sum(of, 'capture') - sum(of, 'void');
  const taken = (of: string) => sum(of, 'capture') - sum(of, 'refund');
  const currencyOf = (of: string) =>
    entries.find(({ reference }) => reference === of)?.currency ?? '';

  const giveBack = (authorisation: string, amount: number) => {
    const card = cardOf.get(authorisation) ?? '';
    left.set(card, (left.get(card) ?? 0) + amount);
  };

  return {
    async authorise(request, key) {
      if ('renews' in request) return declined('not_renewable', 'A gift card is held for good.');
      const { order, amount, currency, token } = request;
      const moved = await once(key, () => {
        const has = left.get(token) ?? 0;
        if (has < amount) return declined('insufficient_funds', `The gift card has ${has} left.`);
        left.set(token, has - amount);
        return { kind: 'authorise', order, authorisation: '', amount, currency };
      });
      if (moved.outcome === 'moved') cardOf.set(moved.reference, token);
      return moved;
    },

    capture: ({ order, authorisation, amount, final = false }, key) =>
      once(key, () => {
        const rest = held(authorisation) - amount;
        if (rest < 0) return declined('not_held', `${held(authorisation)} is held.`);
        const currency = currencyOf(authorisation);
        if (final && rest > 0) {
          book(`${key}/rest`, { kind: 'void', order, authorisation, amount: rest, currency });
          giveBack(authorisation, rest);
        }
        return { kind: 'capture', order, authorisation, amount, currency };
      }),

    refund: ({ order, amount, ...of }, key) =>
      once(key, () => {
        const named = 'capture' in of ? of.capture : of.authorisation;
        const entry = entries.find(({ reference }) => reference === named);
        const authorisation = entry?.authorisation ?? '';
        if (taken(authorisation) < amount) return declined('not_taken', 'That was not taken.');
        giveBack(authorisation, amount);
        const currency = currencyOf(authorisation);
        return { kind: 'refund', order, authorisation, amount, currency };
      }),

    void: ({ order, authorisation }, key) =>
      once(key, () => {
        const amount = held(authorisation);
        if (amount === 0) return declined('nothing_to_void', 'Nothing is held any more.');
        giveBack(authorisation, amount);
        return { kind: 'void', order, authorisation, amount, currency: currencyOf(authorisation) };
      }),

    ask: ({ key }) => Promise.resolve(answers.get(key) ?? { outcome: 'absent' }),

    movements: (order) =>
      Promise.resolve({
        outcome: 'listed',
        movements: entries
          .filter((entry) => entry.order === order)
          .map(({ order: _, ...rest }) => rest),
      }),
  };
}
