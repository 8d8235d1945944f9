import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Failed, Loading } from '../parts/states';
import { MessageDrawer } from './message-drawer';
import { MessageTable } from './message-table';
import { orderMessagesQuery } from './queries';

/** What the customer was told about an order: each message as it was sent, to be sent again. */
export function OrderMessages({ number }: { readonly number: string }) {
  const list = useQuery(orderMessagesQuery(number));
  const [opened, setOpened] = useState<string>();
  if (list.isPending) return <Loading rows={2} />;
  if (list.isError) return <Failed error={list.error} onRetry={() => void list.refetch()} />;
  if (list.data.length === 0) return <Text c="dimmed">The customer was told nothing yet.</Text>;
  return (
    <>
      <MessageTable messages={list.data} onOpen={({ id }) => setOpened(id)} />
      {opened !== undefined && (
        <MessageDrawer number={number} id={opened} onClose={() => setOpened(undefined)} />
      )}
    </>
  );
}
