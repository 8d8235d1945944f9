import { ActionIcon, Menu, Stack, Table, Text, VisuallyHidden } from '@mantine/core';
import { IconDots, IconPlus } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { Schemas } from '../client/client';
import { MayButton, useMay } from '../parts/may';
import { Pill } from '../parts/pill';
import { NewRecord } from './new-record';
import { RecordSettings } from '../stock-record/record-settings';
import { Removal } from '../stock-record/removal';

type Shelf = Schemas['LocationStock'];

interface Chosen {
  readonly shelf: Shelf;
  readonly to: 'change' | 'remove';
}

/** What each location has of a SKU, and in all. */
export function Shelves({ record }: { readonly record: Schemas['StockRecord'] }) {
  const { sku, locations, inStock, allocated, net, backordered } = record;
  const [chosen, setChosen] = useState<Chosen>();
  const [isAdding, setIsAdding] = useState(false);
  const mayChange = useMay('setStock');
  const navigate = useNavigate();
  const close = () => setChosen(undefined);
  const removed = () => {
    close();
    if (locations.length === 1) void navigate({ to: '/stock', search: {} });
  };
  return (
    <Stack gap="sm">
      <Table aria-label="Stock by location">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Location</Table.Th>
            <Table.Th scope="col" ta="end">
              In stock
            </Table.Th>
            <Table.Th scope="col" ta="end">
              Allocated
            </Table.Th>
            <Table.Th scope="col" ta="end">
              Net
            </Table.Th>
            <Table.Th scope="col" ta="end" visibleFrom="sm">
              Low at
            </Table.Th>
            <Table.Th scope="col" visibleFrom="sm">
              Backorders
            </Table.Th>
            {mayChange && (
              <Table.Th scope="col" w={48}>
                <VisuallyHidden>More</VisuallyHidden>
              </Table.Th>
            )}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {locations.map((shelf) => (
            <ShelfRow
              key={shelf.location}
              shelf={shelf}
              onChoose={mayChange ? (to) => setChosen({ shelf, to }) : undefined}
            />
          ))}
        </Table.Tbody>
        {locations.length > 1 && (
          <Table.Tfoot>
            <Table.Tr>
              <Table.Th scope="row">All</Table.Th>
              <Table.Th ta="end">{inStock.toLocaleString()}</Table.Th>
              <Table.Th ta="end">{allocated.toLocaleString()}</Table.Th>
              <Table.Th ta="end">{net.toLocaleString()}</Table.Th>
              <Table.Td visibleFrom="sm" />
              <Table.Td visibleFrom="sm" />
              {mayChange && <Table.Td />}
            </Table.Tr>
          </Table.Tfoot>
        )}
      </Table>
      {backordered > 0 && (
        <Text>Orders wait for {backordered.toLocaleString()} that are not there yet.</Text>
      )}
      <MayButton
        needs="setStock"
        variant="subtle"
        onClick={() => setIsAdding(true)}
        leftSection={<IconPlus size={16} aria-hidden />}
        style={{ alignSelf: 'flex-start' }}
      >
        Keep it at one more location
      </MayButton>
      {chosen?.to === 'change' && <RecordSettings sku={sku} shelf={chosen.shelf} onClose={close} />}
      {chosen?.to === 'remove' && (
        <Removal sku={sku} shelf={chosen.shelf} onClose={close} onRemoved={removed} />
      )}
      {isAdding && <NewRecord sku={sku} onClose={() => setIsAdding(false)} />}
    </Stack>
  );
}

function ShelfRow({
  shelf,
  onChoose,
}: {
  readonly shelf: Shelf;
  /** Undefined for whoever may only look. */
  readonly onChoose: ((to: Chosen['to']) => void) | undefined;
}) {
  const { name, low, inStock, allocated, net, lowStockThreshold, backorders } = shelf;
  return (
    <Table.Tr>
      <Table.Th scope="row">
        {name} {low && <Pill tone="warning">Low</Pill>}
      </Table.Th>
      <Table.Td ta="end">{inStock.toLocaleString()}</Table.Td>
      <Table.Td ta="end">{allocated.toLocaleString()}</Table.Td>
      <Table.Td ta="end" c={net < 0 ? 'var(--mantine-color-error)' : undefined}>
        {net.toLocaleString()}
      </Table.Td>
      <Table.Td ta="end" visibleFrom="sm">
        {lowStockThreshold?.toLocaleString() ?? '–'}
      </Table.Td>
      <Table.Td visibleFrom="sm">{backorders ? 'Allowed' : 'Not allowed'}</Table.Td>
      {onChoose && (
        <Table.Td>
          <Menu position="bottom-end">
            <Menu.Target>
              <ActionIcon variant="subtle" aria-label={`More for ${name}`}>
                <IconDots size={18} aria-hidden />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={() => onChoose('change')}>
                Low-stock mark and backorders
              </Menu.Item>
              <Menu.Item color="red" onClick={() => onChoose('remove')}>
                Remove the record
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </Table.Td>
      )}
    </Table.Tr>
  );
}
