import { Group, Progress, Stack, Table, Text } from '@mantine/core';
import type { Schemas } from '../client/client';
import { money } from '../parts/format';
import { When } from '../parts/when';
import { Section } from '../parts/section';
import { Copy } from '../parts/copy';
import { Ledger } from './ledger';
import { Totals } from './totals';

type Order = Schemas['Order'];
type Payment = Schemas['Payment'];

/** An order's money: what it comes to, and each payment with what was held, taken and given back. */
export function Payments({ order }: { readonly order: Order }) {
  const { payments, currency } = order;
  return (
    <Section title="Payments">
      <Stack gap="md">
        {payments.length === 0 && <Text c="dimmed">Nobody has paid or promised anything.</Text>}
        {payments.map((payment) => (
          <PaymentCard key={payment.id} payment={payment} currency={currency} />
        ))}
        <Totals order={order} />
        <Ledger order={order} />
      </Stack>
    </Section>
  );
}

function PaymentCard({
  payment,
  currency,
}: {
  readonly payment: Payment;
  readonly currency: string;
}) {
  const { gateway, method, reference, status, expiresAt, authorised, captured, refunded } = payment;
  const named = [method, gateway].filter((each) => each).join(' · ');
  const figures = [
    ['Authorised', authorised],
    ['Captured', captured],
    ['Refunded', refunded],
    ['Voided', payment.voided],
    ['Left to take', payment.held],
  ] as const;
  return (
    <div>
      <Group justify="space-between" gap="xs">
        <Text fw={600} size="sm">
          {named}
        </Text>
        <Text size="sm">{status}</Text>
      </Group>
      {reference !== undefined && (
        <Group gap={4} wrap="nowrap">
          <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            {reference}
          </Text>
          <Copy text={reference} what="the reference" />
        </Group>
      )}
      {authorised > 0 && (
        <Progress
          value={(captured / authorised) * 100}
          size="sm"
          my={6}
          aria-label={`${named}: taken of what was authorised`}
        />
      )}
      <Table layout="fixed" verticalSpacing={2} horizontalSpacing={0} withRowBorders={false}>
        <Table.Tbody>
          {figures
            .filter(([, amount]) => amount > 0)
            .map(([name, amount]) => (
              <Table.Tr key={name}>
                <Table.Th scope="row" fw={400}>
                  {name}
                </Table.Th>
                <Table.Td ta="end">{money(amount, currency)}</Table.Td>
              </Table.Tr>
            ))}
        </Table.Tbody>
      </Table>
      {expiresAt !== undefined && payment.held > 0 && (
        <Text size="xs" c="dimmed">
          The authorisation ends <When at={expiresAt} />.
        </Text>
      )}
    </div>
  );
}
