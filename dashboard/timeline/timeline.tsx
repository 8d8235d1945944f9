import { Button, Chip, Group, Stack, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { date } from '../parts/format';
import { More } from '../parts/more';
import { Empty, Failed, Loading } from '../parts/states';
import { useSteady } from '../parts/steady';
import { count } from '../parts/format';
import { EntryCard } from './entry-card';
import { eventsQuery, type Entry, type Topic } from './queries';

/** What a timeline can be narrowed to; the words are the API's. */
const topics = [
  'status',
  'money',
  'shipping',
  'stock',
  'return',
  'message',
  'partner',
  'people',
] as const satisfies readonly Topic[];

interface TimelineProps {
  readonly number: string;
  readonly at?: number;
  readonly onTravel: (seq: number | undefined) => void;
}

/** Everything that happened to an order, the newest first; `at` is the event it is shown as of. */
export function Timeline({ number, at, onTravel }: TimelineProps) {
  const [chosen, setChosen] = useState<string[]>([]);
  return (
    <Stack gap="md">
      <Chip.Group multiple value={chosen} onChange={setChosen}>
        <Group gap={6} role="group" aria-label="Show only what is about">
          {topics.map((topic) => (
            <Chip key={topic} value={topic} size="xs" variant="outline">
              {topic}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
      <Entries key={chosen.join()} number={number} at={at} onTravel={onTravel} chosen={chosen} />
    </Stack>
  );
}

function Entries({
  number,
  at,
  onTravel,
  chosen,
}: TimelineProps & { readonly chosen: readonly string[] }) {
  const list = useInfiniteQuery(eventsQuery(number, chosen));
  const pages = list.data?.pages;
  const events = useMemo(() => pages?.flatMap((page) => page.events) ?? [], [pages]);
  const { rows, fresh, showFresh } = useSteady(
    `${number} ${pages?.length ?? 0}`,
    events,
    ({ id, seq }) => `${seq} ${id}`,
  );
  const [sought, setSought] = useState<string>();
  if (list.isPending) return <Loading rows={4} height={56} />;
  if (list.isError) return <Failed error={list.error} onRetry={() => void list.refetch()} />;
  if (events.length === 0) return <Empty kind="filtered" title="Nothing of that kind happened" />;
  return (
    <Stack gap="sm">
      <div role="status">
        {fresh > 0 && (
          <Button variant="light" size="compact-sm" onClick={showFresh}>
            Show {count(fresh, 'new event')}
          </Button>
        )}
      </div>
      {byDay(rows.map(({ row }) => row)).map(([day, entries]) => (
        <section key={day} aria-label={day}>
          <Text size="xs" c="dimmed" fw={600} mb={4} component="h3">
            {day}
          </Text>
          <Stack gap={4} component="ol" m={0} p={0} style={{ listStyle: 'none' }}>
            {entries.map((entry) => (
              <EntryCard
                key={`${entry.seq} ${entry.id}`}
                entry={entry}
                isShown={entry.seq === at}
                isSought={entry.id === sought}
                isLater={at !== undefined && entry.seq > at}
                onTravel={onTravel}
                onSeek={setSought}
              />
            ))}
          </Stack>
        </section>
      ))}
      <More list={list} />
    </Stack>
  );
}

/** The entries of each day, in their order. */
function byDay(entries: readonly Entry[]): readonly (readonly [string, readonly Entry[]])[] {
  const days = new Map<string, Entry[]>();
  for (const entry of entries) {
    const day = date(entry.at);
    days.set(day, [...(days.get(day) ?? []), entry]);
  }
  return [...days];
}
