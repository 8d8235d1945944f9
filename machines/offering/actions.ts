import { commandSpecs, commandTypes } from '../commands';
import type { Command, OrderEvent, Stamp } from '../events';
import type { OrderState } from '../state';
import { step, type Orders } from '../step';
import type { Shop } from '../table';
import { mostOf } from './most';
import { markNext } from './next';
import { plainest, withoutAsked } from './plainest';
import type { ActionsView, ActionView } from './view';
import { labelOf, wordings } from './wording';

export type { ActionsView, ActionView } from './view';

/** What an override of a refused shipping event would go over; nothing where it would not help. */
function overridable(
  orders: Orders,
  state: OrderState,
  command: Command,
  stamp: Stamp,
): Pick<ActionView, 'override'> {
  if (command.type !== 'record-shipping-event') return {};
  const over = { ...command, override: { reason: 'asked' }, ...stamp };
  const decided = step(orders, state, over);
  const facts = decided.outcome === 'accepted' ? decided.facts : [];
  return (
    facts.flatMap((fact) => (fact.type === 'override' ? [{ override: fact.rules }] : []))[0] ?? {}
  );
}

/**
 * Each command with each of its choices: allowed now, or refused because of what. `newest` is the shop's
 * present table, to which an order may be moved that follows an older one.
 */
export function actionsOf(
  orders: Orders,
  state: OrderState,
  stamp: Stamp,
  newest: Shop = orders.shop,
): ActionsView {
  const { shop } = orders;
  const actions = commandTypes.flatMap((type) =>
    plainest(shop, state, type, newest).map((command): ActionView => {
      const decided = step(orders, state, { ...command, ...stamp } as OrderEvent);
      const override =
        decided.outcome === 'refused' ? overridable(orders, state, command, stamp) : {};
      const most = mostOf(shop, state, command, 'override' in override);
      return {
        type,
        says: commandSpecs[type].says,
        label: labelOf(shop, state.context, command),
        title: wordings[type].title,
        group: wordings[type].group,
        command: withoutAsked(command),
        ...(most && { most }),
        allowed: decided.outcome === 'accepted',
        ...(decided.outcome === 'refused' && { refusal: decided.refusal }),
        ...override,
      };
    }),
  );
  return markNext(shop, state, actions);
}
