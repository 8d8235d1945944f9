import { Tabs } from '@mantine/core';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { textIn } from '../app/search';
import { useFeed } from '../client/live';
import { Page } from '../parts/page';
import { Failed, Loading } from '../parts/states';
import { kindInWords } from './kind';
import { MessageList } from './message-list';
import { messagesKey, messagesQuery } from './queries';

const route = getRouteApi('/house/messages');
const ALL = 'all';

/** What customers of all orders were told; a tab for each thing that may have become of it, the worst first. */
export function MessagesPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  useMessagesLive();
  const latest = useInfiniteQuery(messagesQuery({}));
  const statuses = latest.data?.pages[0]?.statuses;
  const chosen = textIn(search, 'status') ?? statuses?.[0]?.status;
  return (
    <Page title="Messages" about="What customers are told by e-mail.">
      {latest.isPending && <Loading />}
      {latest.isError && !statuses && (
        <Failed error={latest.error} onRetry={() => void latest.refetch()} />
      )}
      {statuses && chosen !== undefined && (
        <Tabs
          value={chosen}
          onChange={(status) =>
            void navigate({
              search: ({ status: _, ...others }) => (status ? { ...others, status } : others),
            })
          }
        >
          <Tabs.List mb="md">
            {statuses.map(({ status }) => (
              <Tabs.Tab key={status} value={status}>
                {kindInWords(status)}
              </Tabs.Tab>
            ))}
            <Tabs.Tab value={ALL}>All</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value={chosen}>
            <MessageList status={chosen === ALL ? undefined : chosen} />
          </Tabs.Panel>
        </Tabs>
      )}
    </Page>
  );
}

/** Messages are written when orders say so. */
function useMessagesLive(): void {
  const queries = useQueryClient();
  useFeed(({ about }) => {
    if (about.includes('message')) void queries.invalidateQueries({ queryKey: messagesKey() });
  });
}
