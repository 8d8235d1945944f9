import { cards, type Card } from './cards';

const DAY_S = 24 * 60 * 60;
/** By how much the search lags behind. */
const SEARCH_LAGS_S = 60;

/** Parameters of a request, their names taken apart: `metadata[key]` is `metadata.key`. */
export interface Params {
  readonly [name: string]: string | Params | undefined;
}

/** An answer that is an error of Stripe's. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly error: Readonly<Record<string, unknown>>,
  ) {
    super(String(error.message));
  }
}

type Metadata = Record<string, string>;

export interface Intent {
  id: string;
  object: 'payment_intent';
  amount: number;
  amount_capturable: number;
  amount_received: number;
  currency: string;
  created: number;
  customer: string | null;
  payment_method: string;
  status: string;
  metadata: Metadata;
  latest_charge: string | null;
  last_payment_error: object | null;
  canceled_at: number | null;
  cancellation_reason: string | null;
  capture_method: string;
}

export interface Charge {
  id: string;
  object: 'charge';
  status: string;
  amount: number;
  amount_captured: number;
  amount_refunded: number;
  captured: boolean;
  currency: string;
  created: number;
  payment_intent: string;
  metadata: Metadata;
  payment_method_details: object;
}

export interface Refund {
  id: string;
  object: 'refund';
  amount: number;
  currency: string;
  created: number;
  status: string;
  failure_reason?: string;
  charge: string;
  payment_intent: string;
  metadata: Metadata;
}

export interface Movement {
  readonly kind: 'authorise' | 'capture' | 'refund' | 'void';
  readonly order: string;
  readonly key?: string;
  /** Stripe's units and Stripe's letters. */
  readonly amount: number;
  readonly currency: string;
}

type Tell = (type: string, object: object, previous?: object) => void;

/** A parameter that is a text. */
export const textOf = (value: string | Params | undefined) =>
  typeof value === 'string' ? value : '';
const text = (value: string | Params | undefined) => textOf(value) || undefined;
const whole = (value: string | Params | undefined) => Number(text(value) ?? NaN);

function invalid(message: string, more: object = {}): Refused {
  return new Refused(400, { type: 'invalid_request_error', message, ...more });
}

function missing(what: string, id: string): Refused {
  const message = `No such ${what}: '${id}'`;
  return new Refused(404, { type: 'invalid_request_error', code: 'resource_missing', message });
}

