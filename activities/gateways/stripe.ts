import type Stripe from 'stripe';
import type {
  AuthoriseRequest,
  CaptureRequest,
  CardGateway,
  Declined,
  MoveOutcome,
  RefundRequest,
  VoidRequest,
} from './port';
import { toStripe } from './stripe-amounts';
import { createStripeQuestions } from './stripe-asking';
import { createStripeReader } from './stripe-callbacks';
import { connectStripe, type StripeOptions } from './stripe-client';
import { moveError } from './stripe-errors';
import {
  authorisationOf,
  captured,
  captureNote,
  capturesOf,
  idOf,
  isFull,
  keptCard,
  PARTS,
  released,
  releaseNote,
  releaseOf,
  voidNote,
  type Intent,
} from './stripe-intents';
import { refundOutcome } from './stripe-refunds';

function declined(code: string, message: string): Declined {
  return { outcome: 'declined', code, message };
}

/** Nothing has been sent yet that moves money, so whatever keeps us from an answer leaves it unsent. */
function unsent(outcome: MoveOutcome): MoveOutcome {
  if (outcome.outcome === 'unknown') return { outcome: 'unreachable', why: outcome.why };
  return outcome;
}

/** The card to hold money on. */
type Card = Pick<Stripe.PaymentIntentCreateParams, 'payment_method' | 'customer' | 'off_session'>;

/** A movement that is answered before anything was sent. */
class Ended extends Error {
  constructor(readonly outcome: MoveOutcome) {
    super(outcome.outcome);
  }
}

