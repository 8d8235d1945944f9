import { listed } from '../refusals';
import {
  milliseconds,
  returnSteps,
  type Aftermath,
  type EffectRule,
  type Obligation,
  type Shop,
} from '../table';

const LONGEST_TRIED = milliseconds({ days: 4 });
/** Characters, as JSON. */
const LONGEST_WITH = 4_000;

type After = Aftermath<string, string, string>;

/** What follows the answers of an effect. */
function aftermathsOf({ whenDone, whenFailed }: EffectRule): After[] {
  const failed = whenFailed === 'attention' ? undefined : whenFailed;
  return [whenDone, failed].filter((after): after is After => after !== undefined);
}

/** Everything that the table obliges the shop to, wherever it says so. */
export function allObligations(shop: Shop): Obligation[] {
  return [
    ...Object.values(shop.orders.statuses).flatMap(({ enter = [] }) => enter),
    ...Object.values(shop.shippingEvents).flatMap(({ obliges = [] }) => obliges),
    ...Object.values(shop.paymentEvents).flatMap(({ obliges = [] }) => obliges),
    ...returnSteps.flatMap((step) => shop.returns?.[step] ?? []),
    ...Object.values(shop.effects ?? {})
      .flatMap(aftermathsOf)
      .flatMap(({ obliges = [] }) => obliges),
  ];
}

type CallObligation = Extract<Obligation, { readonly call: string }>;

function isCall(obligation: Obligation): obligation is CallObligation {
  return typeof obligation === 'object' && 'call' in obligation;
}

function callsOf(obligations: readonly Obligation[] = []): string[] {
  return obligations.filter(isCall).map(({ call }) => call);
}

/** Effects that can lead to themselves again, each answer calling the next. */
function circles({ effects = {} }: Shop): string[] {
  const next = (name: string) => {
    const rule = effects[name];
    return rule ? aftermathsOf(rule).flatMap(({ obliges }) => callsOf(obliges)) : [];
  };
  return Object.keys(effects).filter((start) => {
    const seen = new Set(next(start));
    for (const name of seen) for (const other of next(name)) seen.add(other);
    return seen.has(start);
  });
}

function ruleFaults(shop: Shop, name: string, rule: EffectRule): string[] {
  const { statuses } = shop.orders;
  const tried = rule.within ? milliseconds(rule.within) : 1;
  const isSensible = tried > 0 && tried <= LONGEST_TRIED;
  const after = aftermathsOf(rule);
  const become = after.flatMap(({ become: to }) => (to === undefined ? [] : [to]));
  return [
    ...(name.trim() === '' || name.length > 100
      ? ['An effect has a name of 1 to 100 letters.']
      : []),
    ...(rule.says.trim() === '' ? [`The effect ${name} does not say what it does.`] : []),
    ...(isSensible ? [] : [`The effect ${name} is tried for no time at all, or more than 4 days.`]),
    ...become
      .filter((to) => !Object.hasOwn(statuses, to))
      .map((to) => `The effect ${name} leads to ${to}, which is not defined.`),
    ...become
      .filter((to) => statuses[to]?.enter?.includes('consume'))
      .map(
        (to) =>
          `The effect ${name} leads to ${to}, which consumes stock: an empty shelf could not refuse it any more.`,
      ),
    ...after
      .filter(({ obliges = [] }) => obliges.includes('consume'))
      .map(
        () =>
          `The effect ${name} consumes stock when it answers: an empty shelf could not refuse it any more.`,
      ),
  ];
}

/** What is unsound about the shop's own effects. */
export function effectFaults(shop: Shop): string[] {
  const effects = shop.effects ?? {};
  const obligations = allObligations(shop);
  const unknown = [...new Set(callsOf(obligations))].filter(
    (name) => !Object.hasOwn(effects, name),
  );
  const long = obligations
    .filter(isCall)
    .filter(({ with: given }) => (JSON.stringify(given) ?? '').length > LONGEST_WITH);
  return [
    ...unknown.map((name) => `The effect ${name} is called but not defined.`),
    ...long.map(
      ({ call }) => `What goes along with ${call} is longer than ${LONGEST_WITH} letters.`,
    ),
    ...circles(shop).map(
      (name) => `The effect ${name} calls itself again when it answers, for ever.`,
    ),
    ...Object.entries(effects).flatMap(([name, rule]) => ruleFaults(shop, name, rule)),
  ];
}

/** A link that leads nowhere. */
export function carrierFaults({ carriers = {} }: Shop): string[] {
  return Object.entries(carriers).flatMap(([code, { name, track }]) => {
    const faults = name.trim() === '' ? [`The carrier ${code} has no name.`] : [];
    if (track === undefined) return faults;
    if (!/^https?:\/\/[^/\s]/.test(track)) {
      faults.push(`The carrier ${code} is tracked at ${track}, which does not begin with http(s).`);
    }
    if (!track.includes('{number}')) {
      faults.push(`The carrier ${code} is tracked at ${track}, which has no {number} in it.`);
    }
    return faults;
  });
}

const overriding = ['admin', 'clerk', 'partner', 'system'];

export function overrideFaults({ overrides }: Shop): string[] {
  const unknown = (overrides?.roles ?? []).filter((role) => !overriding.includes(role));
  return unknown.map((role) => `The role ${role} cannot override; ${listed(overriding)} can.`);
}

/** What only a provider does must be something that it can do by itself. */
export function providerFaults({ shippingEvents }: Shop): string[] {
  const types = Object.entries(shippingEvents).filter(([, { fulfilledBy }]) => fulfilledBy);
  const requires = Object.entries(shippingEvents).filter(
    ([, rule]) => rule.requires && !['authorised', 'paid'].includes(rule.requires),
  );
  return [
    ...requires.map(([type]) => `The event ${type} requires neither authorised nor paid.`),
    ...(types.length > 1
      ? [`The events ${listed(types.map(([type]) => type))} are all fulfilled by the provider.`]
      : []),
    ...types.flatMap(([type, { means, kinds = [], stock }]) => [
      ...(means === 'dispatched'
        ? []
        : [`The event ${type} is fulfilled by the provider but does not mean dispatched.`]),
      ...(kinds.length === 1 && kinds[0] === 'digital'
        ? []
        : [`The event ${type} is fulfilled by the provider but is not for digital lines only.`]),
      ...(stock
        ? [
            `The event ${type} is fulfilled by the provider and moves stock: an empty shelf could not refuse it any more.`,
          ]
        : []),
    ]),
  ];
}
