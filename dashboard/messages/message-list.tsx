import { Stack } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { textIn } from '../app/search';
import { More } from '../parts/more';
import { Empty, Failed, Loading } from '../parts/states';
import { MessageDrawer } from './message-drawer';
import { MessageFilters } from './message-filters';
import { MessageTable } from './message-table';
import { messagesQuery } from './queries';

const route = getRouteApi('/house/messages');

/** The messages that something became of, or all; one that is opened has its own address. */
export function MessageList({ status }: { readonly status: string | undefined }) {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const number = textIn(search, 'number');
  const to = textIn(search, 'to');
  const kind = textIn(search, 'kind');
  const list = useInfiniteQuery(messagesQuery({ status, number, to, kind }));
  const messages = list.data?.pages.flatMap((page) => page.messages) ?? [];
  const [opened, of] = [textIn(search, 'message'), textIn(search, 'of')];
  const close = () =>
    void navigate({ search: ({ message: _message, of: _of, ...others }) => others });
  const isFiltered = [number, to, kind].some((each) => each !== undefined);
  return (
    <Stack gap="md">
      <MessageFilters />
      {list.isPending && <Loading />}
      {list.isError && <Failed error={list.error} onRetry={() => void list.refetch()} />}
      {list.data && messages.length === 0 && <Nothing isFiltered={isFiltered} />}
      {messages.length > 0 && (
        <MessageTable
          messages={messages}
          isOfManyOrders
          onOpen={({ id, number: orderNumber }) =>
            void navigate({ search: (now) => ({ ...now, message: id, of: orderNumber }) })
          }
        />
      )}
      <More list={list} />
      {opened !== undefined && of !== undefined && (
        <MessageDrawer number={of} id={opened} onClose={close} />
      )}
    </Stack>
  );
}

function Nothing({ isFiltered }: { readonly isFiltered: boolean }) {
  return isFiltered ? (
    <Empty kind="filtered" title="No message fits">
      Look under another tab, or for another order or address.
    </Empty>
  ) : (
    <Empty kind="done" title="No messages here">
      What customers are told appears under the tab of what became of it.
    </Empty>
  );
}
