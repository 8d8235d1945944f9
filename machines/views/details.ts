import { dueOf } from '../deciding/due';
import { shippingSummary } from '../history';
import { written } from '../money';
import { balanceOf, paymentStatus } from '../payment/balance';
import { saysHandOvers } from '../partners/view';
import { nextStatuses } from '../pipeline';
import { listed } from '../refusals';
import { reservedStatuses, type OrderState } from '../state';
import type { Shop } from '../table';

/** People's words in one line, without what ends a cell of a table. */
function inline(text: string): string {
  return text
    .split(/[\s|]*[\r\n\u2028\u2029|][\s|]*/)
    .filter((part) => part !== '')
    .join(' / ');
}

/** An order at a glance, in Markdown, for the engineer who opens its workflow. */
export function detailsOf(shop: Shop, state: OrderState): string {
  const { value, context } = state;
  const { placement } = context;
  if (!placement || reservedStatuses.includes(value.status)) return `**${value.status}**`;
  const { currency } = placement;
  const money = balanceOf(shop, context);
  const amount = (minor: number) => written(minor, currency);
  const moving = context.movements.map(
    (each) => `${each.kind} ${amount(each.amount)} (${each.key})`,
  );
  const lines = [
    `### Order ${placement.number}: ${value.status}${context.hold ? ` (on hold: ${inline(context.hold.reason)})` : ''}`,
    '',
    `- **May become** ${listed(nextStatuses(shop.orders.statuses, value.status))}`,
    `- **Payment** ${paymentStatus(shop, context)}: ${amount(money.captured)} captured of ${amount(money.owed)} owed; ` +
      `${amount(money.authorised)} authorised, ${amount(money.refunded)} refunded, ${amount(money.voided)} voided`,
    `- **Money in flight** ${listed(moving)}`,
    `- **Shipping** ${shippingSummary(shop, state)}`,
    `- **Due** ${listed(dueOf(shop, value.status, context).map(({ name, at }) => `${name} at ${at}`))}`,
    ...saysHandOvers(shop, context).map((says) => `- **With partner** ${inline(says)}`),
    ...context.attention.map(
      ({ reason, text }) => `- **Needs attention** ${reason}: ${inline(text)}`,
    ),
    '',
    '| line | title | ordered | allocated | consumed | status |',
    '|---|---|---|---|---|---|',
    ...placement.lines.map(({ id, title, quantity }, index) => {
      const line = context.lines[index];
      return `| ${inline(id)} | ${inline(title)} | ${quantity} | ${line?.allocated ?? 0} | ${line?.consumed ?? 0} | ${inline(line?.status ?? '')} |`;
    }),
  ];
  return lines.join('\n');
}
