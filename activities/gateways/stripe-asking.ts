import type Stripe from 'stripe';
import type { AskOutcome, CardGateway, GatewayMovement, Question } from './port';
import { fromStripe } from './stripe-amounts';
import { askError, isMissing } from './stripe-errors';
import {
  authorisationOf,
  captured,
  capturesOf,
  holdOf,
  PARTS,
  released,
  releaseOf,
  timeOf,
  type Intent,
} from './stripe-intents';
import { refundOutcome, refundsOf } from './stripe-refunds';

/** Stripe's search lags behind, by a minute as a rule; its lists do not, and are read for what is younger. */
const LISTED_MS = 24 * 60 * 60 * 1000;
/** By how much Stripe's clock may be behind ours. */
const CLOCKS_DIFFER_MS = 5 * 60 * 1000;

const LISTED_PARTS = PARTS.map((part) => `data.${part}`);

interface Asking {
  readonly stripe: Stripe;
  readonly certainAfterMs: number;
  readonly now: () => number;
}

/** What Stripe knows of our movements. Nothing here sends any. */
export function createStripeQuestions({
  stripe,
  certainAfterMs,
  now,
}: Asking): Pick<CardGateway, 'ask' | 'movements'> {
  /** The intents with this word under this name of their metadata, and no others. */
  async function* intentsWith(name: 'key' | 'order', word: string, since: number) {
    const from = Math.max(since - CLOCKS_DIFFER_MS, now() - LISTED_MS);
    const seen = new Set<string>();
    const young = stripe.paymentIntents.list({
      created: { gte: Math.floor(from / 1000) },
      limit: 100,
      expand: LISTED_PARTS,
    });
    for await (const intent of young) {
      if (intent.metadata[name] !== word) continue;
      seen.add(intent.id);
      yield intent;
    }
    const query = `metadata['${name}']:'${word.replaceAll(/['\\]/g, (sign) => `\\${sign}`)}'`;
    const found = stripe.paymentIntents.search({ query, limit: 100, expand: LISTED_PARTS });
    for await (const intent of found) {
      // The search takes capital letters for small ones.
      if (intent.metadata[name] === word && !seen.has(intent.id)) yield intent;
    }
  }

  async function authorisation({ key, since }: Question): Promise<AskOutcome | undefined> {
    for await (const intent of intentsWith('key', key, Date.parse(since))) {
      const outcome = authorisationOf(intent);
      return outcome ?? { outcome: 'unreachable', why: `the payment is ${intent.status}` };
    }
    return undefined;
  }

  async function refund({ key }: Question, intent: string): Promise<AskOutcome | undefined> {
    const refunds = await refundsOf(stripe, intent);
    const own = refunds.find(({ metadata }) => metadata?.key === key);
    return own && refundOutcome(own);
  }

  /** What became of a movement; undefined where there is no trace of it. */
  async function fateOf(question: Question): Promise<AskOutcome | undefined> {
    const { kind, key, authorisation: id } = question;
    if (kind === 'authorise') return authorisation(question);
    // Nothing is ever sent on an authorisation without its reference.
    if (id === undefined || id === '') return undefined;
    if (kind === 'refund') return refund(question, id);
    const intent = await stripe.paymentIntents.retrieve(id, { expand: PARTS });
    if (kind === 'void') return releaseOf(intent)?.key === key ? released(intent) : undefined;
    return captureFate(intent, key);
  }

  async function ask(question: Question): Promise<AskOutcome> {
    const { key, since } = question;
    const told = await fateOf(question);
    if (told) return told;
    if (now() - Date.parse(since) >= certainAfterMs) return { outcome: 'absent' };
    const seconds = Math.ceil(certainAfterMs / 1000);
    const why = `Stripe has no trace of ${key} yet, and a request may be on its way for ${seconds} s`;
    return { outcome: 'unreachable', why };
  }

  return {
    async ask(question) {
      try {
        return await ask(question);
      } catch (error) {
        // On an authorisation that Stripe does not know nothing can have moved.
        if (isMissing(error)) return { outcome: 'absent' };
        return askError('payment_intents', error);
      }
    },

    async movements(order) {
      try {
        const movements: GatewayMovement[] = [];
        for await (const intent of intentsWith('order', order, 0)) {
          movements.push(...(await movementsOf(stripe, intent)));
        }
        // Sorting keeps the order of those with one time.
        movements.sort((a, b) => a.at.localeCompare(b.at));
        return { outcome: 'listed', movements };
      } catch (error) {
        return askError('payment_intents', error);
      }
    },
  };
}

function captureFate(intent: Intent, key: string): AskOutcome | undefined {
  const { captures, unsure } = capturesOf(intent);
  const own = captures.find((one) => one.key === key);
  if (own) return captured(intent, own.amount);
  if (!unsure.some((one) => one.key === key)) return undefined;
  const why = `${intent.id} has captures written down that ${intent.amount_received} received does not bear out`;
  return { outcome: 'unreachable', why };
}

/** Everything that moved on an intent. Stripe keeps no time of a capture: it has that of its authorisation. */
async function movementsOf(stripe: Stripe, intent: Intent): Promise<readonly GatewayMovement[]> {
  const charge = holdOf(intent);
  if (!charge) return [];
  const { id: authorisation, metadata, created } = intent;
  const currency = intent.currency.toUpperCase();
  const common = { authorisation, currency, at: timeOf(created) };
  const { captures, unsure, elsewhere } = capturesOf(intent);
  const taken = [...captures, ...unsure].map(({ key, amount }): GatewayMovement => ({
    ...{ ...common, kind: 'capture', key, reference: charge.id },
    amount: fromStripe(amount, currency),
  }));
  const release = releaseOf(intent);
  const refunds = await refundsOf(stripe, authorisation);
  return [
    {
      ...{ ...common, kind: 'authorise', key: metadata.key, reference: authorisation },
      amount: fromStripe(intent.amount, currency),
    },
    ...taken,
    ...(elsewhere > 0
      ? [
          {
            ...{ ...common, kind: 'capture' as const, reference: charge.id },
            amount: fromStripe(elsewhere, currency),
          },
        ]
      : []),
    ...(release
      ? [
          {
            ...{ ...common, kind: 'void' as const, ...release, reference: authorisation },
            at: timeOf(intent.canceled_at ?? created),
          },
        ]
      : []),
    ...refunds.toReversed().flatMap((refund): GatewayMovement[] => {
      const outcome = refundOutcome(refund);
      if (outcome.outcome === 'declined') return [];
      const { reference, amount } = outcome;
      const key = refund.metadata?.key;
      return [
        {
          ...{ ...common, kind: 'refund', reference, amount, at: timeOf(refund.created) },
          ...(key !== undefined && { key }),
        },
      ];
    }),
  ];
}
