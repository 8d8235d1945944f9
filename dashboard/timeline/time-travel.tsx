import { Button, Group, Slider, Text } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { orderQuery } from '../client/queries';

const PAUSE_MS = 150;

/** A slider through the events of an order; undefined is now. */
export function TimeTravel({
  number,
  at,
  onTravel,
}: {
  readonly number: string;
  readonly at?: number;
  readonly onTravel: (seq: number | undefined) => void;
}) {
  const { data: now } = useQuery(orderQuery(number));
  const last = now?.seq ?? 1;
  const [dragged, setDragged] = useState<number>();
  const travel = useDebouncedCallback((seq: number) => {
    setDragged(undefined);
    onTravel(seq >= last ? undefined : seq);
  }, PAUSE_MS);
  if (last < 2) return null;
  const shown = dragged ?? at ?? last;
  return (
    <Group gap="md" mb="md" wrap="nowrap">
      <Text size="sm" style={{ whiteSpace: 'nowrap' }} aria-hidden>
        {shown >= last ? 'Now' : `Event ${shown} of ${last}`}
      </Text>
      <Slider
        flex={1}
        min={1}
        max={last}
        step={1}
        value={shown}
        label={(seq) => (seq >= last ? 'Now' : `After event ${seq}`)}
        thumbLabel="Show the order as it was after an event"
        onChange={(seq) => {
          setDragged(seq);
          travel(seq);
        }}
      />
      <Button
        size="compact-sm"
        variant="default"
        disabled={at === undefined}
        onClick={() => onTravel(undefined)}
      >
        Now
      </Button>
    </Group>
  );
}
