import { typesMeaning } from '../fulfilment/units';
import { unitsWith } from '../partners/lines';
import { isOwing } from '../payment/balance';
import { nextStatuses } from '../pipeline';
import type { OrderState } from '../state';
import type { Shop } from '../table';
import type { ActionsView, ActionView } from './view';

interface Situation {
  readonly shop: Shop;
  readonly state: OrderState;
  readonly actions: ActionsView;
}

type Wish = (action: ActionView, situation: Situation) => boolean;

const MOST_LIKELY = 2;

const someMoney = ({ most }: ActionView) => (most?.amount ?? 0) > 0;
const someUnits = ({ most }: ActionView) => Object.keys(most?.lines ?? {}).length > 0;
const isOf =
  (type: ActionView['type'], suits: Wish = () => true): Wish =>
  (action, situation) =>
    action.type === type && suits(action, situation);

/** Whether money is taken by itself when goods leave: nobody takes it before. */
function takesMoneyLater({ shop }: Situation): boolean {
  const takes = (type: string) => shop.shippingEvents[type]?.obliges?.includes('capture') ?? false;
  return typesMeaning(shop, 'dispatched').some(takes);
}

/** Goods that nobody else has in hand may leave, by hand. */
const sendsOff: Wish = ({ command, most }, { shop, state: { context } }) => {
  const rule = shop.shippingEvents[String(command.event)];
  if (rule?.means !== 'dispatched' || rule.fulfilledBy !== undefined) return false;
  return Object.entries(most?.lines ?? {}).some(([id, units]) => units > unitsWith(context, id));
};

/** Whether it sends off goods, by whomever. */
const isSending: Wish = ({ type, command, allowed, most }, { shop }) =>
  allowed &&
  type === 'record-shipping-event' &&
  typesMeaning(shop, 'dispatched').includes(String(command.event)) &&
  Object.keys(most?.lines ?? {}).length > 0;

/** Where an order is given up: nobody goes on to there. */
function endsOf({ orders: { statuses } }: Shop): readonly (string | undefined)[] {
  return Object.values(statuses).flatMap((rule) => [rule.whenCancelled, rule.whenUnpaid?.to]);
}

/** The way on, once what is to be done in the present status is done. */
const goesOn: Wish = ({ command }, situation) => {
  const { shop, state, actions } = situation;
  if (isOwing(shop, state.context) && !takesMoneyLater(situation)) return false;
  if (actions.some((other) => isSending(other, situation))) return false;
  const ways = nextStatuses(shop.orders.statuses, state.value.status);
  const ends = endsOf(shop);
  return command.status === ways.find((status) => !ends.includes(status));
};

/** What people do about an order, first things first. */
const wishes: readonly Wish[] = [
  isOf('release-hold'),
  isOf('take-payment', (action, situation) => someMoney(action) && !takesMoneyLater(situation)),
  isOf('confirm-payment', someMoney),
  isOf('record-shipping-event', sendsOff),
  isOf('authorise-return'),
  isOf('receive-return', someUnits),
  isOf('refund', (action) => action.command.return !== undefined && someMoney(action)),
  isOf('set-status', goesOn),
];

/** What they may well do besides. */
const others: readonly Wish[] = [
  isOf('take-payment', someMoney),
  isOf('request-return', someUnits),
  isOf('refund', someMoney),
  isOf('cancel'),
  isOf('hold'),
];

/** Says of the actions which is the next thing that somebody would do, and which are likely besides. */
export function markNext(shop: Shop, state: OrderState, actions: ActionsView): ActionsView {
  const situation = { shop, state, actions };
  const open = actions.filter(({ allowed }) => allowed);
  const wished = (list: readonly Wish[]) =>
    list.flatMap((wish) => open.filter((action) => wish(action, situation)));
  const [primary, ...rest] = wished(wishes);
  const likely = [...new Set([...rest, ...wished(others)])]
    .filter((action) => action !== primary)
    .slice(0, MOST_LIKELY);
  return actions.map((action) => {
    if (action === primary) return { ...action, primary: true };
    return likely.includes(action) ? { ...action, likely: true } : action;
  });
}