/** Stripe's books in memory: what it lets be done with payments, and what really moved. */
export function createBooks(now: () => number, tell: Tell) {
  const intents = new Map<string, Intent>();
  const charges = new Map<string, Charge>();
  const refunds: Refund[] = [];
  const ledger: Movement[] = [];
  let count = 0;
  const seconds = () => Math.floor(now() / 1000);
  const next = (prefix: string) => `${prefix}_${String((count += 1)).padStart(6, '0')}`;

  const book = (kind: Movement['kind'], intent: Intent, amount: number, key?: string) =>
    ledger.push({
      ...{ kind, amount, currency: intent.currency, order: intent.metadata.order ?? '' },
      ...(key !== undefined && { key }),
    });

  const cardOf = (id: string): Card => {
    const card = cards[id];
    if (card) return card;
    throw missing('PaymentMethod', id);
  };

  /** An authorisation that nobody captured in time is let go by itself. */
  function expire(intent: Intent): Intent {
    const charge = charges.get(intent.latest_charge ?? '');
    const ends = charge && charge.created + 7 * DAY_S;
    if (intent.status === 'requires_capture' && ends !== undefined && seconds() >= ends) {
      const isTaken = intent.amount_received > 0;
      intent.status = isTaken ? 'succeeded' : 'canceled';
      intent.amount_capturable = 0;
      if (!isTaken) Object.assign(intent, { canceled_at: ends, cancellation_reason: 'automatic' });
    }
    return intent;
  }

  function intentOf(id: string): Intent {
    const found = intents.get(id);
    if (found) return expire(found);
    throw missing('payment_intent', id);
  }

  const chargeOf = (intent: Intent) => charges.get(intent.latest_charge ?? '') as Charge;

  function note(intent: Intent, metadata: string | Params | undefined): void {
    if (typeof metadata !== 'object') return;
    const merged = { ...intent.metadata };
    for (const [name, value] of Object.entries(metadata)) {
      if (name.length > 40 || textOf(value).length > 500) throw invalid('Metadata is too long.');
      if (textOf(value) === '') delete merged[name];
      else merged[name] = textOf(value);
    }
    if (Object.keys(merged).length > 50) throw invalid('Metadata has more than 50 names.');
    intent.metadata = merged;
  }

  function create(params: Params): Intent {
    const amount = whole(params.amount);
    const currency = text(params.currency) ?? '';
    checkAmount(amount, currency);
    const method = text(params.payment_method) ?? '';
    const card = cardOf(method);
    if (card.customer !== undefined && text(params.customer) !== card.customer) {
      throw invalid('The PaymentMethod belongs to a Customer: send it along.');
    }
    const intent: Intent = {
      ...{ id: next('pi'), object: 'payment_intent', amount, currency, created: seconds() },
      ...{ amount_capturable: 0, amount_received: 0, customer: text(params.customer) ?? null },
      ...{ payment_method: method, status: 'requires_payment_method', metadata: {} },
      ...{ latest_charge: null, last_payment_error: null, canceled_at: null },
      ...{ cancellation_reason: null, capture_method: text(params.capture_method) ?? 'automatic' },
    };
    note(intent, params.metadata);
    intents.set(intent.id, intent);
    const why =
      card.wantsHolder && text(params.off_session) === 'true'
        ? { code: 'authentication_required', message: 'The bank wants the card holder.' }
        : card.declines;
    if (why) {
      intent.last_payment_error = { type: 'card_error', ...why };
      tell('payment_intent.payment_failed', intent);
      throw new Refused(402, { type: 'card_error', ...why, payment_intent: { ...intent } });
    }
    if (card.wantsAction) return Object.assign(intent, { status: 'requires_action' });
    hold(intent, card);
    return intent;
  }

  function hold(intent: Intent, card: Card): void {
    const { amount, currency, metadata, id } = intent;
    const multicapture = { status: card.multicapture === true ? 'available' : 'unavailable' };
    const charge: Charge = {
      ...{ id: next('ch'), object: 'charge', status: 'succeeded', amount, amount_captured: 0 },
      ...{ amount_refunded: 0, captured: false, currency, created: seconds(), payment_intent: id },
      metadata: { ...metadata },
      payment_method_details: {
        type: 'card',
        card: { capture_before: seconds() + 7 * DAY_S, multicapture },
      },
    };
    charges.set(charge.id, charge);
    Object.assign(intent, { latest_charge: charge.id, status: 'requires_capture' });
    intent.amount_capturable = amount;
    book('authorise', intent, amount, metadata.key);
    tell('payment_intent.amount_capturable_updated', intent);
  }

  function checkCapture(
    intent: Intent,
    { amount, isFinal }: { amount: number; isFinal: boolean },
  ): void {
    const left = intent.amount_capturable;
    const isMany = cardOf(intent.payment_method).multicapture === true;
    if (!isFinal && !isMany) throw invalid('Multicapture is not available for this payment.');
    if (amount > left) {
      const message = `The remaining amount to capture is ${left}, but ${amount} was asked for.`;
      throw invalid(message, { code: 'amount_too_large', param: 'amount_to_capture' });
    }
    if (amount === 0 && (!isFinal || intent.amount_received === 0)) {
      throw invalid('Nothing can only be captured to release what is left.');
    }
    if (!isFinal && amount === left) {
      throw invalid("can't set final_capture as false when fully capturing a payment intent.");
    }
  }

  function capture(id: string, params: Params, key?: string): Intent {
    const intent = intentOf(id);
    if (intent.status !== 'requires_capture') throw unexpected(intent, 'captured');
    const left = intent.amount_capturable;
    const amount = params.amount_to_capture === undefined ? left : whole(params.amount_to_capture);
    const isFinal = text(params.final_capture) !== 'false';
    checkCapture(intent, { amount, isFinal });
    checkAmount(amount, intent.currency);
    note(intent, params.metadata);
    const charge = chargeOf(intent);
    const before = charge.amount_captured;
    charge.amount_captured += amount;
    intent.amount_received += amount;
    intent.amount_capturable = isFinal ? 0 : left - amount;
    if (isFinal) Object.assign(intent, { status: 'succeeded' });
    if (isFinal) charge.captured = true;
    if (amount > 0) book('capture', intent, amount, key);
    else book('void', intent, left, key);
    tell(isFinal ? 'charge.captured' : 'charge.updated', charge, { amount_captured: before });
    if (isFinal) tell('payment_intent.succeeded', intent);
    return intent;
  }

  function cancel(id: string, key?: string): Intent {
    const intent = intentOf(id);
    if (['canceled', 'succeeded'].includes(intent.status)) throw unexpected(intent, 'canceled');
    const left = intent.amount_capturable;
    Object.assign(intent, { status: 'canceled', canceled_at: seconds(), amount_capturable: 0 });
    if (left > 0) book('void', intent, left, key);
    tell('payment_intent.canceled', intent);
    return intent;
  }

  function refund(params: Params, key?: string): Refund {
    const named =
      text(params.payment_intent) ?? charges.get(text(params.charge) ?? '')?.payment_intent;
    const intent = intentOf(named ?? text(params.charge) ?? '');
    const charge = charges.get(intent.latest_charge ?? '');
    const left = charge ? charge.amount_captured - charge.amount_refunded : 0;
    if (!charge || charge.amount_captured === 0) {
      throw invalid('This payment has no successful charge to refund.', {
        code: 'payment_intent_unexpected_state',
      });
    }
    if (left === 0) throw invalid('Refunded already.', { code: 'charge_already_refunded' });
    const amount = params.amount === undefined ? left : whole(params.amount);
    checkAmount(amount, intent.currency);
    // Stripe gives no code here.
    if (amount > left) throw invalid(`Only ${left} can be refunded.`, { param: 'amount' });
    const metadata = typeof params.metadata === 'object' ? { ...params.metadata } : {};
    const made: Refund = {
      ...{ id: next('re'), object: 'refund', amount, currency: intent.currency },
      ...{ created: seconds(), status: 'succeeded', charge: charge.id, payment_intent: intent.id },
      metadata: metadata as Metadata,
    };
    charge.amount_refunded += amount;
    refunds.push(made);
    book('refund', intent, amount, key);
    tell('refund.created', made);
    return made;
  }

  return {
    ...{ create, capture, cancel, refund, intentOf, ledger, intents, charges },
    cardOf,
    update(id: string, params: Params): Intent {
      const intent = intentOf(id);
      note(intent, params.metadata);
      return intent;
    },
    /** Newest first. */
    listed: (): Intent[] => [...intents.values()].map(expire).reverse(),
    /** What the search has taken in by now. */
    found(query: string): Intent[] {
      const asked = /^metadata\['(\w+)'\]:'(.*)'$/.exec(query);
      if (!asked) throw invalid(`The query cannot be read: ${query}`);
      const [, name = '', quoted = ''] = asked;
      const word = quoted.replaceAll(/\\(.)/g, '$1').toLowerCase();
      return [...intents.values()]
        .map(expire)
        .filter(({ created }) => created < seconds() - SEARCH_LAGS_S)
        .filter(({ metadata }) => metadata[name]?.toLowerCase() === word);
    },
    refundsOf: (intent: string) => refunds.filter((one) => one.payment_intent === intent).reverse(),
    /** The bank sends a refund back that was thought to have arrived. */
    failRefund(id: string): void {
      const made = refunds.find((one) => one.id === id);
      if (!made) throw missing('refund', id);
      Object.assign(made, { status: 'failed', failure_reason: 'expired_or_canceled_card' });
      tell('refund.failed', made);
    },
  };
}

export type Books = ReturnType<typeof createBooks>;

function unexpected({ status }: Intent, what: string): Refused {
  const message = `This PaymentIntent could not be ${what} because it has a status of ${status}.`;
  return invalid(message, { code: 'payment_intent_unexpected_state' });
}

/** Stripe's rules of amounts: whole, and with a last digit of 0 where a currency has three. */
function checkAmount(amount: number, currency: string): void {
  const isWhole = Number.isInteger(amount) && amount >= 0;
  const isThree = ['bhd', 'jod', 'kwd', 'omr', 'tnd'].includes(currency);
  const isHundreds = ['isk', 'ugx'].includes(currency);
  if (isWhole && !(isThree && amount % 10 > 0) && !(isHundreds && amount % 100 > 0)) return;
  throw invalid(`Invalid amount ${amount} ${currency}.`, { code: 'parameter_invalid_integer' });
}
