import { Alert, Anchor, Drawer, Group, Stack, Table } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Schemas } from '../client/client';
import { useDialogs } from '../dialogs/provider';
import { MayButton } from '../parts/may';
import { Pill } from '../parts/pill';
import { Failed, Loading } from '../parts/states';
import { When } from '../parts/when';
import { Body } from './body';
import { kindInWords } from './kind';
import { messageQuery } from './queries';

type Whole = Schemas['WholeMessage'];

/** One message exactly as it is sent, what became of it, and sending it again. */
export function MessageDrawer({
  number,
  id,
  onClose,
}: {
  readonly number: string;
  readonly id: string;
  readonly onClose: () => void;
}) {
  const message = useQuery(messageQuery(number, id));
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="xl"
      title={message.data ? (message.data.subject ?? kindInWords(message.data.kind)) : 'Message'}
    >
      {message.isPending && <Loading rows={6} />}
      {message.isError && <Failed error={message.error} onRetry={() => void message.refetch()} />}
      {message.data && <Words message={message.data} onLeave={onClose} />}
    </Drawer>
  );
}

function Words({ message, onLeave }: { readonly message: Whole; readonly onLeave: () => void }) {
  const { number, kind, status, tone, why, shippingEvent } = message;
  const { open } = useDialogs();
  const sendAgain = () => {
    onLeave();
    const about = shippingEvent === null ? {} : { shippingEvent };
    open({ number, command: { type: 'send-message', kind, again: true, ...about } });
  };
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <Pill tone={tone}>{kindInWords(status)}</Pill>
        <MayButton
          needs="sendCommand"
          variant="default"
          onClick={sendAgain}
          leftSection={<IconSend size={16} aria-hidden />}
        >
          Send again
        </MayButton>
      </Group>
      {why !== null && <Alert color="orange">{why}</Alert>}
      <Headers message={message} />
      <Body message={message} />
    </Stack>
  );
}

function Headers({ message }: { readonly message: Whole }) {
  const { number, kind, from, to, createdAt, sentAt, attempts, messageId } = message;
  const order = (
    <Anchor
      inherit
      renderRoot={(props) => <Link to="/orders/$number" params={{ number }} {...props} />}
    >
      {number}
    </Anchor>
  );
  return (
    <Table aria-label="About the message" withRowBorders={false} verticalSpacing={2}>
      <Table.Tbody>
        <Header name="Order">{order}</Header>
        <Header name="Kind">{kindInWords(kind)}</Header>
        <Header name="From">{from}</Header>
        <Header name="To">{to}</Header>
        <Header name="Owed since">
          <When at={createdAt} as="date" />
        </Header>
        <Header name="Sent">{sentAt && <When at={sentAt} as="date" />}</Header>
        <Header name="Attempts">{attempts}</Header>
        <Header name="Message-ID">{messageId}</Header>
      </Table.Tbody>
    </Table>
  );
}

function Header({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <Table.Tr>
      <Table.Th scope="row" w={110} c="dimmed" fw={400} ps={0}>
        {name}
      </Table.Th>
      <Table.Td style={{ overflowWrap: 'anywhere' }}>{children ?? '–'}</Table.Td>
    </Table.Tr>
  );
}
