import { Button, Group, Stack, Text } from '@mantine/core';
import { AnchorLink } from '../parts/anchor-link';
import type { Schemas } from '../client/client';
import { useDialogs } from '../dialogs/provider';
import { actionsQuery } from '../client/queries';
import { count, money } from '../parts/format';
import { When } from '../parts/when';
import { Section } from '../parts/section';
import { useQuery } from '@tanstack/react-query';

type Order = Schemas['Order'];
type Return = Schemas['Return'];

/** Goods that came back or are on their way, and what customers got for them. */
export function Returns({ order, isPast }: { readonly order: Order; readonly isPast: boolean }) {
  if (order.returns.length === 0) return null;
  return (
    <Section title="Returns">
      <Stack gap="md">
        {order.returns.map((each) => (
          <ReturnCard key={each.id} order={order} returned={each} isPast={isPast} />
        ))}
      </Stack>
    </Section>
  );
}

function ReturnCard({
  order: { number, currency, lines },
  returned,
  isPast,
}: {
  readonly order: Order;
  readonly returned: Return;
  readonly isPast: boolean;
}) {
  const { id, status, reason, requestedAt, refund, exchange } = returned;
  const titleOf = (line: string) => lines.find((each) => each.id === line)?.title ?? line;
  return (
    <div>
      <Group justify="space-between" gap="xs">
        <Text fw={600} size="sm" component="h3">
          {id}: {status}
        </Text>
        <Text size="xs" c="dimmed">
          <When at={requestedAt} />
        </Text>
      </Group>
      <Text size="sm" dir="auto">
        {reason}
      </Text>
      {returned.lines.map((line) => (
        <Text size="sm" key={line.id} dir="auto">
          {count(line.quantity, 'unit')} of {titleOf(line.id)}: {line.good} good, {line.damaged}{' '}
          damaged, {line.awaited} awaited
        </Text>
      ))}
      <Text size="sm">
        Given back {money(refund.refunded, currency)}
        {refund.refundable > 0 &&
          ` · ${money(refund.refundable, currency)} may still be given back`}
      </Text>
      {exchange && (
        <Text size="sm">
          Exchanged for{' '}
          <AnchorLink to="/orders/$number" params={{ number: exchange.number }}>
            {exchange.number}
          </AnchorLink>{' '}
          ({exchange.outcome})
        </Text>
      )}
      {!isPast && <ReturnActions number={number} id={id} />}
    </div>
  );
}

function ReturnActions({ number, id }: { readonly number: string; readonly id: string }) {
  const { data } = useQuery(actionsQuery(number));
  const { open } = useDialogs();
  const possible = data?.actions.filter(
    ({ allowed, command }) => allowed && 'return' in command && command['return'] === id,
  );
  return (
    <Group gap="xs" mt="xs">
      {possible?.map((action) => (
        <Button
          key={action.type}
          size="xs"
          variant="default"
          onClick={() => open({ number, command: action.command as never })}
        >
          {action.says}
        </Button>
      ))}
    </Group>
  );
}
