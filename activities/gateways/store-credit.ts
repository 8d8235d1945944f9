import type { Knex } from 'knex';
import { creditMovements } from '../../db/credit/movements';
import {
  creditDecision,
  moveCredit,
  type CreditOutcome,
  type CreditRequest,
  type CreditVerdict,
  type FoundCredit,
} from '../../db/credit/moving';
import type { Capabilities } from '../../machines/payment/capabilities';
import { mistake } from '../failures';
import type { AuthoriseRequest, CaptureRequest, CardGateway, Declined, Moved } from './port';

/** Credit does not expire, is taken in as many parts as one likes, and is held again by anybody. */
const can: Capabilities = { captures: 'many', renewable: true };

/** The shop's own balances as a gateway; a payment's token is the code of the account. */
export function createStoreCredit(knex: Knex): CardGateway {
  const move = async (
    request: Omit<CreditRequest, 'asked'>,
    asked: object,
    decide: (found: FoundCredit | undefined) => CreditVerdict,
  ): Promise<Moved | Declined> => {
    const full = { ...request, asked: JSON.stringify([request.kind, asked]) };
    return outcomeOf(request, await moveCredit(knex, full, decide));
  };

  return {
    authorise: (request, key) => {
      const { order, payment, amount, currency } = request;
      const on = 'renews' in request ? { reference: request.renews } : { account: request.token };
      const what = { kind: 'authorise', key, on, order, payment } as const;
      return move(what, { order, payment, amount, currency, on }, (found) =>
        authorising(request, found),
      );
    },
    capture: (request, key) => {
      const { order, authorisation, amount, currency, final = false } = request;
      const what = { kind: 'capture', key, on: { reference: authorisation }, order } as const;
      return move(what, { order, authorisation, amount, currency, final }, (found) =>
        capturing(request, found),
      );
    },
    refund: (request, key) => {
      const { order, amount, currency } = request;
      const reference = 'capture' in request ? request.capture : request.authorisation;
      const what = { kind: 'refund', key, on: { reference }, order } as const;
      return move(what, { order, reference, amount, currency }, (found) =>
        refunding(request, found),
      );
    },
    void: ({ order, authorisation }, key) => {
      const what = { kind: 'void', key, on: { reference: authorisation }, order } as const;
      return move(what, { order, authorisation }, voiding);
    },
    async ask({ key, kind, order }) {
      const decided = await creditDecision(knex, { key, kind, order });
      return decided ? outcomeOf({ key, kind }, decided) : { outcome: 'absent' };
    },
    movements: async (order) => ({
      outcome: 'listed',
      movements: await creditMovements(knex, order),
    }),
  };
}

function outcomeOf(
  { key, kind }: Pick<CreditRequest, 'key' | 'kind'>,
  decided: CreditOutcome,
): Moved | Declined {
  if (decided.outcome === 'other') {
    throw mistake('KeyReused', `${key}: the key came with another request before.`);
  }
  if (decided.outcome === 'declined') return decided;
  return { ...decided, ...(kind === 'authorise' && { can }) };
}

interface Asked {
  readonly amount: number;
  readonly currency?: string;
}

function authorising({ amount, currency }: AuthoriseRequest, found?: FoundCredit): CreditVerdict {
  if (!found)
    return declined('unknown_account', 'There is no account of store credit by this code.');
  const { available } = found;
  if (found.currency !== currency) return otherCurrency(found);
  if (amount <= available) return { moves: amount };
  return declined('insufficient_credit', `${available} is available, ${amount} was asked for.`);
}

function capturing(
  { amount, currency, final }: CaptureRequest,
  found?: FoundCredit,
): CreditVerdict {
  if (!found?.hold) return unknownHold();
  const { held } = found.hold;
  if (currency !== undefined && currency !== found.currency) return otherCurrency(found);
  if (amount > held) return declined('not_held', `${held} is held, ${amount} was asked for.`);
  return { moves: amount, ...(final === true && { rest: held - amount }) };
}

function refunding({ amount, currency }: Asked, found?: FoundCredit): CreditVerdict {
  if (!found?.hold) return unknownHold();
  const left = found.hold.captured - found.hold.refunded;
  if (currency !== undefined && currency !== found.currency) return otherCurrency(found);
  if (amount <= left) return { moves: amount };
  return declined('not_captured', `${left} can be given back, ${amount} was asked for.`);
}

function voiding(found?: FoundCredit): CreditVerdict {
  if (!found?.hold) return unknownHold();
  const { held } = found.hold;
  return held > 0 ? { moves: held } : declined('not_held', 'Nothing is held any more.');
}

function unknownHold(): CreditVerdict {
  return declined('unknown_authorisation', 'Nothing was held for this order by this reference.');
}

function otherCurrency({ currency }: FoundCredit): CreditVerdict {
  return declined('currency_mismatch', `The account is in ${currency}.`);
}

function declined(code: string, message: string): CreditVerdict {
  return { declines: { code, message } };
}
