import { Button, Stack, Title } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { count } from '../parts/format';
import { More } from '../parts/more';
import { Empty, Failed, Loading } from '../parts/states';
import { useSteady } from '../client/steady';
import { reasonsQuery, tasksQuery, type Task, type TaskFilter } from './queries';
import { TaskCard } from './task-card';

interface Shown {
  readonly row: Task;
  readonly isGone: boolean;
}

const idOf = (task: Task) => ('number' in task ? `${task.number} ${task.id}` : task.id);

/** Tasks as they are now; those that are resolved meanwhile stay in their place, new ones wait to be shown. */
export function TaskList({
  filter,
  isGrouped,
}: {
  readonly filter: TaskFilter;
  readonly isGrouped: boolean;
}) {
  const list = useInfiniteQuery(tasksQuery(filter));
  const pages = list.data?.pages ?? [];
  const question = JSON.stringify([filter, pages.length]);
  const { rows, fresh, showFresh } = useSteady(
    question,
    pages.flatMap(({ tasks }) => tasks),
    idOf,
  );
  if (list.isPending) return <Loading rows={4} height={110} />;
  if (list.isError && pages.length === 0) {
    return <Failed error={list.error} onRetry={() => void list.refetch()} />;
  }
  return (
    <Stack gap="lg">
      <div role="status">
        {fresh > 0 && (
          <Button variant="light" fullWidth onClick={showFresh}>
            Show {count(fresh, 'new task')}
          </Button>
        )}
      </div>
      {rows.length === 0 && fresh === 0 && <Nothing filter={filter} />}
      {isGrouped ? <ByReason rows={rows} /> : <Cards rows={rows} />}
      <More list={list} />
    </Stack>
  );
}

function Nothing({ filter: { state, reason } }: { readonly filter: TaskFilter }) {
  if (reason !== undefined) {
    return (
      <Empty kind="filtered" title="No task for this reason">
        Choose another reason, or all.
      </Empty>
    );
  }
  if (state === 'closed') {
    return (
      <Empty kind="new" title="Nothing was resolved yet">
        What needed attention and was looked at is listed here.
      </Empty>
    );
  }
  return (
    <Empty kind="done" title="Nothing needs you">
      Orders go their way by themselves. What they need people for appears here.
    </Empty>
  );
}

function ByReason({ rows }: { readonly rows: readonly Shown[] }) {
  const { data } = useQuery(reasonsQuery);
  const present = [...new Set(rows.map(({ row }) => row.reason))];
  return present.map((reason) => {
    const spec = data?.reasons.find((each) => each.reason === reason);
    return (
      <section key={reason} aria-labelledby={`reason-${reason}`}>
        <Title order={2} id={`reason-${reason}`} mb="sm">
          {spec?.says ?? reason}
        </Title>
        <Cards rows={rows.filter(({ row }) => row.reason === reason)} />
      </section>
    );
  });
}

function Cards({ rows }: { readonly rows: readonly Shown[] }) {
  return (
    <Stack gap="sm">
      {rows.map(({ row, isGone }) => (
        <TaskCard key={idOf(row)} task={row} isGone={isGone} />
      ))}
    </Stack>
  );
}
