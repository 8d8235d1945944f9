import { Checkbox, Group, Stack, Table, Text, Tooltip } from '@mantine/core';
import { IconAlertTriangle, IconHandStop, IconReceiptRefund } from '@tabler/icons-react';
import { memo } from 'react';
import { AnchorLink } from '../parts/anchor-link';
import { count, money } from '../parts/format';
import { Pill } from '../parts/pill';
import { When } from '../parts/when';
import classes from './orders.module.css';
import { isWhole, type AnyRow } from './queries';

export interface RowProps {
  readonly row: AnyRow;
  readonly isActive: boolean;
  readonly isSelected: boolean;
  readonly onSelect: (number: string, isSelected: boolean) => void;
}

function Select({ row: { number }, isSelected, onSelect }: RowProps) {
  return (
    <Checkbox
      size="sm"
      checked={isSelected}
      aria-label={`Select order ${number}`}
      onChange={({ currentTarget }) => onSelect(number, currentTarget.checked)}
    />
  );
}

/** What an order is marked with beside its statuses. */
function Marks({ row }: { readonly row: AnyRow }) {
  const marks = [
    row.onHold && { says: 'On hold', icon: IconHandStop },
    isWhole(row) && row.needsAttention && { says: 'Needs attention', icon: IconAlertTriangle },
    isWhole(row) && row.openReturns > 0 && { says: 'A return is open', icon: IconReceiptRefund },
  ].filter((mark) => mark !== false);
  return marks.map(({ says, icon: Icon }) => (
    <Tooltip key={says} label={says}>
      <Icon size={16} role="img" aria-label={says} className={classes.mark} />
    </Tooltip>
  ));
}

function NumberLink({ number }: { readonly number: string }) {
  return (
    <AnchorLink to="/orders/$number" params={{ number }} fw={600} title={number} truncate>
      {number}
    </AnchorLink>
  );
}

function Customer({ row }: { readonly row: AnyRow }) {
  if (!isWhole(row)) return null;
  const { name, email } = row.customer;
  return (
    <Text size="sm" dir="auto" truncate title={email ?? undefined}>
      {name ?? email ?? '—'}
    </Text>
  );
}

function Pills({ row }: { readonly row: AnyRow }) {
  if (!isWhole(row)) return <Text size="sm">{row.status}</Text>;
  return (
    <>
      <Pill tone={row.tone}>{row.status}</Pill>
      <Pill tone={row.paymentTone} of="payment">
        {row.paymentStatus}
      </Pill>
      <Pill tone={row.shippingTone} of="shipping">
        {row.shippingSummary}
      </Pill>
    </>
  );
}

/** An order as a row of the table. */
export const OrderRow = memo(function OrderRow(props: RowProps) {
  const { row, isActive, isSelected } = props;
  return (
    <Table.Tr
      className={classes.row}
      data-active={isActive || undefined}
      data-selected={isSelected || undefined}
    >
      <Table.Td>
        <Select {...props} />
      </Table.Td>
      <Table.Td>
        <Group gap={6} wrap="nowrap">
          <NumberLink number={row.number} />
          <Marks row={row} />
        </Group>
      </Table.Td>
      <Table.Td>
        <Text size="sm" c="dimmed" truncate>
          <When at={row.placedAt} as="short" />
        </Text>
      </Table.Td>
      <Table.Td className={classes.customer}>
        <Customer row={row} />
      </Table.Td>
      <Table.Td>
        <Group gap={4} wrap="nowrap">
          <Pills row={row} />
        </Group>
      </Table.Td>
      <Table.Td ta="end" visibleFrom="xl">
        {isWhole(row) && row.units}
      </Table.Td>
      <Table.Td ta="end" style={{ whiteSpace: 'nowrap' }}>
        {isWhole(row) && money(row.total.inclTax, row.currency)}
      </Table.Td>
      <Table.Td ta="end" visibleFrom="xl">
        <Text size="sm" c="dimmed" truncate>
          <When at={isWhole(row) ? row.statusSince : row.updatedAt} />
        </Text>
      </Table.Td>
    </Table.Tr>
  );
});

/** An order as a card, for phones. */
export const OrderCard = memo(function OrderCard(props: RowProps) {
  const { row, isSelected } = props;
  return (
    <Group
      className={classes.card}
      data-selected={isSelected || undefined}
      wrap="nowrap"
      align="flex-start"
      gap="sm"
    >
      <Select {...props} />
      <Stack gap={4} flex={1} miw={0}>
        <Group justify="space-between" gap="xs" wrap="nowrap">
          <Group gap={6} wrap="nowrap">
            <NumberLink number={row.number} />
            <Marks row={row} />
          </Group>
          {isWhole(row) && (
            <Text size="sm" fw={600} style={{ whiteSpace: 'nowrap' }}>
              {money(row.total.inclTax, row.currency)}
            </Text>
          )}
        </Group>
        <Customer row={row} />
        <Group gap={4}>
          <Pills row={row} />
        </Group>
        <Text size="xs" c="dimmed">
          {isWhole(row) && `${count(row.units, 'item')} · `}
          <When at={row.placedAt} as="date" />
        </Text>
      </Stack>
    </Group>
  );
});
