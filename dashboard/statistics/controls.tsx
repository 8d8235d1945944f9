import { Button, Group, SegmentedControl, TextInput } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { daysBetween, lastDays, plusDays, steps, todayIn, type Span } from './span';

const route = getRouteApi('/house/statistics');
const MOST_DAYS = 366;
const presets = [7, 30, 90, 365];

/** Which days are counted, and in what steps; kept in the address. */
export function Controls({ span }: { readonly span: Span }) {
  const navigate = route.useNavigate();
  const set = (changes: Partial<Span>) =>
    void navigate({ search: { ...span, ...changes }, replace: true });
  const setFrom = (from: string) => from < span.to && from !== '' && set({ from });
  const setLast = (last: string) => last >= span.from && set({ to: plusDays(last, 1) });
  const isLast = (days: number) =>
    span.to === plusDays(todayIn(span.zone), 1) && daysBetween(span.from, span.to) === days;
  return (
    <Group gap="sm" align="flex-end">
      <Button.Group>
        {presets.map((days) => (
          <Button
            key={days}
            variant={isLast(days) ? 'filled' : 'default'}
            aria-pressed={isLast(days)}
            px="sm"
            onClick={() => set(lastDays(days, span.zone))}
          >
            {days === 365 ? 'Year' : `${days} days`}
          </Button>
        ))}
      </Button.Group>
      <TextInput
        type="date"
        label="From"
        value={span.from}
        min={plusDays(span.to, -MOST_DAYS)}
        max={plusDays(span.to, -1)}
        onChange={({ currentTarget }) => setFrom(currentTarget.value)}
      />
      <TextInput
        type="date"
        label="To"
        value={plusDays(span.to, -1)}
        min={span.from}
        max={plusDays(span.from, MOST_DAYS - 1)}
        onChange={({ currentTarget }) => setLast(currentTarget.value)}
      />
      <SegmentedControl
        aria-label="Steps"
        value={span.by}
        onChange={(by) => set({ by: by as Span['by'] })}
        data={steps.map((value) => ({ value, label: `By ${value}` }))}
      />
    </Group>
  );
}
