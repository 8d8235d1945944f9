import { Box, Group, Text, Tooltip } from '@mantine/core';
import classes from './units-bar.module.css';

/** What became of the units of a line, as the API counts them. */
export interface Units {
  readonly quantity: number;
  readonly allocated: number;
  readonly dispatched: number;
  readonly returned: number;
  readonly cancelled: number;
}

interface Part {
  readonly name: string;
  readonly units: number;
  readonly look: string | undefined;
}

function partsOf({ quantity, allocated, dispatched, returned, cancelled }: Units): readonly Part[] {
  const waiting = Math.max(0, quantity - dispatched - cancelled - allocated);
  return [
    { name: 'shipped', units: dispatched - returned, look: classes.shipped },
    { name: 'returned', units: returned, look: classes.returned },
    { name: 'allocated', units: allocated, look: classes.allocated },
    { name: 'not allocated', units: waiting, look: classes.waiting },
    { name: 'cancelled', units: cancelled, look: classes.cancelled },
  ].filter(({ units }) => units > 0);
}

/** The units of a line as a bar of its parts, each with a pattern of its own, and the same in words under it. */
export function UnitsBar(units: Units) {
  const parts = partsOf(units);
  return (
    <Box maw={320}>
      <Tooltip label={`${units.quantity} ordered`}>
        <Group gap={2} wrap="nowrap" aria-hidden>
          {parts.map(({ name, units: count, look }) => (
            <span
              key={name}
              className={`${classes.part} ${look ?? ''}`}
              style={{ flexGrow: count }}
            />
          ))}
        </Group>
      </Tooltip>
      <Text size="xs" c="dimmed" mt={2}>
        {parts.map(({ name, units: count }) => `${count} ${name}`).join(' · ')}
      </Text>
    </Box>
  );
}
