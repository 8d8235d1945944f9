import { Card, Table, Text, Title } from '@mantine/core';
import { AnchorLink } from '../parts/anchor-link';
import type { Figures } from './queries';

const SHOWN = 10;

/** What sold most, by units. */
export function Best({ best }: { readonly best: Figures['best'] }) {
  return (
    <Card withBorder component="section">
      <Title order={2} mb="sm">
        Best sellers
      </Title>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Article</Table.Th>
            <Table.Th scope="col" ta="end">
              Units
            </Table.Th>
            <Table.Th scope="col" ta="end">
              Orders
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {best.slice(0, SHOWN).map(({ sku, title, units, lines }) => (
            <Table.Tr key={sku}>
              <Table.Th scope="row" fw={400}>
                <Text size="sm" dir="auto">
                  {title}
                </Text>
                <AnchorLink to="/stock/$sku" params={{ sku }} size="xs">
                  {sku}
                </AnchorLink>
              </Table.Th>
              <Table.Td ta="end">{units.toLocaleString()}</Table.Td>
              <Table.Td ta="end">{lines.toLocaleString()}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Card>
  );
}
