import { ActionIcon, Button, Group, Slider, Stack, Text, Tooltip } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { orderQuery } from '../client/queries';
import { dateTime } from '../parts/format';
import { historyQuery, type Entry } from './queries';
import { inWords } from './words';

/** How long the slider rests on an event before the order is shown as it was then. */
const REST_MS = 120;
/** With more events than this their marks would run together. */
const MOST_MARKS = 60;

interface TimeTravelProps {
  readonly number: string;
  readonly at?: number;
  readonly onTravel: (seq: number | undefined) => void;
}

/** A slider through the events of an order; undefined is now. */
export function TimeTravel({ number, at, onTravel }: TimeTravelProps) {
  const { data: history } = useQuery(historyQuery(number));
  if (!history || history.length < 2) return null;
  return <Travel number={number} at={at} onTravel={onTravel} history={history} />;
}

function Travel({
  number,
  at,
  onTravel,
  history,
}: TimeTravelProps & { readonly history: readonly Entry[] }) {
  const now = history.length;
  const shown = Math.min(at ?? now, now);
  const [place, setPlace] = useState(shown);
  const [before, setBefore] = useState(shown);
  // Somebody chose another moment elsewhere: set while rendering, as React advises for state that follows.
  if (before !== shown) {
    setBefore(shown);
    setPlace(shown);
  }
  usePrefetch(number, shown, now);

  const goTo = (seq: number) => onTravel(seq >= now ? undefined : Math.max(1, seq));
  const travel = useDebouncedCallback(goTo, REST_MS);
  return (
    <Stack gap={4}>
      <Group gap="xs" wrap="nowrap">
        <Step to={place - 1} label="The event before" isOff={place <= 1} onGo={goTo}>
          <IconChevronLeft size={18} aria-hidden />
        </Step>
        <Slider
          flex={1}
          min={1}
          max={now}
          value={place}
          onChange={(seq) => {
            setPlace(seq);
            travel(seq);
          }}
          marks={marksOf(history)}
          label={null}
          thumbLabel="Show the order as it was after an event"
          thumbProps={{ 'aria-valuetext': wordsOf(history, place) }}
        />
        <Step to={place + 1} label="The event after" isOff={place >= now} onGo={goTo}>
          <IconChevronRight size={18} aria-hidden />
        </Step>
        <Button
          variant={at === undefined ? 'default' : 'filled'}
          size="xs"
          disabled={at === undefined}
          onClick={() => onTravel(undefined)}
        >
          Now
        </Button>
      </Group>
      <Text size="xs" c="dimmed">
        {wordsOf(history, place)}
      </Text>
    </Stack>
  );
}

/** "Event 3 of 12: take payment, 26 Nov 2026, 11:49". */
function wordsOf(history: readonly Entry[], place: number): string {
  const entry = history[place - 1];
  if (!entry) return '';
  const refused = entry.outcome === 'accepted' ? '' : ' (refused)';
  const name = inWords(entry.type).toLowerCase();
  return `Event ${place} of ${history.length}: ${name}${refused}, ${dateTime(entry.at)}`;
}

function marksOf(history: readonly Entry[]) {
  return history.length > MOST_MARKS ? [] : history.map(({ seq }) => ({ value: seq }));
}

/** The steps to either side are there when somebody takes them. */
function usePrefetch(number: string, shown: number, now: number): void {
  const queries = useQueryClient();
  useEffect(() => {
    if (shown >= now) return;
    for (const seq of [shown - 1, shown + 1]) {
      if (seq > 0 && seq < now) void queries.prefetchQuery(orderQuery(number, seq));
    }
  }, [queries, number, shown, now]);
}

interface StepProps {
  readonly to: number;
  readonly label: string;
  readonly isOff: boolean;
  readonly onGo: (seq: number) => void;
  readonly children: React.ReactNode;
}

function Step({ to, label, isOff, onGo, children }: StepProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="default" aria-label={label} disabled={isOff} onClick={() => onGo(to)}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
