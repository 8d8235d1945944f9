import { Anchor, Stack, Table, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Schemas } from '../client/client';
import { More } from '../parts/more';
import { Empty, Failed, Loading } from '../parts/states';
import { When } from '../parts/when';
import { ledgerQuery } from '../stock/queries';
import { signed } from '../stock/units';

/** Every change of a SKU's counters, newest first: what, why, for which order, by whom. */
export function Ledger({
  record: { sku, locations },
}: {
  readonly record: Schemas['StockRecord'];
}) {
  const list = useInfiniteQuery(ledgerQuery(sku));
  if (list.isPending) return <Loading rows={4} />;
  if (list.isError) return <Failed error={list.error} onRetry={() => void list.refetch()} />;
  const changes = list.data.pages.flatMap((page) => page.changes);
  if (changes.length === 0) {
    return (
      <Empty kind="new" title="Nothing moved yet">
        Each change of this record is listed here.
      </Empty>
    );
  }
  const isSpread = locations.length > 1;
  return (
    <Stack gap="md">
      <Table aria-label="Ledger">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">What</Table.Th>
            <Table.Th scope="col" ta="end">
              In stock
            </Table.Th>
            <Table.Th scope="col" ta="end">
              Allocated
            </Table.Th>
            {isSpread && (
              <Table.Th scope="col" visibleFrom="sm">
                Location
              </Table.Th>
            )}
            <Table.Th scope="col" visibleFrom="sm">
              By
            </Table.Th>
            <Table.Th scope="col" visibleFrom="sm">
              When
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {changes.map((change) => (
            <ChangeRow key={change.id} change={change} isSpread={isSpread} />
          ))}
        </Table.Tbody>
      </Table>
      <More list={list} />
    </Stack>
  );
}

function ChangeRow({
  change,
  isSpread,
}: {
  readonly change: Schemas['StockChange'];
  readonly isSpread: boolean;
}) {
  const { cause, orderNumber, note, at, actor, location } = change;
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={400}>
        <Text span fw={600} tt="capitalize" size="sm">
          {cause}
        </Text>
        {orderNumber && (
          <>
            {' '}
            <Anchor
              size="sm"
              renderRoot={(props) => (
                <Link to="/orders/$number" params={{ number: orderNumber }} {...props} />
              )}
            >
              {orderNumber}
            </Anchor>
          </>
        )}
        {note && (
          <Text size="sm" dir="auto">
            {note}
          </Text>
        )}
        <Text size="xs" c="dimmed" hiddenFrom="sm">
          {isSpread && `${location} · `}
          {actor} · <When at={at} />
        </Text>
      </Table.Th>
      <Counter delta={change.inStockDelta} after={change.inStock} />
      <Counter delta={change.allocatedDelta} after={change.allocated} />
      {isSpread && <Table.Td visibleFrom="sm">{location}</Table.Td>}
      <Table.Td visibleFrom="sm">{actor}</Table.Td>
      <Table.Td visibleFrom="sm">
        <When at={at} />
      </Table.Td>
    </Table.Tr>
  );
}

/** How a counter changed, and what it was then. */
function Counter({ delta, after }: { readonly delta: number; readonly after: number }) {
  return (
    <Table.Td ta="end" style={{ whiteSpace: 'nowrap' }}>
      {delta !== 0 && (
        <Text span fw={600} size="sm">
          {signed(delta)}
        </Text>
      )}{' '}
      <Text span c="dimmed" size="sm">
        = {after.toLocaleString()}
      </Text>
    </Table.Td>
  );
}
