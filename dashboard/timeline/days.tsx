import './timeline.css';
import { Stack, Title } from '@mantine/core';
import { EntryRow } from './entry-row';
import type { Entry } from './queries';
import { dayOf } from './words';

interface TimelineDaysProps {
  readonly entries: readonly Entry[];
  /** Every entry that is loaded, where causes are looked up. */
  readonly known: readonly Entry[];
  readonly at?: number;
  readonly found?: string;
  readonly onTravel: (seq: number | undefined) => void;
  readonly onJump: (id: string) => void;
}

function byDay(entries: readonly Entry[]): ReadonlyMap<string, readonly Entry[]> {
  const days = new Map<string, Entry[]>();
  for (const entry of entries) {
    const day = dayOf(entry.at);
    days.set(day, [...(days.get(day) ?? []), entry]);
  }
  return days;
}

/** Entries under the day on which they happened. */
export function TimelineDays({ entries, known, at, found, onTravel, onJump }: TimelineDaysProps) {
  const days = byDay(entries);
  return (
    <Stack gap="lg">
      {[...days].map(([day, ofDay]) => (
        <section key={day} aria-label={day}>
          <Title order={3} size="sm" c="dimmed" fw={600} mb="xs">
            {day}
          </Title>
          <ol className="timeline">
            {ofDay.map((entry) => (
              <EntryRow
                key={entry.seq}
                entry={entry}
                known={known}
                isShown={entry.seq === at}
                isFound={entry.id === found}
                onTravel={onTravel}
                onJump={onJump}
              />
            ))}
          </ol>
        </section>
      ))}
    </Stack>
  );
}
