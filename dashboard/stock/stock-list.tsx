import { Anchor, Group, Stack, Table, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { textIn } from '../app/search';
import type { Schemas } from '../client/client';
import { More } from '../parts/more';
import { Pill } from '../parts/pill';
import { Empty, Failed, Loading } from '../parts/states';
import { stockQuery } from './queries';
import { StockFilters } from './stock-filters';

const route = getRouteApi('/house/stock');

/** Every record, or those that are low alone. */
export function StockList({ isLow = false }: { readonly isLow?: boolean }) {
  const search = route.useSearch();
  const sku = textIn(search, 'sku');
  const location = textIn(search, 'location');
  const list = useInfiniteQuery(stockQuery({ sku, location, ...(isLow && { low: 'true' }) }));
  const isFiltered = sku !== undefined || location !== undefined;
  return (
    <Stack gap="md">
      <StockFilters />
      {list.isPending && <Loading />}
      {list.isError && <Failed error={list.error} onRetry={() => void list.refetch()} />}
      {list.data && (
        <Records
          records={list.data.pages.flatMap(({ stock }) => stock)}
          nothing={<Nothing isLow={isLow} isFiltered={isFiltered} />}
        />
      )}
      <More list={list} />
    </Stack>
  );
}

function Nothing({ isLow, isFiltered }: { readonly isLow: boolean; readonly isFiltered: boolean }) {
  if (isFiltered) {
    return (
      <Empty kind="filtered" title="No record fits">
        Look for another SKU, or at all locations.
      </Empty>
    );
  }
  if (isLow) {
    return (
      <Empty kind="done" title="Nothing is low">
        Every record is above its low-stock mark.
      </Empty>
    );
  }
  return (
    <Empty kind="new" title="No stock yet">
      Add a record for each SKU whose stock is tracked.
    </Empty>
  );
}

function Records({
  records,
  nothing,
}: {
  readonly records: readonly Schemas['StockRecord'][];
  readonly nothing: React.ReactNode;
}) {
  if (records.length === 0) return nothing;
  return (
    <Table highlightOnHover aria-label="Stock records">
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">SKU</Table.Th>
          <Table.Th scope="col" ta="end">
            In stock
          </Table.Th>
          <Table.Th scope="col" ta="end" visibleFrom="sm">
            Allocated
          </Table.Th>
          <Table.Th scope="col" ta="end">
            Net
          </Table.Th>
          <Table.Th scope="col" ta="end" visibleFrom="sm">
            Backordered
          </Table.Th>
          <Table.Th scope="col" ta="end" visibleFrom="md">
            Low at
          </Table.Th>
          <Table.Th scope="col" visibleFrom="md">
            Locations
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {records.map((record) => (
          <Row key={record.sku} record={record} />
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Row({ record }: { readonly record: Schemas['StockRecord'] }) {
  const { sku, low, inStock, allocated, net, backordered, lowStockThreshold, locations } = record;
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={400}>
        <Group gap="xs">
          <Anchor
            renderRoot={(props) => <Link to="/stock/$sku" params={{ sku }} {...props} />}
            fw={600}
            style={{ overflowWrap: 'anywhere' }}
          >
            {sku}
          </Anchor>
          {low && <Pill tone="warning">Low</Pill>}
        </Group>
      </Table.Th>
      <Table.Td ta="end">{inStock.toLocaleString()}</Table.Td>
      <Table.Td ta="end" visibleFrom="sm">
        {allocated.toLocaleString()}
      </Table.Td>
      <Table.Td ta="end" fw={600} c={net < 0 ? 'var(--mantine-color-error)' : undefined}>
        {net.toLocaleString()}
      </Table.Td>
      <Table.Td ta="end" visibleFrom="sm">
        {backordered.toLocaleString()}
      </Table.Td>
      <Table.Td ta="end" visibleFrom="md">
        {lowStockThreshold?.toLocaleString() ?? '–'}
      </Table.Td>
      <Table.Td visibleFrom="md">
        <Text size="sm" lineClamp={1}>
          {locations.map(({ name }) => name).join(', ')}
        </Text>
      </Table.Td>
    </Table.Tr>
  );
}
