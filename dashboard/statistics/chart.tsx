import '@mantine/charts/styles.css';
import { BarChart } from '@mantine/charts';
import { Box, Card, Group, ScrollArea, SegmentedControl, Table, Title } from '@mantine/core';
import { useState } from 'react';

interface Row {
  readonly period: string;
  readonly label: string;
  readonly values: Readonly<Record<string, number>>;
}

const shades = ['belt.7', 'orange.7'];

/** Figures over time: as bars, and the same as a table for whoever does not see bars or wants the figures. */
export function Chart({
  title,
  names,
  rows,
  written,
}: {
  readonly title: string;
  /** What is counted, in the order of the bars: two at most. */
  readonly names: readonly string[];
  readonly rows: readonly Row[];
  readonly written: (value: number) => string;
}) {
  const [as, setAs] = useState('chart');
  return (
    <Card withBorder component="section">
      <Group justify="space-between" mb="sm">
        <Title order={2}>{title}</Title>
        <SegmentedControl
          size="xs"
          aria-label={`${title}: show as`}
          value={as}
          onChange={setAs}
          data={[
            { value: 'chart', label: 'Chart' },
            { value: 'table', label: 'Table' },
          ]}
        />
      </Group>
      {as === 'chart' ? (
        <Box role="img" aria-label={`${title}, as bars; the table has the figures.`}>
          <BarChart
            h={260}
            data={rows.map(({ label, values }) => ({ label, ...values }))}
            dataKey="label"
            series={names.map((name, index) => ({ name, color: shades[index] ?? 'gray.7' }))}
            valueFormatter={written}
            withLegend={names.length > 1}
            barChartProps={{ accessibilityLayer: false }}
            yAxisProps={{ width: 84 }}
          />
        </Box>
      ) : (
        <ScrollArea.Autosize mah={320} viewportProps={{ tabIndex: 0, 'aria-label': title }}>
          <Table stickyHeader>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">Time</Table.Th>
                {names.map((name) => (
                  <Table.Th key={name} scope="col" ta="end">
                    {name}
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map(({ period, label, values }) => (
                <Table.Tr key={period}>
                  <Table.Th scope="row" fw={400}>
                    {label}
                  </Table.Th>
                  {names.map((name) => (
                    <Table.Td key={name} ta="end">
                      {written(values[name] ?? 0)}
                    </Table.Td>
                  ))}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </ScrollArea.Autosize>
      )}
    </Card>
  );
}
