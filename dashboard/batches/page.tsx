import { Table, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { AnchorLink } from '../parts/anchor-link';
import { count } from '../parts/format';
import { More } from '../parts/more';
import { Page } from '../parts/page';
import { Empty, Failed, Loading } from '../parts/states';
import { When } from '../parts/when';
import { batchesQuery, overOf } from './queries';

export function BatchesPage() {
  return (
    <Page title="Batches" about="Commands that were sent to many orders at once.">
      <Batches />
    </Page>
  );
}

function Batches() {
  const list = useInfiniteQuery(batchesQuery);
  if (list.isPending) return <Loading />;
  if (list.isError) return <Failed error={list.error} onRetry={() => void list.refetch()} />;
  const batches = list.data.pages.flatMap((page) => page.batches);
  if (batches.length === 0) {
    return (
      <Empty kind="new" title="No batch yet">
        Select orders in the list and choose what to do with them: that is a batch.
      </Empty>
    );
  }
  return (
    <>
      <Table aria-label="Batches" highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Command</Table.Th>
            <Table.Th scope="col">State</Table.Th>
            <Table.Th scope="col" visibleFrom="sm">
              By
            </Table.Th>
            <Table.Th scope="col">When</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {batches.map((batch) => (
            <Table.Tr key={batch.id}>
              <Table.Td>
                <AnchorLink to="/batches/$id" params={{ id: batch.id }} search={{}} fw={600}>
                  {batch.title}
                </AnchorLink>
                <Text size="xs" c="dimmed">
                  {count(batch.total, 'order')}
                </Text>
              </Table.Td>
              <Table.Td>
                {batch.state === 'running'
                  ? `${overOf(batch)} of ${batch.total} done`
                  : batch.state}
              </Table.Td>
              <Table.Td visibleFrom="sm">{batch.actor.name}</Table.Td>
              <Table.Td>
                <When at={batch.createdAt} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <More list={list} />
    </>
  );
}
