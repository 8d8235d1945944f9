import { Modal, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { actionsQuery, orderQuery, shopQuery } from '../client/queries';
import type { CommandType, Order } from '../forms/form';
import { Empty, Failed, Loading } from '../parts/states';
import { actionsFor } from './actions-for';
import { CommandForm } from './command-form';
import type { Asked } from './provider';

interface Props {
  readonly asked: Asked;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** The dialog of one command, for the order as it is. */
export function CommandDialog({ asked, opened, onClose }: Props) {
  const isNarrow = useMediaQuery('(max-width: 48em)');
  const [title, setTitle] = useState('');
  const [isDirty, setIsDirty] = useState(false);
  const [isLeaving, setIsLeaving] = useState(false);
  const leave = () => (isDirty ? setIsLeaving(true) : onClose());
  return (
    <Modal
      opened={opened}
      onClose={leave}
      size={880}
      fullScreen={isNarrow}
      attributes={{ header: { role: 'none' } }}
      title={
        <>
          <Text span fw={650} fz="lg">
            {title}
          </Text>
          <Text span c="dimmed" ms="xs">
            Order {asked.number}
          </Text>
        </>
      }
    >
      <Loaded
        asked={asked}
        onTitle={setTitle}
        onDirty={setIsDirty}
        isLeaving={isLeaving}
        onStay={() => setIsLeaving(false)}
        onClose={onClose}
      />
    </Modal>
  );
}

interface LoadedProps {
  readonly asked: Asked;
  readonly onTitle: (title: string) => void;
  readonly onDirty: (isDirty: boolean) => void;
  readonly isLeaving: boolean;
  readonly onStay: () => void;
  readonly onClose: () => void;
}

function Loaded({ asked, ...rest }: LoadedProps) {
  const { number, command } = asked;
  const actions = useQuery(actionsQuery(number));
  const order = useQuery(orderQuery(number));
  const shop = useQuery(shopQuery);
  const failed = [actions, order, shop].find(({ isError, data }) => isError && !data);
  if (failed) return <Failed error={failed.error} onRetry={() => void failed.refetch()} />;
  if (!actions.data || !order.data || !shop.data) return <Loading rows={5} />;
  const choices = actionsFor(actions.data.actions, command);
  if (choices.length === 0) {
    return (
      <Empty kind="done" title="There is nothing like this to do">
        The order has gone on, or its shop does not do this.
      </Empty>
    );
  }
  return (
    <CommandForm
      {...rest}
      number={number}
      asked={command as { type: CommandType }}
      choices={choices}
      present={{ version: actions.data.version, seq: actions.data.seq }}
      order={order.data as Order}
      shop={shop.data}
    />
  );
}
