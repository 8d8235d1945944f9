import { Button, Group, Select, Stack } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { Search } from '../app/search';
import { count } from '../parts/format';
import { Page } from '../parts/page';
import { Failed, Loading } from '../parts/states';
import { useSteady } from '../client/steady';
import { BulkBar } from '../bulk/bulk-bar';
import { FilterButton, FilterChips, withField } from './filters';
import { rememberSearch } from './last-search';
import { useLiveList } from './live-list';
import { Nothing } from './nothing';
import { ordersQuery } from './queries';
import { SaveView } from './save-view';
import { SearchBox } from './search-box';
import { OrdersTable } from './table';
import { useListKeys } from './list-keys';
import { Views } from './views';

const route = getRouteApi('/house/orders');

const sorts = [
  { value: 'newest', label: 'Newest first' },
  { value: 'oldest', label: 'Oldest first' },
  { value: 'updated', label: 'Last changed' },
  { value: 'largest', label: 'Largest first' },
];

export function OrdersPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const ask = (next: Search) => void navigate({ search: next, replace: true });
  const { q } = search;
  useEffect(() => rememberSearch(search), [search]);
  return (
    <Page title="Orders" actions={<Export search={search} />}>
      <Views search={search} onChoose={(chosen) => void navigate({ search: chosen })} />
      <Group gap="sm" align="flex-end">
        <SearchBox
          sought={typeof q === 'string' ? q : ''}
          onSearch={(sought) => ask(withField(search, 'q', sought))}
        />
        <FilterButton search={search} onChange={ask} />
        <Select
          aria-label="Sort"
          w={160}
          data={sorts}
          value={typeof search.sort === 'string' ? search.sort : 'newest'}
          allowDeselect={false}
          onChange={(sort) => ask(withField(search, 'sort', sort ?? ''))}
        />
        <SaveView search={search} onChoose={ask} />
      </Group>
      <FilterChips search={search} onChange={ask} />
      <List key={JSON.stringify(search)} search={search} onClear={() => ask({})} />
    </Page>
  );
}

function Export({ search }: { readonly search: Search }) {
  const asked = new URLSearchParams(
    Object.entries(search).flatMap(([name, value]) => [value].flat().map((each) => [name, each])),
  );
  return (
    <Button
      component="a"
      href={`/v1/orders.csv?${asked.toString()}`}
      download="orders.csv"
      variant="default"
      leftSection={<IconDownload size={16} aria-hidden />}
    >
      Export CSV
    </Button>
  );
}

function List({ search, onClear }: { readonly search: Search; readonly onClear: () => void }) {
  const list = useInfiniteQuery(ordersQuery(search));
  const queries = useQueryClient();
  const pages = list.data?.pages;
  const loaded = useMemo(() => pages?.flatMap(({ orders }) => orders) ?? [], [pages]);
  const { rows, fresh, showFresh } = useSteady(
    String(pages?.length),
    loaded,
    ({ number }) => number,
  );
  const shown = useMemo(() => rows.map(({ row }) => row), [rows]);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const select = useCallback((number: string, isSelected: boolean) => {
    setSelected((before) => {
      const next = new Set(before);
      if (isSelected) next.add(number);
      else next.delete(number);
      return next;
    });
  }, []);
  const selectAll = (isSelected: boolean) =>
    setSelected(new Set(isSelected ? shown.map(({ number }) => number) : []));
  const active = useListKeys(shown, selected, select);
  useLiveList(pages?.length ?? 0);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);

  if (list.isPending) return <Loading rows={12} height={36} />;
  if (list.isError && loaded.length === 0) {
    return <Failed error={list.error} onRetry={() => void list.refetch()} />;
  }
  if (shown.length === 0) return <Nothing search={search} onClear={onClear} />;
  return (
    <Stack gap="xs">
      <div role="status">
        {fresh > 0 && (
          <Button fullWidth variant="light" size="compact-md" onClick={showFresh}>
            Show {count(fresh, 'new order')}
          </Button>
        )}
      </div>
      <OrdersTable
        rows={shown}
        active={active}
        selected={selected}
        onSelect={select}
        onSelectAll={selectAll}
        onEnd={more}
      />
      {isFetchingNextPage && <Loading rows={2} />}
      {selected.size > 0 && (
        <BulkBar
          numbers={[...selected]}
          search={search}
          hasMore={hasNextPage || selected.size < shown.length}
          onDone={() => {
            setSelected(new Set());
            void queries.invalidateQueries({ queryKey: ['orders'] });
          }}
        />
      )}
    </Stack>
  );
}
