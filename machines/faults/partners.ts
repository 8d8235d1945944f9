import { typesMeaning } from '../fulfilment/units';
import { reachable } from '../pipeline';
import { listed } from '../refusals';
import { milliseconds, type Duration, type Shop } from '../table';
import type { Patience, PartnersRule } from '../partners/rule';
import { allObligations } from './effects';

const LONGEST_WAIT = milliseconds({ days: 366 });

/** The steps of a partner's time, which come one after another. */
function patienceFaults(what: string, { remind, escalate, giveUp }: Patience): string[] {
  const steps = Object.entries({ remind, escalate, giveUp }).filter(
    (step): step is [string, Duration] => step[1] !== undefined,
  );
  const odd = steps.filter(([, wait]) => {
    const length = milliseconds(wait);
    return !(length > 0 && length <= LONGEST_WAIT);
  });
  const unordered = steps.slice(1).flatMap(([name, wait], index) => {
    const [before, shorter] = steps[index] ?? [];
    if (!shorter || milliseconds(shorter) < milliseconds(wait)) return [];
    return [`Partners who are slow to ${what}: ${name} does not come after ${before}.`];
  });
  return [
    ...odd.map(
      ([name]) =>
        `Partners who are slow to ${what}: ${name} comes after no time at all, or more than a year.`,
    ),
    ...unordered,
  ];
}

function routeFaults({ routes = {}, whenDeclined, whenSilent }: PartnersRule): string[] {
  const ways = Object.entries(routes);
  const reroutes = Object.entries({ whenDeclined, whenSilent }).filter(
    ([, follows]) => follows === 'reroute',
  );
  return [
    ...ways
      .filter(([from, to]) => to.includes(from))
      .map(([from]) => `The partner ${from} is routed to itself.`),
    ...ways
      .filter(([, to]) => to.length === 0)
      .map(([from]) => `The partner ${from} is routed to nobody: leave it out of routes.`),
    ...ways
      .filter(([, to]) => new Set(to).size < to.length)
      .map(([from]) => `The partner ${from} is routed to the same partner twice.`),
    ...(ways.length > 0
      ? []
      : reroutes.map(
          ([name]) => `Units are handed on (${name}: reroute), but routes lead to nobody.`,
        )),
  ];
}

function ruleFaults(shop: Shop, rule: PartnersRule): string[] {
  const accepted = rule.lines?.accepted;
  const park = milliseconds(rule.park);
  const sends = typesMeaning(shop, 'dispatched').filter(
    (type) => shop.shippingEvents[type]?.kinds?.includes('physical') ?? true,
  );
  return [
    ...patienceFaults('answer', rule.accept),
    ...patienceFaults('send', rule.ship),
    ...routeFaults(rule),
    ...(park > 0 && park <= LONGEST_WAIT
      ? []
      : ['What partners say too early is kept for no time at all, or more than a year.']),
    ...(accepted === undefined || Object.hasOwn(shop.lines.statuses, accepted)
      ? []
      : [`An accepted line becomes ${accepted}, which is not defined.`]),
    ...(sends.length > 0
      ? []
      : ['Partners send physical lines, but no shipping event means that they were dispatched.']),
    ...(rule.whenDeclined !== 'cancel' || typesMeaning(shop, 'cancelled').length > 0
      ? []
      : ['What partners decline is cancelled, but no shipping event means cancelled.']),
    ...(allObligations(shop).includes('hand-over')
      ? []
      : ['There is a rule for partners, but nothing obliges to hand over.']),
  ];
}

/** A status that waits for partners must come when they were asked, or later. */
function acceptedFaults({ orders }: Shop): string[] {
  const { statuses } = orders;
  const asking = Object.keys(statuses).filter((each) =>
    statuses[each]?.enter?.includes('hand-over'),
  );
  const asked = new Set(asking.flatMap((status) => [...reachable(statuses, status)]));
  return Object.keys(statuses)
    .filter((status) => statuses[status]?.whenAccepted !== undefined && !asked.has(status))
    .map((status) => {
      const where =
        asking.length === 0 ? 'no status hands over' : `only ${listed(asking)} hands over`;
      return `${status} waits until partners accept (whenAccepted), but ${where} before it.`;
    });
}

/** What is unsound about how fulfilment partners are worked with. */
export function partnersFaults(shop: Shop): string[] {
  const { partners } = shop;
  const hands = allObligations(shop).includes('hand-over');
  return [
    ...(hands && !partners
      ? ['Something is to be handed over (hand-over), but there is no rule for partners.']
      : []),
    ...(partners ? ruleFaults(shop, partners) : []),
    ...acceptedFaults(shop),
  ];
}
