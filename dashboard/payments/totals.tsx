import { Table } from '@mantine/core';
import type { Schemas } from '../client/client';
import { money } from '../parts/format';

type Order = Schemas['Order'];
type Row = readonly [name: string, amount: number, isStrong?: boolean];

function rowsOf(order: Order): readonly Row[] {
  const { discounts, surcharges, shipping, taxes = [], total, totals, payment } = order;
  const method = shipping.method;
  return [
    ...(totals?.lines ? [['Lines', totals.lines.inclTax] satisfies Row] : []),
    ...discounts.map(({ name, inclTax }): Row => [name, -Math.abs(inclTax)]),
    ...(method ? [[method.name, method.inclTax] satisfies Row] : []),
    ...surcharges.map(({ name, inclTax }): Row => [name, inclTax]),
    ...taxes.map(({ name, amount }): Row => [`of it ${name}`, amount]),
    ['Total', total.inclTax, true],
    ...(payment.owed !== total.inclTax ? [['Owed now', payment.owed, true] satisfies Row] : []),
    ...(payment.captured > 0 ? [['Paid', payment.captured] satisfies Row] : []),
    ...(payment.refunded > 0 ? [['Given back', -payment.refunded] satisfies Row] : []),
    ...(payment.pending > 0 ? [['On its way', payment.pending] satisfies Row] : []),
    [payment.balance < 0 ? 'To be given back' : 'Still to pay', Math.abs(payment.balance), true],
  ];
}

/** What an order comes to, and what of it is still to be paid. */
export function Totals({ order }: { readonly order: Order }) {
  return (
    <Table aria-label="Totals" verticalSpacing={4} horizontalSpacing={0} withRowBorders={false}>
      <Table.Tbody>
        {rowsOf(order).map(([name, amount, isStrong], index) => (
          <Table.Tr key={index} fw={isStrong ? 650 : 400}>
            <Table.Th scope="row" fw="inherit" dir="auto">
              {name}
            </Table.Th>
            <Table.Td ta="end">{money(amount, order.currency)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