/** Stripe over its own library, as PaymentIntents that are captured by hand. */
export function createStripeGateway(options: StripeOptions): CardGateway {
  const stripe = connectStripe(options);
  const { webhookSecret, certainAfterMs = 60_000, now = Date.now } = options;

  /** Looks something up before anything is sent. */
  async function before<T>(call: string, look: () => Promise<T>, token?: string): Promise<T> {
    try {
      return await look();
    } catch (error) {
      throw new Ended(unsent(moveError(call, error, token)));
    }
  }

  const intentOf = (id: string): Promise<Intent> =>
    before('payment_intents.retrieve', () => stripe.paymentIntents.retrieve(id, { expand: PARTS }));

  /** Runs a movement; what ends it early is its outcome. */
  async function move(
    call: string,
    work: () => Promise<MoveOutcome>,
    token?: string,
  ): Promise<MoveOutcome> {
    try {
      return await work();
    } catch (error) {
      return error instanceof Ended ? error.outcome : moveError(call, error, token);
    }
  }

  async function cardOf(request: AuthoriseRequest): Promise<Card> {
    if ('renews' in request) {
      const card = keptCard(await intentOf(request.renews));
      if (card) return { ...card, off_session: true };
      const message =
        'The card is not kept for its holder, so it cannot be held again without them.';
      throw new Ended(declined('not_renewable', message));
    }
    const { token } = request;
    const look = () => stripe.paymentMethods.retrieve(token);
    const { customer } = await before('payment_methods.retrieve', look, token);
    return { payment_method: token, ...(customer !== null && { customer: idOf(customer) }) };
  }

  async function authorise(request: AuthoriseRequest, key: string): Promise<MoveOutcome> {
    const { order, payment = '', currency } = request;
    const asked = toStripe(request.amount, currency);
    if ('outcome' in asked) return asked;
    const intent = await stripe.paymentIntents.create(
      {
        ...(await cardOf(request)),
        amount: asked.amount,
        currency: currency.toLowerCase(),
        confirm: true,
        capture_method: 'manual',
        allowed_payment_method_types: ['card'],
        payment_method_options: {
          card: {
            request_extended_authorization: 'if_available',
            request_multicapture: 'if_available',
          },
        },
        metadata: { key, order, payment },
        expand: PARTS,
      },
      { idempotencyKey: key },
    );
    // Nobody is there to confirm it; left alone it could still be paid later.
    if (intent.status === 'requires_action') {
      await stripe.paymentIntents.cancel(intent.id, {}, { idempotencyKey: `${key}/cancel` });
    }
    return (
      authorisationOf(intent) ?? { outcome: 'unknown', why: `the payment is ${intent.status}` }
    );
  }

  async function capture(request: CaptureRequest, key: string): Promise<MoveOutcome> {
    const intent = await intentOf(request.authorisation);
    const currency = intent.currency.toUpperCase();
    if (request.currency !== undefined && request.currency !== currency) {
      return declined('currency_mismatch', `The authorisation is in ${currency}.`);
    }
    const asked = toStripe(request.amount, currency);
    if ('outcome' in asked) return asked;
    const { captures } = capturesOf(intent);
    const done = captures.find((one) => one.key === key);
    if (done) return captured(intent, done.amount);
    if (isFull(intent)) {
      return declined('too_many_captures', 'Stripe lets a payment be captured in 40 parts.');
    }
    // Stripe takes no capture of everything that is left for one that is not final.
    const isMany = authorisationOf(intent);
    const mayGoOn = isMany?.outcome === 'moved' && isMany.can?.captures === 'many';
    const isFinal = request.final === true || !mayGoOn || asked.amount >= intent.amount_capturable;
    const after = await stripe.paymentIntents.capture(
      intent.id,
      {
        amount_to_capture: asked.amount,
        ...(mayGoOn && { final_capture: isFinal }),
        metadata: captureNote(key, asked.amount),
        expand: PARTS,
      },
      { idempotencyKey: key },
    );
    return captured(after, asked.amount);
  }

  async function refund(request: RefundRequest, key: string): Promise<MoveOutcome> {
    const { order } = request;
    const of =
      'authorisation' in request
        ? { payment_intent: request.authorisation }
        : { charge: request.capture };
    const currency = request.currency ?? (await currencyOf(of));
    const asked = toStripe(request.amount, currency);
    if ('outcome' in asked) return asked;
    const made = await stripe.refunds.create(
      { ...of, amount: asked.amount, metadata: { key, order } },
      { idempotencyKey: key },
    );
    return refundOutcome(made);
  }

  async function currencyOf(of: { payment_intent: string } | { charge: string }): Promise<string> {
    const { currency } =
      'charge' in of
        ? await before('charges.retrieve', () => stripe.charges.retrieve(of.charge))
        : await intentOf(of.payment_intent);
    return currency.toUpperCase();
  }

  /** Cancels what was never captured; of the rest, what is left is released by a last capture of nothing. */
  async function letGo({ authorisation }: VoidRequest, key: string): Promise<MoveOutcome> {
    const intent = await intentOf(authorisation);
    const release = releaseOf(intent);
    if (release?.key === key) return released(intent);
    if (intent.status !== 'requires_capture') {
      return declined('nothing_to_void', 'Nothing is held any more.');
    }
    const sent = { idempotencyKey: key };
    if (intent.amount_received > 0) {
      const how = { amount_to_capture: 0, final_capture: true, metadata: releaseNote(key) };
      return released(
        await stripe.paymentIntents.capture(intent.id, { ...how, expand: PARTS }, sent),
      );
    }
    await before('payment_intents.update', () =>
      stripe.paymentIntents.update(intent.id, { metadata: voidNote(key) }),
    );
    return released(await stripe.paymentIntents.cancel(intent.id, { expand: PARTS }, sent));
  }

  return {
    authorise: (request, key) =>
      move(
        'payment_intents.create',
        () => authorise(request, key),
        'token' in request ? request.token : undefined,
      ),
    capture: (request, key) => move('payment_intents.capture', () => capture(request, key)),
    refund: (request, key) => move('refunds.create', () => refund(request, key)),
    void: (request, key) => move('payment_intents.cancel', () => letGo(request, key)),
    ...createStripeQuestions({ stripe, certainAfterMs, now }),
    ...(webhookSecret !== undefined && {
      readCallback: createStripeReader({ stripe, webhookSecret }),
    }),
  };
}
