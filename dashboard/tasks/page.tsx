import { Group, SegmentedControl, Select, Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { textIn } from '../app/search';
import { Page } from '../parts/page';
import { reasonsQuery } from './queries';
import { TaskList } from './task-list';

const route = getRouteApi('/house/tasks');

/** What people should look at, with what would help; what was looked at is under a tab. */
export function TasksPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const state = textIn(search, 'state') === 'closed' ? 'closed' : 'open';
  const reason = textIn(search, 'reason');
  const isByAge = textIn(search, 'by') === 'age';
  const set = (name: string, value: string | undefined) =>
    void navigate({
      search: ({ [name]: _, ...others }) => (value ? { ...others, [name]: value } : others),
      replace: true,
    });
  return (
    <Page title="Needs attention">
      <Tabs value={state} onChange={(tab) => set('state', tab === 'closed' ? tab : undefined)}>
        <Tabs.List mb="md">
          <Tabs.Tab value="open">Open</Tabs.Tab>
          <Tabs.Tab value="closed">Resolved</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value={state}>
          <Group gap="sm" mb="md">
            <ReasonFilter
              state={state}
              reason={reason}
              onChange={(chosen) => set('reason', chosen)}
            />
            {state === 'open' && (
              <SegmentedControl
                aria-label="How tasks are grouped"
                value={isByAge ? 'age' : 'reason'}
                onChange={(by) => set('by', by === 'age' ? by : undefined)}
                data={[
                  { value: 'reason', label: 'By reason' },
                  { value: 'age', label: 'Oldest first' },
                ]}
              />
            )}
          </Group>
          <TaskList filter={{ state, reason }} isGrouped={state === 'open' && !isByAge} />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}

/** Open tasks are filtered by the reasons that there are now, resolved ones by any. */
function ReasonFilter({
  state,
  reason,
  onChange,
}: {
  readonly state: 'open' | 'closed';
  readonly reason: string | undefined;
  readonly onChange: (reason: string | undefined) => void;
}) {
  const { data } = useQuery(reasonsQuery);
  const choices = (data?.reasons ?? []).filter(
    (each) => state === 'closed' || each.open > 0 || each.reason === reason,
  );
  return (
    <Select
      aria-label="Reason"
      placeholder="All reasons"
      clearable
      searchable
      data={choices.map(({ reason: value, says, open }) => ({
        value,
        label: state === 'open' ? `${says} (${open})` : says,
      }))}
      value={reason ?? null}
      onChange={(chosen) => onChange(chosen ?? undefined)}
      flex={{ base: '1 1 100%', sm: '0 1 28rem' }}
    />
  );
}
