import { isNativeError } from 'node:util/types';
import Stripe from 'stripe';
import type { Declined, MoveOutcome, Unreachable } from './port';
import { GatewayMisuse } from './sandbox';
import { wasNotSent } from './unsent';

const { errors } = Stripe;

/** Refusals that are no decision of the bank's but, like one, leave nothing moved. */
const REFUSALS = new Set([
  'amount_too_large',
  'amount_too_small',
  'balance_insufficient',
  'capture_charge_authorization_expired',
  'charge_already_captured',
  'charge_already_refunded',
  'charge_disputed',
  'charge_expired_for_capture',
  'insufficient_funds',
  'payment_intent_unexpected_state',
  'payment_method_not_available',
  'payment_method_unactivated',
  'refund_disputed_payment',
  'resource_missing',
]);

/** What a payment error of Stripe's says, whichever way it came. */
export function declineOf(
  error: { readonly code?: string; readonly decline_code?: string; readonly message?: string },
  token?: string,
): Declined {
  const { code = '', decline_code: decline = '', message = 'The card was declined.' } = error;
  // Of an error without a code the library says an empty one.
  const first = [decline, code, 'declined'].find((each) => each !== '') as string;
  return { outcome: 'declined', code: first, message: withoutToken(message, token) };
}

/** What it means for a movement that Stripe answered with an error; throws `GatewayMisuse` for our own mistakes. */
export function moveError(call: string, error: unknown, token?: string): MoveOutcome {
  if (error instanceof errors.StripeConnectionError) {
    const outcome = wasNotSent(error.detail) ? 'unreachable' : 'unknown';
    return { outcome, why: describe(error) };
  }
  if (!(error instanceof errors.StripeError)) throw error;
  const { statusCode = 500 } = error;
  // A key that is in use, or an object that another request has locked: neither was begun.
  if (statusCode === 409 || statusCode === 429) return { outcome: 'busy' };
  if (statusCode >= 500 || statusCode < 400) {
    return { outcome: 'unknown', why: `answered ${error.statusCode ?? 'what cannot be read'}` };
  }
  if (statusCode === 402 || isRefusal(error)) return declineOf(error, token);
  throw misuse(call, error, token);
}

/** What it means for a question: nobody answered it; throws `GatewayMisuse` for our own mistakes. */
export function askError(call: string, error: unknown): Unreachable {
  if (error instanceof errors.StripeConnectionError) {
    return { outcome: 'unreachable', why: describe(error) };
  }
  if (!(error instanceof errors.StripeError)) throw error;
  const { statusCode = 500 } = error;
  if (statusCode >= 500 || statusCode === 409 || statusCode === 429 || statusCode < 400) {
    return { outcome: 'unreachable', why: `answered ${error.statusCode ?? 'what cannot be read'}` };
  }
  throw misuse(call, error);
}

/** Whether Stripe has nothing under an id. */
export function isMissing(error: unknown): boolean {
  return error instanceof errors.StripeInvalidRequestError && error.code === 'resource_missing';
}

/** Whether Stripe would not move this; a key that was sent before with another request is no refusal. */
function isRefusal(error: InstanceType<typeof errors.StripeError>): boolean {
  if (error instanceof errors.StripeIdempotencyError) return false;
  if (error.code !== undefined && REFUSALS.has(error.code)) return true;
  // Of an amount that is more than there is Stripe does not always give a code.
  return error.param === 'amount' || error.param === 'amount_to_capture';
}

/** Without what Stripe quotes: of a wrong key it shows the ends, of a wrong card the token. */
function misuse(call: string, error: InstanceType<typeof errors.StripeError>, token?: string) {
  const { statusCode = 0, type, code, param } = error;
  const isOfAccess = statusCode === 401 || statusCode === 403;
  const message = isOfAccess
    ? 'Stripe does not take the key: set STRIPE_SECRET_KEY to one that may do this.'
    : withoutToken(error.message, token);
  return new GatewayMisuse(call, statusCode, { type, code, param, message });
}

function withoutToken(message: string, token = ''): string {
  return token === '' ? message : message.replaceAll(token, 'the card');
}

function describe({ message, detail }: { message: string; detail?: unknown }): string {
  const cause =
    isNativeError(detail) && isNativeError(detail.cause) ? `: ${detail.cause.message}` : '';
  return `${message}${cause}`;
}
