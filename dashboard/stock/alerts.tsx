import { Anchor, SegmentedControl, Stack, Table } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { textIn } from '../app/search';
import type { Schemas } from '../client/client';
import { More } from '../parts/more';
import { Pill } from '../parts/pill';
import { Empty, Failed, Loading } from '../parts/states';
import { When } from '../parts/when';
import { alertsQuery } from './queries';

const route = getRouteApi('/house/stock');

/** When net stock fell to a record's low-stock mark, and when goods came in. */
export function Alerts() {
  const isAll = textIn(route.useSearch(), 'state') === 'all';
  const navigate = route.useNavigate();
  const list = useInfiniteQuery(alertsQuery(isAll ? undefined : 'true'));
  const alerts = list.data?.pages.flatMap((page) => page.alerts);
  return (
    <Stack gap="md" align="stretch">
      <SegmentedControl
        aria-label="Which alerts"
        value={isAll ? 'all' : 'open'}
        onChange={(state) =>
          void navigate({ search: { tab: 'alerts', ...(state === 'all' && { state }) } })
        }
        data={[
          { value: 'open', label: 'Open' },
          { value: 'all', label: 'All' },
        ]}
        style={{ alignSelf: 'flex-start' }}
      />
      {list.isPending && <Loading />}
      {list.isError && <Failed error={list.error} onRetry={() => void list.refetch()} />}
      {alerts?.length === 0 && (
        <Empty kind="done" title={isAll ? 'No alerts yet' : 'No open alerts'}>
          An alert opens when net stock falls to the low-stock mark of a record.
        </Empty>
      )}
      {alerts !== undefined && alerts.length > 0 && <AlertTable alerts={alerts} />}
      <More list={list} />
    </Stack>
  );
}

function AlertTable({ alerts }: { readonly alerts: readonly Schemas['StockAlert'][] }) {
  return (
    <Table aria-label="Low-stock alerts">
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">SKU</Table.Th>
          <Table.Th scope="col" visibleFrom="sm">
            Location
          </Table.Th>
          <Table.Th scope="col" ta="end">
            Net then
          </Table.Th>
          <Table.Th scope="col" ta="end" visibleFrom="sm">
            Low at
          </Table.Th>
          <Table.Th scope="col">Opened</Table.Th>
          <Table.Th scope="col">Closed</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {alerts.map(({ id, sku, location, net, threshold, openedAt, closedAt }) => (
          <Table.Tr key={id}>
            <Table.Th scope="row">
              <Anchor
                renderRoot={(props) => <Link to="/stock/$sku" params={{ sku }} {...props} />}
                style={{ overflowWrap: 'anywhere' }}
              >
                {sku}
              </Anchor>
            </Table.Th>
            <Table.Td visibleFrom="sm">{location}</Table.Td>
            <Table.Td ta="end">{net.toLocaleString()}</Table.Td>
            <Table.Td ta="end" visibleFrom="sm">
              {threshold.toLocaleString()}
            </Table.Td>
            <Table.Td>
              <When at={openedAt} />
            </Table.Td>
            <Table.Td>
              {closedAt ? <When at={closedAt} /> : <Pill tone="warning">Open</Pill>}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
