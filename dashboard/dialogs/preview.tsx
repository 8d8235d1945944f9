import { Group, List, Loader, Stack, Text, Title } from '@mantine/core';
import { IconArrowRight, IconCircleX, IconEye } from '@tabler/icons-react';
import type { Schemas } from '../client/client';
import { isProblem } from '../client/problem';
import type { Order } from '../forms/form';
import { count } from '../parts/format';
import { Pill, type Tone } from '../parts/pill';
import { When } from '../parts/when';
import classes from './dialog.module.css';

/** More sentences than this are folded away. */
const MANY = 8;

interface Props {
  readonly before: Order;
  readonly preview: Schemas['Preview'] | undefined;
  readonly error: unknown;
  readonly isLoading: boolean;
}

/** What a command would do, in words, before it is sent; or why it would be refused. */
export function Preview({ before, preview, error, isLoading }: Props) {
  return (
    <section className={classes.preview} aria-labelledby="preview-title">
      <Group gap="xs" mb="xs">
        <IconEye size={18} aria-hidden />
        <Title order={3} id="preview-title" fz="sm">
          What will happen
        </Title>
        {isLoading && <Loader size={14} aria-label="Looking" />}
      </Group>
      <div role="status" aria-live="polite" aria-busy={isLoading}>
        <Foreseen before={before} preview={preview} error={error} />
      </div>
    </section>
  );
}

function Foreseen({ before, preview, error }: Omit<Props, 'isLoading'>) {
  if (error) return <Refused error={error} />;
  if (!preview) {
    return (
      <Text size="sm" c="dimmed">
        Fill in the form to see it.
      </Text>
    );
  }
  const { outcome, changes, order } = preview;
  if (outcome === 'unchanged') return <Text size="sm">Nothing: it is so already.</Text>;
  const { starts, ends } = changes.timers;
  return (
    <Stack gap="sm">
      <Moves before={before} after={order} />
      <Sentences says={changes.says} />
      {changes.messages.every(({ withheld }) => withheld !== undefined) && (
        <Text size="sm">The customer is not written to.</Text>
      )}
      <Waits title="Then waits for" due={without(starts, ends)} />
      <Waits title="Waits no more for" due={without(ends, starts)} />
    </Stack>
  );
}

type Timers = Schemas['Changes']['timers']['starts'];

/** Timers that do not merely begin anew. */
function without(timers: Timers, others: Timers): Timers {
  return timers.filter(({ name }) => others.every((other) => other.name !== name));
}

function Sentences({ says }: { readonly says: readonly string[] }) {
  const list = (some: readonly string[]) => (
    <List size="sm" spacing={4} classNames={{ item: classes.says }}>
      {some.map((sentence) => (
        <List.Item key={sentence}>{sentence}</List.Item>
      ))}
    </List>
  );
  const more = says.slice(MANY);
  return (
    <div>
      {list(says.slice(0, MANY))}
      {more.length > 0 && (
        <details>
          <summary className={classes.more}>{count(more.length, 'more change')}</summary>
          {list(more)}
        </details>
      )}
    </div>
  );
}

/** The facets of an order that would be others. */
function Moves({ before, after }: { readonly before: Order; readonly after: Order }) {
  const facets: readonly (readonly [string, Facet, Facet])[] = [
    ['Order', facet(before.status, before.tone), facet(after.status, after.tone)],
    [
      'Payment',
      facet(before.payment.status, before.payment.tone),
      facet(after.payment.status, after.payment.tone),
    ],
    [
      'Shipping',
      facet(before.shipping.summary, before.shipping.tone),
      facet(after.shipping.summary, after.shipping.tone),
    ],
  ];
  const moved = facets.filter(([, from, to]) => from.says !== to.says);
  if (moved.length === 0) return null;
  return (
    <Stack gap={6}>
      {moved.map(([name, from, to]) => (
        <Group key={name} gap="xs" wrap="nowrap" align="flex-start">
          <Text size="xs" c="dimmed" w={56} flex="none">
            {name}
          </Text>
          <Group gap={6}>
            <Pill tone={from.tone}>{from.says}</Pill>
            <IconArrowRight size={14} role="img" aria-label="becomes" />
            <Pill tone={to.tone}>{to.says}</Pill>
          </Group>
        </Group>
      ))}
    </Stack>
  );
}

interface Facet {
  readonly says: string;
  readonly tone: Tone;
}
const facet = (says: string, tone: Tone): Facet => ({ says, tone });

function Waits({ title, due }: { readonly title: string; readonly due: Timers }) {
  if (due.length === 0) return null;
  return (
    <Text size="xs" c="dimmed">
      {title}:{' '}
      {due.map(({ name, at }, position) => (
        <span key={name + at}>
          {position > 0 && ', '}
          {name.replace(':', ' ')} (<When at={at} />)
        </span>
      ))}
    </Text>
  );
}

function Refused({ error }: { readonly error: unknown }) {
  const problem = isProblem(error) ? error.problem : undefined;
  return (
    <Group gap="xs" align="flex-start" wrap="nowrap">
      <IconCircleX size={18} aria-hidden className={classes.no} />
      <div>
        <Text size="sm" fw={600}>
          {problem ? 'This would be refused' : 'It cannot be looked at now'}
        </Text>
        <Text size="sm">{error instanceof Error ? error.message : String(error)}</Text>
        {problem?.allowed && problem.allowed.length > 0 && (
          <Text size="sm" c="dimmed">
            Accepted now: {problem.allowed.join(', ')}.
          </Text>
        )}
      </div>
    </Group>
  );
}
