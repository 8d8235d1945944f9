import type { RefusalCode } from '../machines/refusals';
import { sessionProblems, type SessionCode } from './sessions/problems';

/** Problems that come up before an order is asked. */
export type OwnCode =
  | 'malformed-json'
  | 'invalid-signature'
  | 'method-not-allowed'
  | 'precondition-failed'
  | 'body-too-large'
  | 'unsupported-media-type'
  | 'idempotency-key-reused'
  | 'request-in-progress'
  | 'rate-limited'
  | 'temporal-unavailable'
  | 'database-unavailable'
  | 'webhook-stopped'
  | 'name-taken'
  | 'internal';

export type ProblemCode = RefusalCode | OwnCode | SessionCode;

interface ProblemKind {
  readonly status: number;
  readonly title: string;
  /** What whoever gets it can do about it. */
  readonly remedy: string;
  /** Seconds after which the same request may go better. */
  readonly retryAfter?: number;
}

/** Every problem the API answers with: the code says which, the status says whose turn it is. */
export const problemKinds: { readonly [C in ProblemCode]: ProblemKind } = {
  ...sessionProblems,
  'malformed-json': {
    status: 400,
    title: 'The body is not JSON',
    remedy: 'The detail says where it stops being JSON.',
  },
  'invalid-signature': {
    status: 401,
    title: 'The signature is not that of the sender',
    remedy:
      'Sign the bytes that are sent, within five minutes, with the secret that both sides have.',
  },
  'payment-declined': {
    status: 402,
    title: 'The payment was declined',
    remedy: 'Nothing was taken. Ask for another payment; figures has the code of the gateway.',
  },
  forbidden: {
    status: 403,
    title: 'The role may not do this',
    remedy: 'The detail names the role that may.',
  },
  'not-found': {
    status: 404,
    title: 'There is no such thing here',
    remedy: 'Look at the number, or at the role of the key: what it may not see is not found.',
  },
  'method-not-allowed': {
    status: 405,
    title: 'The method does not exist here',
    remedy: 'The Allow header names those that do.',
  },
  'name-taken': {
    status: 409,
    title: 'The name is taken',
    remedy: 'Choose another name.',
  },
  'number-taken': {
    status: 409,
    title: 'The number belongs to another order',
    remedy: 'Send another number, or none. The same request again would have been answered 200.',
  },
  'cannot-renew': {
    status: 409,
    title: 'The order cannot move to this table',
    remedy:
      'errors names each word that has no place there: say what it is called now, or keep it in the table.',
  },
  'invalid-order-status': {
    status: 409,
    title: 'The order cannot take this status',
    remedy: 'allowed lists the statuses it can take now.',
  },
  'invalid-line-status': {
    status: 409,
    title: 'A line cannot take this status',
    remedy: 'errors names each offending line; allowed lists what may follow.',
  },
  'invalid-shipping-event': {
    status: 409,
    title: 'The shipping event cannot be recorded',
    remedy: 'errors names each offending line; nothing was recorded, not even for the others.',
  },
  'invalid-payment-event': {
    status: 409,
    title: 'The money cannot move like this',
    remedy: 'figures says how much could; nothing was moved.',
  },
  'invalid-return': {
    status: 409,
    title: 'The goods cannot come back like this',
    remedy: 'errors names each offending line with its figures; nothing was recorded.',
  },
  'invalid-hand-over': {
    status: 409,
    title: 'The units cannot be handed over, accepted or declined like this',
    remedy:
      'figures has the hand-overs and their stages; nothing was recorded, and no partner told.',
  },
  'insufficient-stock': {
    status: 409,
    title: 'There is not enough stock',
    remedy: 'errors has the most that could be had of each line; nothing was allocated.',
  },
  'voucher-used': {
    status: 409,
    title: 'A voucher cannot be used',
    remedy: 'figures has the limits of each voucher and its uses; place the order without it.',
  },
  'invalid-stock-adjustment': {
    status: 409,
    title: 'The stock is not there to be moved',
    remedy: 'Set the stock right, then send the command again.',
  },
  'payment-outcome-unknown': {
    status: 409,
    title: 'Money is on its way with an outcome nobody knows yet',
    remedy: 'The gateway is asked until it answers; try again after that.',
    retryAfter: 5,
  },
  'command-waits': {
    status: 409,
    title: 'Another command waits to be done',
    remedy: 'Undo it, or try again after figures.until.',
  },
  undone: {
    status: 409,
    title: 'The command was undone before it was done',
    remedy: 'Nothing of it took place. Send it again if it is wanted after all.',
  },
  'on-hold': {
    status: 409,
    title: 'The order is on hold',
    remedy: 'figures has the hold and what it blocks; release-hold ends it.',
  },
  'not-on-hold': {
    status: 409,
    title: 'The order is not on hold',
    remedy: 'There is nothing to release.',
  },
  'no-such-task': {
    status: 409,
    title: 'The order has no such open task',
    remedy: 'allowed lists the open ones; it may have ended by itself or by somebody else.',
  },
  'already-sent': {
    status: 409,
    title: 'The customer was sent this before',
    remedy: 'figures says when; "again": true sends it again.',
  },
  'cannot-tell': {
    status: 409,
    title: 'The customer cannot be told this',
    remedy: 'The detail says what is missing: an address, or what the message would speak of.',
  },
  'note-closed': {
    status: 409,
    title: 'The note cannot be changed',
    remedy: 'Add a note of your own; allowed lists those that you may still change.',
  },
  'webhook-stopped': {
    status: 409,
    title: 'The endpoint wants to be told no more',
    remedy: 'Resume it first; it is then told what happens from that moment on.',
  },
  'request-in-progress': {
    status: 409,
    title: 'The first request with this Idempotency-Key still runs',
    remedy: 'Send it again a little later: its answer will be there.',
    retryAfter: 1,
  },
  'precondition-failed': {
    status: 412,
    title: 'The order has changed since',
    remedy: 'changes lists what happened; read the order again and send its new ETag.',
  },
  'body-too-large': {
    status: 413,
    title: 'The body is too large',
    remedy: 'A body has at most 1 MB, and what a partner says 256 kB.',
  },
  'unsupported-media-type': {
    status: 415,
    title: 'The body is of another kind',
    remedy: 'Send JSON in UTF-8 with Content-Type: application/json.',
  },
  validation: {
    status: 422,
    title: 'The request is not of the shape asked for',
    remedy: 'errors has each fault with its place.',
  },
  'invalid-order': {
    status: 422,
    title: 'This is no order the shop can take',
    remedy: 'errors has each fault with its place; nothing was written.',
  },
  'idempotency-key-reused': {
    status: 422,
    title: 'The Idempotency-Key came with another request before',
    remedy: 'Use a new key for a new request.',
  },
  'rate-limited': {
    status: 429,
    title: 'Too many requests',
    remedy: 'Wait as long as Retry-After says.',
  },
  internal: {
    status: 500,
    title: 'Something went wrong here',
    remedy: 'The log of the API has it under the X-Request-Id of this answer.',
  },
  'gateway-unavailable': {
    status: 503,
    title: 'The payment gateway cannot be reached',
    remedy: 'Nothing was sent to it. Try again later.',
    retryAfter: 10,
  },
  'temporal-unavailable': {
    status: 503,
    title: 'Orders cannot be worked on right now',
    remedy: 'Send it again with the same Idempotency-Key: it takes effect once.',
    retryAfter: 2,
  },
  'database-unavailable': {
    status: 503,
    title: 'The database cannot be reached',
    remedy: 'Send it again with the same Idempotency-Key: it takes effect once.',
    retryAfter: 2,
  },
};
