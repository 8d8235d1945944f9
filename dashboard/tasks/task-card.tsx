import { Anchor, Card, Group, List, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { MayButton } from '../parts/may';
import { Pill } from '../parts/pill';
import { When } from '../parts/when';
import { Closing } from './closing';
import type { Task } from './queries';
import { Resolution } from './resolution';
import { Ways } from './ways';

/** One task: what it is about, since when, how it ends by itself, and what would help. */
export function TaskCard({ task, isGone }: { readonly task: Task; readonly isGone: boolean }) {
  const isOpen = task.closed === null && !isGone;
  return (
    <Card withBorder padding="md" component="article" opacity={isGone ? 0.75 : undefined}>
      <Stack gap="xs">
        <Group justify="space-between" gap="xs" align="baseline">
          <Group gap="sm" align="baseline">
            <Title order={3} fz="md">
              <About task={task} />
            </Title>
            {'number' in task && (
              <Text size="sm" c="dimmed">
                {task.status}
              </Text>
            )}
          </Group>
          <Text size="sm" c="dimmed">
            <When at={task.since} />
          </Text>
        </Group>
        <Text dir="auto" style={{ overflowWrap: 'anywhere' }}>
          {task.text}
        </Text>
        {isGone && <Pill tone="success">Resolved</Pill>}
        {task.closed && <Closing closed={task.closed} />}
        {isOpen && task.endsWhen && (
          <Text size="sm" c="dimmed">
            Ends by itself when {task.endsWhen}.
          </Text>
        )}
        {isOpen && ('number' in task ? <Ways task={task} /> : <HouseWays task={task} />)}
      </Stack>
    </Card>
  );
}

function About({ task }: { readonly task: Task }) {
  if (!('number' in task)) return task.about;
  return (
    <Anchor
      inherit
      renderRoot={(props) => (
        <Link to="/orders/$number" params={{ number: task.number }} {...props} />
      )}
    >
      Order {task.number}
    </Anchor>
  );
}

/** What helps is in words; whoever has done it says so. */
function HouseWays({ task }: { readonly task: Extract<Task, { about: string }> }) {
  const [isResolving, setIsResolving] = useState(false);
  return (
    <>
      {task.ways && (
        <List size="sm">
          {task.ways.map(({ says }) => (
            <List.Item key={says}>{says}</List.Item>
          ))}
        </List>
      )}
      <MayButton
        needs="resolveTask"
        variant="default"
        size="sm"
        onClick={() => setIsResolving(true)}
        style={{ alignSelf: 'flex-start' }}
      >
        Mark as resolved
      </MayButton>
      {isResolving && <Resolution task={task} onClose={() => setIsResolving(false)} />}
    </>
  );
}
