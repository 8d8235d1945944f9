import { listed } from '../refusals';
import type { Duration, Obligation, OrderStatusRule, Shop, ShippingEventRule } from '../table';

type StatusRule = Shop['orders']['statuses'][string];
export type EventRule = ShippingEventRule<string, string, string, string>;

/** A length of time in words: "14 days", "1 day 12 hours". */
function lengthOf(duration: Duration): string {
  const parts = Object.entries(duration).filter(([, count]) => count > 0);
  const said = parts.map(([unit, count]) => `${count} ${count === 1 ? unit.slice(0, -1) : unit}`);
  return said.join(' ') || 'no time';
}

/** "cancel-units", "send order-placed". */
function obligationIn(obligation: Obligation): string {
  if (typeof obligation === 'string') return obligation;
  return 'send' in obligation ? `send ${obligation.send}` : `call ${obligation.call}`;
}

export interface Move {
  readonly to: string;
  readonly when: string;
}

/** Where an order goes by itself from a status, and when. */
export function movesByItself(rule: OrderStatusRule<string, string, string>): Move[] {
  const { whenPaid, whenShipped, whenAccepted, whenCancelled, whenUnpaid } = rule;
  const moves = [
    { to: whenPaid, when: 'paid' },
    { to: whenShipped, when: 'everything has shipped' },
    { to: whenAccepted, when: 'every partner has accepted' },
    { to: whenCancelled, when: 'everything is cancelled' },
    {
      to: whenUnpaid?.to,
      when: whenUnpaid ? `nothing is paid for ${lengthOf(whenUnpaid.after)}` : '',
    },
  ];
  return moves.filter((move): move is Move => move.to !== undefined);
}

/** What a status brings with it, besides where it leads. */
export function duties({ lines, enter = [] }: StatusRule): string[] {
  return [
    ...(lines === undefined ? [] : [`its lines become ${lines}`]),
    ...(enter.length > 0 ? [`entering it: ${listed(enter.map(obligationIn))}`] : []),
  ];
}

/** The rules of a shipping event, a phrase each. */
export function rulesOf(rule: EventRule): string[] {
  const { means, during, after = [], before = [], kinds, lineStatus, stock, obliges = [] } = rule;
  return [
    means === undefined ? 'a step of its own' : `means ${means}`,
    `during ${listed(during)}`,
    ...(after.length > 0 ? [`after ${listed(after)}`] : []),
    ...(before.length > 0 ? [`never after ${listed(before)}`] : []),
    ...(kinds ? [`${listed(kinds)} lines only`] : []),
    ...(lineStatus === undefined ? [] : [`a whole line becomes ${lineStatus}`]),
    ...(stock === undefined ? [] : [`stock: ${stock}`]),
    ...(obliges.length > 0 ? [`obliges: ${listed(obliges.map(obligationIn))}`] : []),
  ];
}
