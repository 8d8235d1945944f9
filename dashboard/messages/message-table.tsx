import { Anchor, Table, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Pill } from '../parts/pill';
import { When } from '../parts/when';
import { kindInWords } from './kind';
import type { Message } from './queries';

/** Messages, each opened by its words. */
export function MessageTable({
  messages,
  isOfManyOrders = false,
  onOpen,
}: {
  readonly messages: readonly Message[];
  readonly isOfManyOrders?: boolean;
  readonly onOpen: (message: Message) => void;
}) {
  return (
    <Table aria-label="Messages" highlightOnHover>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">Message</Table.Th>
          {isOfManyOrders && <Table.Th scope="col">Order</Table.Th>}
          <Table.Th scope="col" visibleFrom="sm">
            To
          </Table.Th>
          <Table.Th scope="col">Status</Table.Th>
          <Table.Th scope="col" visibleFrom="sm">
            When
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {messages.map((message) => (
          <Row
            key={message.id}
            message={message}
            isOfManyOrders={isOfManyOrders}
            onOpen={() => onOpen(message)}
          />
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Row({
  message,
  isOfManyOrders,
  onOpen,
}: {
  readonly message: Message;
  readonly isOfManyOrders: boolean;
  readonly onOpen: () => void;
}) {
  const { number, kind, subject, to, status, tone, why, sentAt, createdAt } = message;
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={400}>
        <Anchor
          component="button"
          type="button"
          onClick={onOpen}
          ta="start"
          dir="auto"
          style={{ overflowWrap: 'anywhere' }}
        >
          {subject ?? kindInWords(kind)}
        </Anchor>
        {subject !== null && (
          <Text size="sm" c="dimmed">
            {kindInWords(kind)}
          </Text>
        )}
        {why !== null && (
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            {why}
          </Text>
        )}
        <Text size="xs" c="dimmed" hiddenFrom="sm" style={{ overflowWrap: 'anywhere' }}>
          {to} · <When at={sentAt ?? createdAt} />
        </Text>
      </Table.Th>
      {isOfManyOrders && (
        <Table.Td>
          <Anchor
            renderRoot={(props) => <Link to="/orders/$number" params={{ number }} {...props} />}
          >
            {number}
          </Anchor>
        </Table.Td>
      )}
      <Table.Td visibleFrom="sm" style={{ overflowWrap: 'anywhere' }}>
        {to ?? '–'}
      </Table.Td>
      <Table.Td>
        <Pill tone={tone} miw="max-content">
          {kindInWords(status)}
        </Pill>
      </Table.Td>
      <Table.Td visibleFrom="sm" style={{ whiteSpace: 'nowrap' }}>
        <When at={sentAt ?? createdAt} />
      </Table.Td>
    </Table.Tr>
  );
}
