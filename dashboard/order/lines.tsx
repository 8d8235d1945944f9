import { Group, Stack, Table, Text, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import type { Schemas } from '../client/client';
import { count, money } from '../parts/format';
import { Pill } from '../parts/pill';
import { Section } from '../parts/section';
import { ShipmentHead } from './shipment-head';
import { UnitsBar } from './units-bar';

type Line = Schemas['OrderLine'];
export type ShownLine = Omit<Line, 'unitPrice' | 'priceBreakdown'> &
  Partial<Pick<Line, 'unitPrice' | 'priceBreakdown'>>;
type Shipment = Schemas['Shipment'];

/** So many lines that one looks for one rather than reads them. */
const MANY = 12;

interface LinesProps {
  readonly number: string;
  readonly lines: readonly ShownLine[];
  readonly shipments: readonly Shipment[];
  /** Absent where prices are none of the reader's business. */
  readonly currency?: string;
  /** Whether each parcel's packing slip is offered. */
  readonly isPrintable?: boolean;
}

/** The lines of an order: what is left to send first, then each parcel with what was in it. */
export function Lines({ number, lines, shipments, currency, isPrintable = false }: LinesProps) {
  const [sought, setSought] = useState('');
  const found = lines.filter((line) => isFound(line, sought));
  const open = found.filter(({ quantity, units }) => units.dispatched + units.cancelled < quantity);
  const aside = lines.length > MANY && (
    <TextInput
      size="xs"
      aria-label="Search in the lines"
      placeholder="Title, SKU, UPC"
      leftSection={<IconSearch size={14} aria-hidden />}
      value={sought}
      onChange={({ currentTarget }) => setSought(currentTarget.value)}
    />
  );
  return (
    <Section title={count(lines.length, 'line')} aside={aside}>
      <Stack gap="lg">
        {open.length > 0 && (
          <div>
            <Text fw={600} size="sm" component="h3">
              Not shipped yet
            </Text>
            <LineTable
              label="Not shipped yet"
              currency={currency}
              rows={open.map((line) => ({
                line,
                units: line.quantity - line.units.dispatched - line.units.cancelled,
              }))}
            />
          </div>
        )}
        {shipments.map((shipment) => (
          <div key={shipment.id}>
            <ShipmentHead number={number} shipment={shipment} isPrintable={isPrintable} />
            <LineTable
              label={`${shipment.event} ${shipment.id}`}
              currency={currency}
              isRecorded
              rows={shipment.lines.flatMap(({ id, quantity }) =>
                found.filter((line) => line.id === id).map((line) => ({ line, units: quantity })),
              )}
            />
          </div>
        ))}
        {found.length === 0 && <Text c="dimmed">No line has “{sought}” in it.</Text>}
      </Stack>
    </Section>
  );
}

function isFound({ title, sku, upc = '' }: ShownLine, sought: string): boolean {
  return `${title} ${sku} ${upc}`.toLocaleLowerCase().includes(sought.trim().toLocaleLowerCase());
}

interface LineTableProps {
  readonly label: string;
  readonly currency: string | undefined;
  /** What is recorded: where its units are, the heading says. */
  readonly isRecorded?: boolean;
  readonly rows: readonly { readonly line: ShownLine; readonly units: number }[];
}

function LineTable({ label, currency, isRecorded = false, rows }: LineTableProps) {
  if (rows.length === 0) return null;
  return (
    <Table aria-label={label} verticalSpacing="xs" layout="auto">
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">Line</Table.Th>
          <Table.Th scope="col" ta="end" w={70}>
            Units
          </Table.Th>
          {currency !== undefined && (
            <Table.Th scope="col" ta="end" visibleFrom="xs">
              Each
            </Table.Th>
          )}
          {currency !== undefined && (
            <Table.Th scope="col" ta="end" visibleFrom="md">
              Total
            </Table.Th>
          )}
          {!isRecorded && (
            <Table.Th scope="col" visibleFrom="sm" w={185}>
              Status
            </Table.Th>
          )}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map(({ line, units }) => (
          <LineRow
            key={line.id}
            line={line}
            units={units}
            currency={currency}
            isRecorded={isRecorded}
          />
        ))}
      </Table.Tbody>
    </Table>
  );
}

/** What units of a line come to; unknown for a part of a line whose units differ in price. */
function amountOf({ quantity, total, priceBreakdown = [] }: ShownLine, units: number) {
  if (units === quantity) {
    const sum = priceBreakdown.reduce((all, part) => all + part.quantity * part.inclTax, 0);
    return total?.inclTax ?? sum;
  }
  const [price, ...others] = priceBreakdown;
  return price && others.length === 0 ? units * price.inclTax : undefined;
}

function LineRow({
  line,
  units,
  currency,
  isRecorded,
}: {
  readonly line: ShownLine;
  readonly units: number;
  readonly currency: string | undefined;
  readonly isRecorded: boolean;
}) {
  const total = amountOf(line, units);
  const about = [line.sku, line.upc && `UPC ${line.upc}`, line.partner, line.notes];
  return (
    <Table.Tr style={{ verticalAlign: 'top' }}>
      <Table.Td>
        <Text size="sm" fw={550} dir="auto" style={{ overflowWrap: 'anywhere' }}>
          {line.title}
        </Text>
        <Text size="xs" c="dimmed" dir="auto" mb={4} style={{ overflowWrap: 'anywhere' }}>
          {about.filter((each) => each).join(' · ')}
        </Text>
        {!isRecorded && (
          <>
            <UnitsBar
              quantity={line.quantity}
              allocated={line.quantities['allocated'] ?? 0}
              {...line.units}
            />
            <Group hiddenFrom="sm" mt={4}>
              <Pill tone={line.tone}>{line.status}</Pill>
            </Group>
          </>
        )}
      </Table.Td>
      <Table.Td ta="end">
        {units === line.quantity ? units : `${units} of ${line.quantity}`}
      </Table.Td>
      {currency !== undefined && (
        <Table.Td ta="end" visibleFrom="xs">
          {line.unitPrice && money(line.unitPrice.inclTax, currency)}
        </Table.Td>
      )}
      {currency !== undefined && (
        <Table.Td ta="end" visibleFrom="md">
          {total !== undefined && money(total, currency)}
        </Table.Td>
      )}
      {!isRecorded && (
        <Table.Td visibleFrom="sm">
          <Pill tone={line.tone}>{line.status}</Pill>
        </Table.Td>
      )}
    </Table.Tr>
  );
}
