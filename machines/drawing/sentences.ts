import { returnSteps, type Obligation, type Shop } from '../table';
import { movesByItself, type EventRule } from './words';
import { writtenDuration } from '../time';

/** `A, B or C` as people say it. */
function anyOf(words: readonly string[], or = 'or'): string {
  const last = words.at(-1) ?? 'nothing';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} ${or} ${last}`;
}

const allOf = (words: readonly string[]) => anyOf(words, 'and');

const owed: Readonly<Record<Extract<Obligation, string>, string>> = {
  'cancel-units': 'Every unit that has not left is cancelled.',
  capture: 'What is owed is taken, as far as it is authorised.',
  void: 'Authorisations that are no longer needed are given up.',
  refund: 'Money taken beyond what the order owes goes back.',
  release: 'The stock it holds is given back.',
  consume: 'The stock it holds leaves the building.',
  'hand-over': 'Its fulfilment partners are asked to send their lines.',
};

/** What the shop owes whenever something happens, a sentence each. */
function obligations(shop: Shop, owes: readonly Obligation[] = []): string[] {
  return owes.map((each) => {
    if (typeof each === 'string') return owed[each];
    if ('send' in each) return `The customer gets the message ${each.send}.`;
    return `The shop ${shop.effects?.[each.call]?.says ?? `does ${each.call}`}.`;
  });
}

/** What an order status brings with it, besides where it leads. */
export function saysOfStatus(shop: Shop, status: string): string[] {
  const rule = shop.orders.statuses[status];
  if (!rule) return [];
  return [
    ...(rule.lines === undefined ? [] : [`Its lines become ${rule.lines} where they may.`]),
    ...obligations(shop, rule.enter),
    ...movesByItself(rule).map(({ to, when }) => `It becomes ${to} by itself when ${when}.`),
    ...(rule.usually ? [`After ${writtenDuration(rule.usually)} people are asked to look.`] : []),
  ];
}

const meanings = {
  dispatched: 'The units have left.',
  cancelled: 'The units will never leave.',
  returned: 'The units came back.',
} as const;

const moneyNeeded = {
  authorised: 'Its units must be authorised or paid.',
  paid: 'Its units must be paid.',
} as const;

/** The rules of a shipping event, a sentence each. */
export function saysOfShippingEvent(shop: Shop, rule: EventRule): string[] {
  const { means, during, after = [], before = [], kinds, lineStatus, stock, requires } = rule;
  return [
    ...(means ? [meanings[means]] : []),
    `It may be recorded while the order is ${anyOf(during)}.`,
    ...(after.length > 0 ? [`Only units that are ${allOf(after)} may pass it.`] : []),
    ...(before.length > 0 ? [`No unit that is ${anyOf(before)} may pass it.`] : []),
    ...(kinds ? [`It is for ${anyOf(kinds)} lines only.`] : []),
    ...(requires ? [moneyNeeded[requires]] : []),
    ...(rule.fulfilledBy ? ['The digital provider delivers it by itself.'] : []),
    ...(lineStatus === undefined ? [] : [`A line that passed it whole becomes ${lineStatus}.`]),
    ...(stock ? [owed[stock].replace('The stock it holds', 'Their stock')] : []),
    ...obligations(shop, rule.obliges),
  ];
}

const movements = {
  authorise: 'Money is held on the card.',
  capture: 'Money is taken.',
  refund: 'Money goes back.',
  void: 'Held money is given up.',
} as const;

export function saysOfPaymentEvent(shop: Shop, type: string): string[] {
  const rule = shop.paymentEvents[type];
  return rule ? [movements[rule.means], ...obligations(shop, rule.obliges)] : [];
}

/** How goods come back, a sentence each. */
export function saysOfReturns(shop: Shop): string[] {
  const { within, expectWithin, restock, refundShipping, exchangeInAdvance, ...told } =
    shop.returns ?? {};
  const steps = returnSteps.flatMap((step) => {
    const kinds = (told[step] ?? []).map(({ send }) => send);
    return kinds.length > 0 ? [`When it is ${step}, the customer gets ${allOf(kinds)}.`] : [];
  });
  return [
    within
      ? `Goods may be asked back for ${writtenDuration(within)} after they left.`
      : 'Goods may be asked back at any time after they left.',
    ...(expectWithin
      ? [`People are told when a return has not come after ${writtenDuration(expectWithin)}.`]
      : []),
    ...(restock ? ['Good units go back to the shelf unless the receipt says otherwise.'] : []),
    ...(refundShipping ? ['The shipping charge goes back with the last unit.'] : []),
    ...(exchangeInAdvance ? ['It may be exchanged before it has come.'] : []),
    ...steps,
  ];
}
