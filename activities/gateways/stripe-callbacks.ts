import Stripe from 'stripe';
import type { CallbackHeaders, CallbackOutcome, GatewayNews } from './port';
import { fromStripe } from './stripe-amounts';
import { askError } from './stripe-errors';
import {
  authorisationOf,
  capturesOf,
  holdOf,
  idOf,
  PARTS,
  releaseOf,
  timeOf,
  type Intent,
} from './stripe-intents';
import { refundOutcome } from './stripe-refunds';

type Found = Pick<GatewayNews, 'kind' | 'outcome' | 'reference' | 'amount'> & Partial<GatewayNews>;

/** What the events that the adapter reads speak of. */
const speaksOf: Readonly<Record<string, readonly GatewayNews['kind'][]>> = {
  'payment_intent.amount_capturable_updated': ['authorise', 'capture'],
  'payment_intent.payment_failed': ['authorise'],
  'payment_intent.succeeded': ['capture', 'void'],
  'payment_intent.canceled': ['void'],
  'charge.captured': ['capture'],
  'charge.updated': ['capture'],
  'refund.created': ['refund'],
  'refund.updated': ['refund'],
  'refund.failed': ['refund'],
  'charge.refund.updated': ['refund'],
};

interface Reading {
  readonly stripe: Stripe;
  readonly webhookSecret: string;
}

/**
 * Reads Stripe's events. An event only says that something happened: what is true now is asked of Stripe, so
 * that events may come in any order. Stripe tells again what was not taken.
 */
export function createStripeReader({ stripe, webhookSecret }: Reading) {
  const intentOf = (id: string): Promise<Intent> =>
    stripe.paymentIntents.retrieve(id, { expand: PARTS });

  return async (raw: Buffer, headers: CallbackHeaders): Promise<CallbackOutcome> => {
    const event = verified(stripe, raw, headers, webhookSecret);
    if (!event) return { outcome: 'forged', why: 'The signature is not Stripe’s, or too old.' };
    const id = intentIn(event);
    const kinds = speaksOf[event.type];
    if (id === undefined || !kinds) return { outcome: 'read', news: [] };
    const intent = await intentOf(id).catch((error: unknown) => askError('payment_intents', error));
    if ('outcome' in intent) return intent;
    const { order } = intent.metadata;
    const currency = intent.currency.toUpperCase();
    const found = kinds.includes('refund')
      ? [refundIn(event.data.object as Stripe.Refund)]
      : foundOn(intent).filter(({ kind }) => kinds.includes(kind));
    const common = { ...(order !== undefined && { order }), authorisation: id, currency };
    const news = found.map((one) => ({
      ...{ ...common, at: timeOf(event.created), ...one },
      id: `${event.id}/${one.kind}/${one.key ?? ''}`,
    }));
    return { outcome: 'read', news };
  };
}

function verified(
  stripe: Stripe,
  raw: Buffer,
  headers: CallbackHeaders,
  secret: string,
): Stripe.Event | undefined {
  const signature = headers['stripe-signature'];
  if (typeof signature !== 'string') return undefined;
  try {
    return stripe.webhooks.constructEvent(raw, signature, secret);
  } catch (error) {
    if (error instanceof Stripe.errors.StripeSignatureVerificationError) return undefined;
    throw error;
  }
}

function intentIn({ type, data: { object } }: Stripe.Event): string | undefined {
  if (type.startsWith('payment_intent.')) return (object as Intent).id;
  const { payment_intent: intent } = object as { payment_intent?: string | Intent | null };
  return intent === undefined || intent === null ? undefined : idOf(intent);
}

function refundIn(refund: Stripe.Refund): Found {
  const outcome = refundOutcome(refund);
  const amount = fromStripe(refund.amount, refund.currency);
  const key = refund.metadata?.key;
  return {
    ...{ amount, reference: refund.id, ...outcome },
    ...{ kind: 'refund', ...(key !== undefined && { key }) },
  };
}

/** Everything that is true of an intent now. */
function foundOn(intent: Intent): readonly Found[] {
  const { id, metadata, currency } = intent;
  const held = authorisationOf(intent);
  const charge = holdOf(intent);
  const { captures, elsewhere } = capturesOf(intent);
  const release = intent.cancellation_reason === 'automatic' ? undefined : releaseOf(intent);
  const amount = fromStripe(intent.amount, currency);
  const authorised: Found[] = held
    ? [{ amount, reference: id, ...held, kind: 'authorise', ...keyed(metadata.key) }]
    : [];
  if (!charge) return authorised;
  const taken = captures.map((one): Found => ({
    ...{ kind: 'capture', outcome: 'moved', key: one.key, reference: charge.id },
    amount: fromStripe(one.amount, currency),
  }));
  const unknown: Found[] =
    elsewhere > 0
      ? [
          {
            ...{ kind: 'capture', outcome: 'moved', reference: charge.id },
            amount: fromStripe(elsewhere, currency),
          },
        ]
      : [];
  const gone: Found[] = release
    ? [
        {
          kind: 'void',
          outcome: 'moved',
          reference: id,
          amount: release.amount,
          ...keyed(release.key),
        },
      ]
    : [];
  return [...authorised, ...taken, ...unknown, ...gone];
}

function keyed(key: string | undefined): { readonly key?: string } {
  return key === undefined ? {} : { key };
}
