import { createHash } from 'node:crypto';
import type Stripe from 'stripe';
import type { Capabilities } from '../../machines/payment/capabilities';
import type { Declined, Moved } from './port';
import { fromStripe } from './stripe-amounts';
import { declineOf } from './stripe-errors';

export type Intent = Stripe.PaymentIntent;

/** What of an intent has to be sent along for the functions here. */
export const PARTS = ['latest_charge', 'payment_method'];

/** Stripe keeps 50 names of metadata on an intent; the rest are ours and the shop's. */
const MOST_CAPTURES = 40;
const CAPTURE = 'capture ';

/** The name under which a capture keeps its key on the intent; at most 40 letters are allowed. */
function captureName(key: string): string {
  return `${CAPTURE}${createHash('sha256').update(key).digest('hex').slice(0, 24)}`;
}

/**
 * What a capture writes on its intent. Stripe has no object for a capture of which it could be asked, but
 * it changes metadata and takes the money in one request: what is not written here was not taken.
 */
export function captureNote(key: string, amount: number): Record<string, string> {
  return { [captureName(key)]: `${amount} ${key}` };
}

export interface Capture {
  readonly key: string;
  /** Stripe's units. */
  readonly amount: number;
}

/** The captures that were written on an intent, in the order of their keys. */
function notedCaptures({ metadata }: Intent): readonly Capture[] {
  const noted = Object.entries(metadata).filter(([name]) => name.startsWith(CAPTURE));
  const captures = noted.map(([, value]) => {
    const space = value.indexOf(' ');
    return { amount: Number(value.slice(0, space)), key: value.slice(space + 1) };
  });
  return captures.sort((a, b) => a.key.localeCompare(b.key, 'en', { numeric: true }));
}

/** Whether an intent has no room for another capture's note. */
export function isFull(intent: Intent): boolean {
  return notedCaptures(intent).length >= MOST_CAPTURES;
}

const total = (captures: readonly Capture[]) =>
  captures.reduce((sum, { amount }) => sum + amount, 0);

/**
 * Which of our captures took place. A capture that was declined may have left its note, so notes count only
 * as far as the money bears them out; `unsure` when it bears out neither reading.
 */
export function capturesOf(intent: Intent): {
  readonly captures: readonly Capture[];
  readonly unsure: readonly Capture[];
  /** What was taken and has no note: somebody took it in Stripe's own dashboard. */
  readonly elsewhere: number;
} {
  const noted = notedCaptures(intent);
  const received = intent.amount_received;
  const elsewhere = received - total(noted);
  if (elsewhere >= 0) return { captures: noted, unsure: [], elsewhere };
  const failed = noted.filter((one) => total(noted) - one.amount === received);
  const [only] = failed;
  if (failed.length !== 1 || !only) return { captures: [], unsure: noted, elsewhere: 0 };
  return { captures: noted.filter((one) => one !== only), unsure: [], elsewhere: 0 };
}

/** The charge that holds the money of an intent, or held it. */
export function holdOf({ latest_charge: charge }: Intent): Stripe.Charge | undefined {
  if (charge === null || typeof charge === 'string') return undefined;
  return charge.status === 'succeeded' ? charge : undefined;
}

/** What became of the authorisation that an intent was made for; undefined while the bank has not said. */
export function authorisationOf(intent: Intent): Moved | Declined | undefined {
  const charge = holdOf(intent);
  if (charge) {
    const endsAt = charge.payment_method_details?.card?.capture_before;
    return {
      outcome: 'moved',
      reference: intent.id,
      amount: fromStripe(intent.amount, intent.currency),
      ...(endsAt !== undefined && { expiresAt: timeOf(endsAt) }),
      can: capabilitiesOf(intent, charge),
    };
  }
  if (intent.last_payment_error) return declineOf(intent.last_payment_error);
  return intent.status === 'processing' ? undefined : needsHolder;
}

const needsHolder: Declined = {
  outcome: 'declined',
  code: 'authentication_required',
  message:
    'The bank wants the card holder to confirm the payment (3-D Secure), who is not there: let them confirm it in the storefront, and place the order with its reference.',
};

function capabilitiesOf(intent: Intent, charge: Stripe.Charge): Capabilities {
  const isMany = charge.payment_method_details?.card?.multicapture?.status === 'available';
  return { captures: isMany ? 'many' : 'once', renewable: keptCard(intent) !== undefined };
}

/** The card of an intent, where it is kept for the customer and so can be used without them. */
export function keptCard(
  intent: Intent,
): { readonly customer: string; readonly payment_method: string } | undefined {
  const { payment_method: card } = intent;
  if (card === null || typeof card === 'string' || card.customer === null) return undefined;
  return { customer: idOf(card.customer), payment_method: card.id };
}

/** What is written on an intent under our key when it is let go: whole, or what captures left of it. */
export const voidNote = (key: string) => ({ void: key });
export const releaseNote = (key: string) => ({ release: key });

/** What was let go of an intent, and under which key; undefined when nothing was, or a final capture did it. */
export function releaseOf(
  intent: Intent,
): { readonly key: string | undefined; readonly amount: number } | undefined {
  const { status, metadata, currency } = intent;
  if (!holdOf(intent)) return undefined;
  const amount = fromStripe(intent.amount - intent.amount_received, currency);
  if (status === 'canceled') return { key: metadata.void, amount };
  if (status !== 'succeeded' || metadata.release === undefined) return undefined;
  return { key: metadata.release, amount };
}

/** A capture of an intent, as the answer to whoever asked for it. */
export function captured(intent: Intent, amount: number): Moved {
  const { id, currency, latest_charge: charge } = intent;
  const reference = charge === null ? id : idOf(charge);
  return { outcome: 'moved', reference, amount: fromStripe(amount, currency) };
}

/** The release of an intent, as the answer to whoever asked for it. */
export function released(intent: Intent): Moved {
  return { outcome: 'moved', reference: intent.id, amount: releaseOf(intent)?.amount ?? 0 };
}

/** An id, whether its object was sent along or not. */
export function idOf(reference: string | { readonly id: string }): string {
  return typeof reference === 'string' ? reference : reference.id;
}

/** Stripe's seconds as ISO 8601. */
export function timeOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
