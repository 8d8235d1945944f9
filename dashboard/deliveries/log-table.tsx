import { Stack, Table, Text, UnstyledButton } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { When } from '../parts/when';

export interface LogRow {
  readonly key: string;
  /** What opens the message: its type. */
  readonly type: string;
  readonly before?: ReactNode;
  readonly order: string | null;
  readonly pill: ReactNode;
  readonly why: string | null;
  readonly tries: number;
  readonly at: string;
  readonly open: () => void;
}

/** Messages, newest first; on a phone each is a card. */
export function LogTable({
  rows,
  caption,
}: {
  readonly rows: readonly LogRow[];
  readonly caption: string;
}) {
  const isNarrow = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });
  return isNarrow ? <Cards rows={rows} /> : <Rows rows={rows} caption={caption} />;
}

function Rows({ rows, caption }: { readonly rows: readonly LogRow[]; readonly caption: string }) {
  return (
    <Table highlightOnHover aria-label={caption}>
      <Table.Thead>
        <Table.Tr>
          {['Message', 'Order', 'Status', 'Why', 'Tried', 'When'].map((name) => (
            <Table.Th key={name} scope="col">
              {name}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((row) => (
          <Table.Tr key={row.key} onClick={row.open} style={{ cursor: 'pointer' }}>
            <Table.Td>
              <Opener row={row} />
            </Table.Td>
            <Table.Td style={{ overflowWrap: 'anywhere' }}>{row.order ?? '–'}</Table.Td>
            <Table.Td>{row.pill}</Table.Td>
            <Table.Td maw={320}>
              <Text size="sm" lineClamp={2}>
                {row.why}
              </Text>
            </Table.Td>
            <Table.Td>{row.tries.toLocaleString()}</Table.Td>
            <Table.Td style={{ whiteSpace: 'nowrap' }}>
              <When at={row.at} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Opener({ row: { type, before, open } }: { readonly row: LogRow }) {
  return (
    <UnstyledButton
      onClick={(event) => {
        // The row around it opens too.
        event.stopPropagation();
        open();
      }}
      mih={24}
      fz="sm"
      style={{ display: 'inline-flex', alignItems: 'center', gap: 6 }}
    >
      {before}
      <Text span inherit c="var(--mantine-color-anchor)" fw={600}>
        {type}
      </Text>
    </UnstyledButton>
  );
}

function Cards({ rows }: { readonly rows: readonly LogRow[] }) {
  return (
    <Stack component="ul" gap={0} p={0} m={0} style={{ listStyle: 'none' }}>
      {rows.map((row) => (
        <li key={row.key} style={{ borderBottom: '1px solid var(--mantine-color-default-border)' }}>
          <Stack gap={4} py="sm">
            <Opener row={row} />
            <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
              {row.order !== null && `${row.order} · `}
              <When at={row.at} />
            </Text>
            <div>{row.pill}</div>
            {row.why !== null && (
              <Text size="sm" c="dimmed" lineClamp={2}>
                {row.why}
              </Text>
            )}
          </Stack>
        </li>
      ))}
    </Stack>
  );
}
