import { Button, Group, Progress, SegmentedControl, Stack, Table, Text } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { api } from '../client/client';
import { AnchorLink } from '../parts/anchor-link';
import { count } from '../parts/format';
import { More } from '../parts/more';
import { Page } from '../parts/page';
import { Empty, Failed, Loading } from '../parts/states';
import { batchQuery, overOf, resultsQuery, type Batch } from './queries';

const route = getRouteApi('/house/batches/$id');

export function BatchPage() {
  const { id } = route.useParams();
  const { data: batch, error, refetch } = useQuery(batchQuery(id));
  if (batch) return <Whole batch={batch} />;
  return (
    <Page title="Batch">
      {error ? <Failed error={error} onRetry={() => void refetch()} /> : <Loading />}
    </Page>
  );
}

function Whole({ batch }: { readonly batch: Batch }) {
  const over = overOf(batch);
  return (
    <Page
      title={`${batch.title}: ${count(batch.total, 'order')}`}
      about={`By ${batch.actor.name}`}
      actions={<Actions batch={batch} />}
    >
      <AnchorLink to="/orders" size="sm">
        To the orders
      </AnchorLink>
      <Stack gap={4}>
        <Progress
          value={batch.total === 0 ? 100 : (over / batch.total) * 100}
          aria-label="Progress"
          size="lg"
        />
        <Text size="sm" role="status">
          {batch.state === 'running'
            ? `${over} of ${batch.total} are over`
            : `It is ${batch.state}`}
          {': '}
          {Object.entries(batch.counts)
            .filter(([, many]) => many > 0)
            .map(([outcome, many]) => `${many} ${outcome}`)
            .join(', ')}
        </Text>
      </Stack>
      <Results batch={batch} />
    </Page>
  );
}

function Actions({ batch: { id, state, counts } }: { readonly batch: Batch }) {
  const queries = useQueryClient();
  const params = { path: { id } };
  const send = useMutation({
    mutationFn: async (what: 'cancel' | 'retry') =>
      what === 'cancel'
        ? api.POST('/v1/batches/{id}/cancel', { params })
        : api.POST('/v1/batches/{id}/retry', { params }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['batch', id] }),
  });
  const canRetry = state !== 'running' && (counts.failed ?? 0) + (counts.cancelled ?? 0) > 0;
  return (
    <>
      {state === 'running' && (
        <Button variant="default" onClick={() => send.mutate('cancel')} loading={send.isPending}>
          Cancel the rest
        </Button>
      )}
      {canRetry && (
        <Button variant="light" onClick={() => send.mutate('retry')} loading={send.isPending}>
          Retry what failed
        </Button>
      )}
    </>
  );
}

function Results({ batch: { id, counts, state } }: { readonly batch: Batch }) {
  const { outcome } = route.useSearch();
  const navigate = route.useNavigate();
  const wanted = typeof outcome === 'string' ? outcome : undefined;
  const list = useInfiniteQuery(resultsQuery(id, wanted, state === 'running'));
  const present = Object.entries(counts).filter(([, many]) => many > 0);
  const results = list.data?.pages.flatMap((page) => page.results) ?? [];
  return (
    <Stack>
      <Group>
        <SegmentedControl
          aria-label="Show"
          data={[
            { value: '', label: 'All' },
            ...present.map(([value, many]) => ({ value, label: `${value} (${many})` })),
          ]}
          value={wanted ?? ''}
          onChange={(value) =>
            void navigate({ search: value === '' ? {} : { outcome: value }, replace: true })
          }
        />
      </Group>
      {list.isPending && <Loading />}
      {list.isError && <Failed error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && results.length === 0 && (
        <Empty kind="filtered" title="None is in this state" />
      )}
      {results.length > 0 && (
        <Table aria-label="Results">
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col" w={160}>
                Order
              </Table.Th>
              <Table.Th scope="col" w={110}>
                Outcome
              </Table.Th>
              <Table.Th scope="col">Why</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {results.map((result) => (
              <Table.Tr key={result.number}>
                <Table.Td>
                  <AnchorLink to="/orders/$number" params={{ number: result.number }}>
                    {result.number}
                  </AnchorLink>
                </Table.Td>
                <Table.Td>{result.outcome}</Table.Td>
                <Table.Td>
                  <Text size="sm">{result.refusal?.detail ?? result.why}</Text>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      <More list={list} />
    </Stack>
  );
}
