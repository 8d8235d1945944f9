import { isNumberPrefix } from './deciding/limits';
import { typesMeaning } from './fulfilment/units';
import { nextStatuses, reachable } from './pipeline';
import { listed } from './refusals';
import { reservedStatuses } from './state';
import { milliseconds, type LineKind, type Obligation, type Shop } from './table';

const lineKinds: readonly LineKind[] = ['physical', 'digital'];

const LONGEST_WAIT = milliseconds({ days: 3653 });

const movesMoneyBack = (obligation: Obligation) => obligation === 'refund';

interface Named {
  readonly what: string;
  readonly initial: string;
  readonly statuses: { readonly [status: string]: { readonly next: readonly string[] } };
}

/** Names the machine would read as paths or keep for itself. */
function nameFaults(what: string, names: readonly string[]): string[] {
  return names.flatMap((name) => {
    if (name.trim() === '') return [`A ${what} has no name.`];
    if (/[.#]/.test(name)) return [`The ${what} ${name} must not contain "." or "#".`];
    return reservedStatuses.includes(name) ? [`The ${what} ${name} has a reserved name.`] : [];
  });
}

function pipelineFaults({ what, initial, statuses }: Named): string[] {
  const names = Object.keys(statuses);
  const faults = nameFaults(what, names);
  if (!names.includes(initial)) {
    return [...faults, `The initial ${what} ${initial} is not among ${listed(names)}.`];
  }
  for (const from of names) {
    for (const to of nextStatuses(statuses, from)) {
      if (!names.includes(to))
        faults.push(`The ${what} ${from} leads to ${to}, which is not defined.`);
      if (to === from) faults.push(`The ${what} ${from} leads to itself.`);
    }
  }
  const reached = reachable(statuses, initial);
  for (const name of names.filter((each) => !reached.has(each))) {
    faults.push(`The ${what} ${name} can never be reached from ${initial}.`);
  }
  const ends = names.filter((name) => nextStatuses(statuses, name).length === 0);
  for (const name of names) {
    if (ends.some((end) => reachable(statuses, name).has(end))) continue;
    faults.push(`From the ${what} ${name} there is no way to an end.`);
  }
  return faults;
}

/** Moves that the order makes by itself must be moves that its pipeline permits. */
function automaticFaults({ orders }: Shop): string[] {
  return Object.entries(orders.statuses).flatMap(([status, rule]) => {
    const { whenPaid, whenShipped, whenCancelled, whenUnpaid } = rule;
    const moves = { whenPaid, whenShipped, whenCancelled, whenUnpaid: whenUnpaid?.to };
    return Object.entries(moves).flatMap(([name, to]) => {
      if (to === undefined || rule.next.includes(to)) return [];
      return [
        `${status} goes to ${to} by itself (${name}), but ${to} is not among its next statuses.`,
      ];
    });
  });
}

function cascadeFaults({ orders, lines }: Shop): string[] {
  const known = Object.keys(lines.statuses);
  const reached = known.includes(lines.initial)
    ? reachable(lines.statuses, lines.initial)
    : new Set(known);
  return Object.entries(orders.statuses).flatMap(([status, { lines: to }]) => {
    if (to === undefined) return [];
    if (!known.includes(to))
      return [`${status} cascades to the line status ${to}, which is not defined.`];
    return reached.has(to)
      ? []
      : [`${status} cascades to the line status ${to}, which no line can ever reach.`];
  });
}

function eventFaults({ orders, lines, shippingEvents, paymentEvents }: Shop): string[] {
  const types = Object.keys(shippingEvents);
  const both = types.filter((type) => Object.hasOwn(paymentEvents, type));
  const faults = both.map((type) => `${type} is both a shipping and a payment event.`);
  for (const [type, rule] of Object.entries(shippingEvents)) {
    const unknown = [
      ...rule.during.filter((status) => !Object.hasOwn(orders.statuses, status)),
      ...[...(rule.after ?? []), ...(rule.before ?? [])].filter((other) => !types.includes(other)),
      ...(rule.lineStatus !== undefined && !Object.hasOwn(lines.statuses, rule.lineStatus)
        ? [rule.lineStatus]
        : []),
    ];
    faults.push(...unknown.map((name) => `The event ${type} names ${name}, which is not defined.`));
    if (rule.during.length === 0) faults.push(`The event ${type} can never be recorded.`);
    if (rule.after?.includes(type) || rule.before?.includes(type)) {
      faults.push(`The event ${type} is ordered against itself.`);
    }
    if (rule.stock === 'consume' && rule.means !== 'dispatched') {
      faults.push(`The event ${type} consumes stock but does not mean that units were dispatched.`);
    }
  }
  const released = types.some(
    (type) =>
      shippingEvents[type]?.means === 'cancelled' && shippingEvents[type].stock === 'release',
  );
  if (!released) faults.push('No event releases the stock of cancelled units.');
  return faults;
}

/** Money that can be taken must be able to go back. */
function paymentFaults({ paymentEvents }: Shop): string[] {
  const faults: string[] = [];
  const kinds = Object.values(paymentEvents).map(({ means }) => means);
  for (const kind of new Set(kinds)) {
    const types = Object.keys(paymentEvents).filter((type) => paymentEvents[type]?.means === kind);
    if (types.length > 1)
      faults.push(`The payment events ${listed(types)} mean the same: ${kind}.`);
  }
  if (kinds.includes('capture') && !kinds.includes('refund')) {
    faults.push('Money can be captured but never given back: no payment event means refund.');
  }
  if (kinds.includes('authorise') && !kinds.includes('void')) {
    faults.push('Money can be authorised but never given up: no payment event means void.');
  }
  return faults;
}

/** Cancelled units go with their money. */
function cancelFaults(shop: Shop): string[] {
  const { orders, shippingEvents } = shop;
  const faults: string[] = [];
  const cancels = Object.values(shippingEvents).some(({ means }) => means === 'cancelled');
  for (const [status, { enter = [] }] of Object.entries(orders.statuses)) {
    if (!enter.includes('cancel-units')) continue;
    if (!cancels) faults.push(`${status} cancels units, but no shipping event means cancelled.`);
    if (enter.some(movesMoneyBack)) continue;
    faults.push(`${status} cancels units but never gives their money back (refund).`);
  }
  for (const [type, { means, obliges }] of Object.entries(shippingEvents)) {
    if (means !== 'cancelled' || obliges?.some(movesMoneyBack)) continue;
    faults.push(`The event ${type} cancels units but never gives their money back (refund).`);
  }
  // The first is what cancelling records; another for the other kinds would never be.
  const [type] = typesMeaning(shop, 'cancelled');
  const { kinds = lineKinds } = (type && shippingEvents[type]) || {};
  if (!lineKinds.every((kind) => kinds.includes(kind))) {
    faults.push(
      `Cancelling records the event ${type}, which is for ${listed(kinds)} lines only: it must be for all kinds.`,
    );
  }
  return faults;
}

/** What moves by the clock or by a payment can be refused by nobody, and waits for a sensible time. */
function unattendedFaults({ orders }: Shop): string[] {
  return Object.entries(orders.statuses).flatMap(([status, { whenPaid, whenUnpaid }]) => {
    const consuming = [whenPaid, whenUnpaid?.to].filter(
      (to) => to !== undefined && orders.statuses[to]?.enter?.includes('consume'),
    );
    const wait = whenUnpaid ? milliseconds(whenUnpaid.after) : 1;
    const sensible = wait > 0 && wait <= LONGEST_WAIT;
    return [
      ...consuming.map(
        (to) =>
          `${status} goes to ${to} by itself, which consumes stock: an empty shelf could not refuse it any more.`,
      ),
      ...(sensible ? [] : [`${status} waits for payment no time at all, or more than ten years.`]),
    ];
  });
}

function messageFaults({ orders, shippingEvents, messages }: Shop): string[] {
  const obligations = [
    ...Object.values(orders.statuses).flatMap(({ enter = [] }) => enter),
    ...Object.values(shippingEvents).flatMap(({ obliges = [] }) => obliges),
  ];
  const sent = obligations.flatMap((each) => (typeof each === 'object' ? [each.send] : []));
  const unknown = [...new Set(sent)].filter((kind) => !messages.includes(kind));
  return unknown.map((kind) => `The message ${kind} is sent but not defined.`);
}

function numberFaults({ numbers: { prefix } }: Shop): string[] {
  if (isNumberPrefix(prefix)) return [];
  return [
    `The number prefix "${prefix}" must be of at most 48 visible ASCII characters without "/" and "\\".`,
  ];
}

/** What is unsound about a shop's table, in sentences; a sound one has none. */
export function faults(shop: Shop): string[] {
  const { orders, lines } = shop;
  return [
    ...pipelineFaults({ what: 'order status', ...orders }),
    ...pipelineFaults({ what: 'line status', ...lines }),
    ...nameFaults('shipping event', Object.keys(shop.shippingEvents)),
    ...nameFaults('payment event', Object.keys(shop.paymentEvents)),
    ...automaticFaults(shop),
    ...cascadeFaults(shop),
    ...eventFaults(shop),
    ...paymentFaults(shop),
    ...cancelFaults(shop),
    ...unattendedFaults(shop),
    ...messageFaults(shop),
    ...numberFaults(shop),
  ];
}
