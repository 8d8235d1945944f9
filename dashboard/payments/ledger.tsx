import { Table, Text } from '@mantine/core';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, dataOf, type Schemas } from '../client/client';
import { orderKey } from '../client/queries';
import { money } from '../parts/format';
import { useMay } from '../parts/may';
import { Failed, Loading } from '../parts/states';
import { When } from '../parts/when';

const ledgerQuery = (number: string) =>
  queryOptions({
    queryKey: orderKey(number, 'ledger'),
    queryFn: async () => {
      const params = { path: { number } };
      return dataOf(await api.GET('/v1/orders/{number}/ledger', { params }));
    },
  });

/** Every movement of an order's money up to what is shown of it, asked for when somebody opens it. */
export function Ledger({ order: { number, seq } }: { readonly order: Schemas['Order'] }) {
  const [isOpen, setOpen] = useState(false);
  if (!useMay('getLedger')) return null;
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <Text component="summary" size="sm" fw={600} style={{ cursor: 'pointer' }}>
        Ledger
      </Text>
      {isOpen && <Entries number={number} upTo={seq} />}
    </details>
  );
}

function Entries({ number, upTo }: { readonly number: string; readonly upTo: number }) {
  const { data, error, refetch } = useQuery(ledgerQuery(number));
  if (error && !data) return <Failed error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading rows={3} />;
  const entries = data.entries.filter(({ seq }) => seq <= upTo);
  if (entries.length === 0) return <Text c="dimmed">Nothing was written down.</Text>;
  return (
    <Table aria-label="Ledger" verticalSpacing={4} horizontalSpacing={4} fz="xs">
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">When</Table.Th>
          <Table.Th scope="col">What</Table.Th>
          <Table.Th scope="col" ta="end">
            Amount
          </Table.Th>
          <Table.Th scope="col">By</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {entries.map(({ at, kind, amount, actor }, index) => (
          <Table.Tr key={index}>
            <Table.Td>
              <When at={at} />
            </Table.Td>
            <Table.Td>{kind}</Table.Td>
            <Table.Td ta="end">{money(amount, data.currency)}</Table.Td>
            <Table.Td dir="auto" style={{ overflowWrap: 'anywhere' }}>
              {actor.name}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
