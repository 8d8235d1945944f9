import { dueOf, UNPAID } from '../deciding/due';
import { faults } from '../faults';
import { everythingCancelled, everythingDispatched, typesMeaning } from '../fulfilment/units';
import { isPaid } from '../payment/balance';
import { everythingAccepted, isOpen } from '../partners/lines';
import { listed, type Fault, type Objection } from '../refusals';
import { agreed, type OrderContext, type OrderState } from '../state';
import type { Shop } from '../table';
import { meaningOf, needsOf, wordsFor, type Need } from './needs';
import { renewedState } from './renewed';
import { bringsTable, nameOf, type Renewal, tableName } from './words';
import type { EventOf, NewWords } from '../events';

const renaming = ['statuses', 'lineStatuses', 'shippingEvents', 'paymentEvents'] as const;

/** What is unsound about what may be no table at all. */
function unsoundness(shop: Shop): Fault[] {
  try {
    return faults(shop).map((detail) => ({ pointer: '/shop', detail }));
  } catch (error) {
    return [{ pointer: '/shop', detail: `This is no table of a shop: ${String(error)}` }];
  }
}

/** A renaming must be of a word that was to a word that is. */
function misnamed(from: Shop, renewal: Renewal): Fault[] {
  return renaming.flatMap((field) =>
    Object.entries<string>((renewal[field] ?? {}) satisfies NewWords).flatMap(([old, word]) => {
      const pointer = `/${field}/${old}`;
      const [before, after] = [wordsFor(from, field), wordsFor(renewal.shop, field)];
      if (!before.includes(old)) {
        return [{ pointer, detail: `${old} is no word of ${tableName(from)}.` }];
      }
      if (after.includes(word)) return [];
      return [{ pointer, detail: `${word} is no word of the new table; choose ${listed(after)}.` }];
    }),
  );
}

function placeless(from: Shop, to: Shop, need: Need): Fault[] {
  const { field, word, becomes, says } = need;
  const known = wordsFor(to, field);
  const pointer = `/${field}`;
  if (!known.includes(becomes)) {
    const advice =
      field === 'gateways' || field === 'effects'
        ? `keep it in ${field}, which has ${listed(known)}`
        : `say which it is with "${field}": { "${word}": … }, one of ${listed(known)}`;
    return [{ pointer, detail: `${says}, which the new table does not know: ${advice}.` }];
  }
  const [meant, means] = [meaningOf(from, need, word), meaningOf(to, need, becomes)];
  if (meant === means) return [];
  const detail = `${says}, which meant ${meant}; on the new table ${becomes} means ${means}.`;
  return [{ pointer, detail }];
}

/** Two kinds of event that were told apart must not become one: their units would be counted together. */
function merged(needs: readonly Need[]): Fault[] {
  const types = needs.filter(({ field }) => field === 'shippingEvents');
  return types.flatMap(({ word, becomes }, index) => {
    const other = types.slice(0, index).find((each) => each.becomes === becomes);
    if (!other || other.word === word) return [];
    const detail = `${other.word} and ${word} would both be ${becomes}: give each a word of its own.`;
    return [{ pointer: '/shippingEvents', detail }];
  });
}

/** Goods on their way back must be able to come: receiving them records an event that means so. */
function unreturnable(to: Shop, { returns }: OrderContext): Fault[] {
  const open = returns.filter(({ status }) => status === 'requested' || status === 'authorised');
  if (open.length === 0 || typesMeaning(to, 'returned').length > 0) return [];
  const ids = listed(open.map(({ id }) => id));
  const detail = `The return ${ids} is open, and no shipping event of the new table means returned.`;
  return [{ pointer: '/shop', detail }];
}

/** What partners have in hand is waited for by the table's rule. */
function unsendable({ partners }: Shop, { handOvers, owesHandOver }: OrderContext): Fault[] {
  const open = handOvers.filter(isOpen).map(({ id, partner }) => `${id} of ${partner}`);
  if (partners || (open.length === 0 && !owesHandOver)) return [];
  const what = open.length > 0 ? `${listed(open)} is open` : 'Partners are to be asked';
  const detail = `${what}, and the new table has no rule for partners.`;
  return [{ pointer: '/shop', detail }];
}

/** Where the order would go at once by itself: that may take money and stock along, and is a move of its own. */
function movesAtOnce(to: Shop, { value, context }: OrderState): Fault[] {
  const rule = to.orders.statuses[value.status];
  const next =
    (everythingCancelled(to, context) && rule?.whenCancelled) ||
    (isPaid(to, context) && rule?.whenPaid) ||
    (everythingAccepted(to, context) && rule?.whenAccepted) ||
    (everythingDispatched(to, context) && rule?.whenShipped);
  if (!next) return [];
  const detail = `On the new table an order that is ${value.status} would become ${next} by itself at once: choose its status with "statuses".`;
  return [{ pointer: '/statuses', detail }];
}

/** Being given up unpaid, when that would be due at once and is not due on the present table. */
function overdue(from: Shop, to: Shop, before: OrderState, after: OrderState, at: string): Fault[] {
  const due = dueOf(from, before.value.status, before.context);
  return dueOf(to, after.value.status, after.context)
    .filter((each) => each.name === UNPAID && Date.parse(each.at) <= Date.parse(at))
    .filter((each) => !due.some((old) => old.name === each.name && old.at === each.at))
    .map((each) => {
      const detail = `On the new table "${each.name}" would have been due at ${each.at}, and would happen at once.`;
      return { pointer: '/shop', detail };
    });
}

function objected(
  from: Shop,
  to: Shop,
  context: OrderContext,
  errors: readonly Fault[],
): Objection | undefined {
  if (errors.length === 0) return undefined;
  const order = agreed(context).number;
  return {
    code: 'cannot-renew',
    detail: `Order ${order} cannot move from ${tableName(from)} to ${tableName(to)}: ${errors.map(({ detail }) => detail).join(' ')}`,
    figures: { order, from: nameOf(from), to: nameOf(to) },
    errors,
  };
}

/** Why an order cannot move to the table that a renewal brings: every word without a place, at once. */
export function objectToRenewal(
  from: Shop,
  { value, context }: OrderState,
  event: EventOf<'renew'>,
): Objection | undefined {
  if (!bringsTable(event)) {
    const detail = 'Bring the table to move to.';
    return { code: 'validation', detail, errors: [{ pointer: '/shop', detail }] };
  }
  const { shop: to } = event;
  const object = (errors: readonly Fault[]) => objected(from, to, context, errors);
  const needs = () => needsOf(from, value.status, context, event);
  const unsound = object(unsoundness(to)) ?? object(misnamed(from, event));
  if (unsound) return unsound;
  const words = needs();
  const missing = [
    ...words.flatMap((need) => placeless(from, to, need)),
    ...merged(words),
    ...unreturnable(to, context),
    ...unsendable(to, context),
  ];
  if (missing.length > 0) return object(missing);
  const after = renewedState(from, { value, context }, event);
  return object([
    ...movesAtOnce(to, after),
    ...overdue(from, to, { value, context }, after, event.at),
  ]);
}
