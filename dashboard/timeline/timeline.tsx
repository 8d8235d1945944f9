import { Button, Center, Chip, Group, Stack, Switch } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { IconArrowUp } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { topics } from '../../machines/views/topics';
import { count } from '../parts/format';
import { Empty, Failed, Loading } from '../parts/states';
import { TimelineDays } from './days';
import { timelineQuery, type Entry, type Topic } from './queries';
import { useJump } from './use-jump';
import { useSettledNews } from './use-settled-news';
import { inWords, isSilent } from './words';

interface TimelineProps {
  readonly number: string;
  readonly at?: number;
  readonly onTravel: (seq: number | undefined) => void;
}

/** Everything that happened to an order, the newest first; `at` is the event it is shown as of. */
export function Timeline({ number, at, onTravel }: TimelineProps) {
  const [about, setAbout] = useState<readonly Topic[]>([]);
  const [isWhole, setIsWhole] = useState(false);
  return (
    <Stack gap="md">
      <Filter about={about} onAbout={setAbout} isWhole={isWhole} onWhole={setIsWhole} />
      <Entries
        // Another filter is another list: nothing of the one before is news in it.
        key={about.join()}
        number={number}
        at={at}
        about={about}
        isWhole={isWhole}
        onTravel={onTravel}
        onShowAll={() => {
          setAbout([]);
          setIsWhole(true);
        }}
      />
    </Stack>
  );
}

interface FilterProps {
  readonly about: readonly Topic[];
  readonly onAbout: (about: readonly Topic[]) => void;
  readonly isWhole: boolean;
  readonly onWhole: (isWhole: boolean) => void;
}

function Filter({ about, onAbout, isWhole, onWhole }: FilterProps) {
  return (
    <Group justify="space-between" gap="sm">
      <Chip.Group multiple value={[...about]} onChange={(chosen) => onAbout(chosen as Topic[])}>
        <Group gap={6} role="group" aria-label="Only events about">
          {topics.map((topic) => (
            <Chip key={topic} value={topic} size="xs" variant="outline">
              {inWords(topic)}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
      <Switch
        size="xs"
        label="Refused attempts and silent steps"
        checked={isWhole}
        onChange={({ currentTarget }) => onWhole(currentTarget.checked)}
      />
    </Group>
  );
}

interface EntriesProps extends TimelineProps {
  readonly about: readonly Topic[];
  readonly isWhole: boolean;
  readonly onShowAll: () => void;
}

function Entries({ number, at, about, isWhole, onTravel, onShowAll }: EntriesProps) {
  const query = useInfiniteQuery(timelineQuery(number, about));
  const { data, error, hasNextPage, fetchNextPage, isFetchingNextPage, refetch } = query;
  const all = useMemo(() => data?.pages.flatMap(({ events }) => events) ?? [], [data]);
  const { top, settled, news, showNews } = useSettledNews(all);
  const { found, jump } = useJump(settled, query);
  const shown = useMemo(
    () => settled.filter((entry) => isWhole || entry.id === found || isToldOf(entry)),
    [settled, isWhole, found],
  );
  if (error && !data) return <Failed error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading rows={6} height={64} />;
  return (
    <Stack gap="md" ref={top}>
      <News news={news} onShow={showNews} />
      {shown.length === 0 ? (
        <Nothing isLoading={hasNextPage} onShowAll={onShowAll} />
      ) : (
        <TimelineDays
          entries={shown}
          known={settled}
          at={at}
          found={found}
          onTravel={onTravel}
          onJump={jump}
        />
      )}
      {hasNextPage && (
        <Center>
          <Button
            variant="default"
            loading={isFetchingNextPage}
            onClick={() => void fetchNextPage()}
          >
            Show earlier events
          </Button>
        </Center>
      )}
    </Stack>
  );
}

const isToldOf = (entry: Entry) => entry.outcome === 'accepted' && !isSilent(entry);

function Nothing({
  isLoading,
  onShowAll,
}: {
  readonly isLoading: boolean;
  readonly onShowAll: () => void;
}) {
  const action = (
    <Button variant="light" onClick={onShowAll}>
      Show everything
    </Button>
  );
  return (
    <Empty kind="filtered" title="Nothing of that kind" action={action}>
      {isLoading ? 'None of the latest events match.' : 'No event of this order matches.'}
    </Empty>
  );
}

/** Says what came while somebody reads further down, and shows it when they ask for it. */
function News({ news, onShow }: { readonly news: readonly Entry[]; readonly onShow: () => void }) {
  return (
    <div role="status" className="timeline-news">
      {news.length > 0 && (
        <Button
          size="compact-sm"
          radius="xl"
          onClick={onShow}
          leftSection={<IconArrowUp size={14} aria-hidden />}
        >
          {count(news.length, 'new event')}
        </Button>
      )}
    </div>
  );
}
