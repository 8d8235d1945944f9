import { Tabs } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { textIn } from '../app/search';
import { MayButton } from '../parts/may';
import { Page } from '../parts/page';
import { Alerts } from './alerts';
import { Locations } from './locations';
import { NewRecord } from './new-record';
import { StockList } from './stock-list';

const route = getRouteApi('/house/stock');

/** What is on the shelves; each tab and filter has its own address. */
export function StockPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [isAdding, setIsAdding] = useState(false);
  const tab = textIn(search, 'tab') ?? 'all';
  const open = (chosen: string | null) =>
    void navigate({ search: chosen === 'all' || chosen === null ? {} : { tab: chosen } });
  return (
    <Page
      title="Stock"
      actions={
        <MayButton
          needs="setStock"
          onClick={() => setIsAdding(true)}
          leftSection={<IconPlus size={16} aria-hidden />}
        >
          Add a record
        </MayButton>
      }
    >
      <Tabs value={tab} onChange={open} keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="all">All</Tabs.Tab>
          <Tabs.Tab value="low">Low</Tabs.Tab>
          <Tabs.Tab value="alerts">Alerts</Tabs.Tab>
          <Tabs.Tab value="locations">Locations</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="all">
          <StockList />
        </Tabs.Panel>
        <Tabs.Panel value="low">
          <StockList isLow />
        </Tabs.Panel>
        <Tabs.Panel value="alerts">
          <Alerts />
        </Tabs.Panel>
        <Tabs.Panel value="locations">
          <Locations />
        </Tabs.Panel>
      </Tabs>
      {isAdding && <NewRecord onClose={() => setIsAdding(false)} />}
    </Page>
  );
}
