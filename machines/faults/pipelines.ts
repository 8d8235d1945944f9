import { nextStatuses, reachable } from '../pipeline';
import { listed } from '../refusals';
import { reservedStatuses } from '../state';
import { milliseconds, type Duration, type Shop } from '../table';

const LONGEST_WAIT = milliseconds({ days: 3653 });

interface Named {
  readonly what: string;
  readonly initial: string;
  readonly statuses: { readonly [status: string]: { readonly next: readonly string[] } };
}

/** Names the machine would read as paths or keep for itself. */
export function nameFaults(what: string, names: readonly string[]): string[] {
  return names.flatMap((name) => {
    if (name.trim() === '') return [`A ${what} has no name.`];
    if (/[.#]/.test(name)) return [`The ${what} ${name} must not contain "." or "#".`];
    return reservedStatuses.includes(name) ? [`The ${what} ${name} has a reserved name.`] : [];
  });
}

export function pipelineFaults({ what, initial, statuses }: Named): string[] {
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
export function automaticFaults({ orders }: Shop): string[] {
  return Object.entries(orders.statuses).flatMap(([status, rule]) => {
    const { whenPaid, whenShipped, whenAccepted, whenCancelled, whenUnpaid } = rule;
    const moves = {
      whenPaid,
      whenShipped,
      whenAccepted,
      whenCancelled,
      whenUnpaid: whenUnpaid?.to,
    };
    return Object.entries(moves).flatMap(([name, to]) => {
      if (to === undefined || rule.next.includes(to)) return [];
      return [
        `${status} goes to ${to} by itself (${name}), but ${to} is not among its next statuses.`,
      ];
    });
  });
}

export function cascadeFaults({ orders, lines }: Shop): string[] {
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

/** Stock is kept for a sensible time, and where it is held is chosen by a rule that has a name. */
export function stockFaults({ stock }: Shop): string[] {
  const faults: string[] = [];
  const wait = stock?.reservedFor ? milliseconds(stock.reservedFor) : 1;
  if (!(wait > 0 && wait <= LONGEST_WAIT)) {
    faults.push('Stock is kept for unpaid orders for no time at all, or more than ten years.');
  }
  if (stock?.allocation?.trim() === '') faults.push('The rule that allocates stock has no name.');
  return faults;
}

/** What moves by the clock or by a payment can be refused by nobody, and waits for a sensible time. */
export function unattendedFaults({ orders }: Shop): string[] {
  return Object.entries(orders.statuses).flatMap(([status, rule]) => {
    const { whenPaid, whenUnpaid, usually } = rule;
    const consuming = [whenPaid, whenUnpaid?.to].filter(
      (to) => to !== undefined && orders.statuses[to]?.enter?.includes('consume'),
    );
    const isSensible = (wait?: Duration) =>
      !wait || (milliseconds(wait) > 0 && milliseconds(wait) <= LONGEST_WAIT);
    return [
      ...consuming.map(
        (to) =>
          `${status} goes to ${to} by itself, which consumes stock: an empty shelf could not refuse it any more.`,
      ),
      ...(isSensible(whenUnpaid?.after)
        ? []
        : [`${status} waits for payment no time at all, or more than ten years.`]),
      ...(isSensible(usually)
        ? []
        : [`${status} usually lasts no time at all, or more than ten years.`]),
      ...(usually && rule.next.length === 0
        ? [`${status} ends the order, so nothing can be stuck in it: leave out usually.`]
        : []),
    ];
  });
}
