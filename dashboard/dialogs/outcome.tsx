import { Alert, Button, List, Loader, Text } from '@mantine/core';
import { IconAlertTriangle, IconCloudOff, IconHourglass, IconRefresh } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { isProblem, Offline } from '../client/problem';
import { When } from '../parts/when';
import { sinceQuery } from './queries';
import classes from './dialog.module.css';

/** What happened to the order since the dialog was opened; what was typed is still there. */
export function Changed({
  number,
  seq,
  onLook,
}: {
  readonly number: string;
  readonly seq: number;
  readonly onLook: () => void;
}) {
  const { data: events = [] } = useQuery(sinceQuery(number, seq));
  const happened = events.filter(({ outcome }) => outcome === 'accepted');
  return (
    <Alert
      color="yellow"
      classNames={{ title: classes.title }}
      role="alert"
      icon={<IconRefresh aria-hidden />}
      title="The order has changed meanwhile"
    >
      <Text size="sm">Nothing was sent. What you typed is still here.</Text>
      <List size="sm" my="xs">
        {happened.map(({ id, says, type, actor, at }) => (
          <List.Item key={id}>
            {says.length > 0 ? says.join(' ') : type} ({actor.name}, <When at={at} />)
          </List.Item>
        ))}
      </List>
      <Button size="compact-sm" variant="filled" onClick={onLook}>
        Look again
      </Button>
    </Alert>
  );
}

/** A command that was taken, and is not done yet. */
export function Pending() {
  return (
    <Alert color="blue" role="status" icon={<IconHourglass aria-hidden />} title="Under way">
      <Text size="sm">
        The order has taken it. You may wait here or close this: it goes on by itself.{' '}
        <Loader size={12} type="dots" aria-hidden />
      </Text>
    </Alert>
  );
}

/** Why a command was not done, or why nobody knows; sending it again is harmless. */
export function NotSent({ error }: { readonly error: unknown }) {
  if (error instanceof Offline) {
    return (
      <Alert
        color="yellow"
        classNames={{ title: classes.title }}
        role="alert"
        icon={<IconCloudOff aria-hidden />}
        title="No answer came"
      >
        Nobody knows whether it arrived. Look at your connection and send it again: it is done once,
        however often it is sent.
      </Alert>
    );
  }
  const title = isProblem(error) ? error.title : 'Something went wrong';
  const isUnknown = isProblem(error) && error.status >= 500;
  return (
    <Alert color="red" role="alert" icon={<IconAlertTriangle aria-hidden />} title={title}>
      {error instanceof Error ? error.message : String(error)}
      {isUnknown && ' Send it again: it is done once, however often it is sent.'}
    </Alert>
  );
}
