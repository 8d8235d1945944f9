import { Checkbox, Stack, Table } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState } from 'react';
import classes from './orders.module.css';
import type { AnyRow } from './queries';
import { OrderCard, OrderRow } from './row';

const ROW_PX = 45;
const CARD_PX = 132;

interface TableProps {
  readonly rows: readonly AnyRow[];
  readonly active: number;
  readonly selected: ReadonlySet<string>;
  readonly onSelect: (number: string, isSelected: boolean) => void;
  readonly onSelectAll: (isSelected: boolean) => void;
  /** Called when the end of what is loaded comes into sight. */
  readonly onEnd: () => void;
}

const heads = [
  { name: 'Order', width: 140 },
  { name: 'Placed', width: 100 },
  { name: 'Customer' },
  { name: 'Status, payment, shipping', width: 365 },
  { name: 'Items', width: 64, isEnd: true, isExtra: true },
  { name: 'Total', width: 115, isEnd: true },
  { name: 'Since', width: 115, isEnd: true, isExtra: true },
] as const satisfies readonly { name: string; width?: number; isEnd?: true; isExtra?: true }[];

/** The orders of a list, of which only those in sight are drawn: rows of a table, or cards on a phone. */
export function OrdersTable(props: TableProps) {
  const isNarrow = useMediaQuery('(max-width: 62em)', false, { getInitialValueInEffect: false });
  return isNarrow ? <Cards {...props} /> : <Rows {...props} />;
}

function useInSight({ rows, active, onEnd }: TableProps, estimated: number) {
  const top = useRef<HTMLDivElement>(null);
  const [offset, setOffset] = useState(0);
  useEffect(() => setOffset(top.current?.offsetTop ?? 0), []);
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => estimated,
    overscan: 12,
    scrollMargin: offset,
    getItemKey: (index) => rows[index]?.number ?? index,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= rows.length - 5) onEnd();
  }, [last, rows.length, onEnd]);
  useEffect(() => {
    if (active >= 0) virtual.scrollToIndex(active, { align: 'auto' });
  }, [active, virtual]);
  const before = (items[0]?.start ?? offset) - offset;
  const after = virtual.getTotalSize() - ((items.at(-1)?.end ?? offset) - offset);
  return { top, items, virtual, before, after };
}

function Rows(props: TableProps) {
  const { rows, active, selected, onSelect, onSelectAll } = props;
  const { top, items, before, after } = useInSight(props, ROW_PX);
  const isAll = rows.length > 0 && rows.every(({ number }) => selected.has(number));
  return (
    <div ref={top}>
      <Table className={classes.table} highlightOnHover aria-rowcount={rows.length + 1}>
        <Table.Thead className={classes.head}>
          <Table.Tr>
            <Table.Th scope="col" w={40}>
              <Checkbox
                size="sm"
                aria-label="Select all that are loaded"
                checked={isAll}
                indeterminate={!isAll && selected.size > 0}
                onChange={({ currentTarget }) => onSelectAll(currentTarget.checked)}
              />
            </Table.Th>
            {heads.map(({ name, ...head }) => (
              <Table.Th
                key={name}
                scope="col"
                w={'width' in head ? head.width : undefined}
                ta={'isEnd' in head ? 'end' : undefined}
                visibleFrom={'isExtra' in head ? 'xl' : undefined}
              >
                {name}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          <Gap height={before} />
          {items.map(({ index }) => {
            const row = rows[index];
            return (
              row && (
                <OrderRow
                  key={row.number}
                  row={row}
                  isActive={index === active}
                  isSelected={selected.has(row.number)}
                  onSelect={onSelect}
                />
              )
            );
          })}
          <Gap height={after} />
        </Table.Tbody>
      </Table>
    </div>
  );
}

/** Stands for the rows that are out of sight. */
function Gap({ height }: { readonly height: number }) {
  if (height <= 0) return null;
  return (
    <tr aria-hidden style={{ height }}>
      <td colSpan={heads.length + 1} />
    </tr>
  );
}

function Cards(props: TableProps) {
  const { rows, active, selected, onSelect } = props;
  const { top, items, virtual, before, after } = useInSight(props, CARD_PX);
  return (
    <div ref={top} style={{ paddingTop: Math.max(0, before), paddingBottom: Math.max(0, after) }}>
      <Stack gap={0} role="list" aria-label="Orders">
        {items.map(({ index }) => {
          const row = rows[index];
          return (
            row && (
              <div
                key={row.number}
                role="listitem"
                ref={virtual.measureElement}
                data-index={index}
                style={{ paddingBottom: 8 }}
              >
                <OrderCard
                  row={row}
                  isActive={index === active}
                  isSelected={selected.has(row.number)}
                  onSelect={onSelect}
                />
              </div>
            )
          );
        })}
      </Stack>
    </div>
  );
}
