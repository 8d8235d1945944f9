import { Anchor, Button, Group, Text } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import type { Schemas } from '../client/client';
import { Copy } from '../parts/copy';
import { When } from '../parts/when';
import { printPackingSlip } from './printing';

/** Of one parcel, or of what else was recorded: what, when, how it travels, and its packing slip. */
export function ShipmentHead({
  number,
  shipment,
  isPrintable,
}: {
  readonly number: string;
  readonly shipment: Schemas['Shipment'];
  readonly isPrintable: boolean;
}) {
  const { id, event, at, reference, tracking, override } = shipment;
  const print = useMutation({ mutationFn: () => printPackingSlip(number, id) });
  return (
    <div>
      <Group gap="xs" justify="space-between">
        <Text fw={600} size="sm" component="h3">
          {event}{' '}
          <Text span size="sm" c="dimmed" fw={400}>
            <When at={at} />
            {reference !== undefined && ` · ${reference}`}
          </Text>
        </Text>
        <Group gap="xs">
          {tracking && <TrackingLink tracking={tracking} />}
          {isPrintable && (
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconPrinter size={14} aria-hidden />}
              loading={print.isPending}
              onClick={() => print.mutate()}
            >
              Packing slip
            </Button>
          )}
        </Group>
      </Group>
      {override && (
        <Text size="xs" c="dimmed">
          Against {override.rules.join(', ')}, by {override.by}: {override.reason}
        </Text>
      )}
    </div>
  );
}

function TrackingLink({ tracking }: { readonly tracking: Schemas['ShownTracking'] }) {
  const { number, name, carrier, url } = tracking;
  const text = [name ?? carrier, number].filter((each) => each).join(' ');
  return (
    <Group gap={4} wrap="nowrap">
      {url === undefined ? (
        <Text size="sm">{text}</Text>
      ) : (
        <Anchor href={url} target="_blank" rel="noreferrer" size="sm">
          {text}
        </Anchor>
      )}
      <Copy text={number} what="the tracking number" />
    </Group>
  );
}
