import { Button, Center, Skeleton, Stack, Text, Title } from '@mantine/core';
import {
  IconCloudOff,
  IconError404,
  IconFilterOff,
  IconLock,
  IconMoodSmile,
  IconReload,
  IconSparkles,
  IconZoomExclamation,
} from '@tabler/icons-react';
import type { ComponentType, ReactNode } from 'react';
import { isProblem, Offline } from '../client/problem';

interface StateProps {
  readonly icon: ComponentType<{ size?: number; 'aria-hidden'?: boolean }>;
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
  readonly role?: 'alert' | 'status';
  /** It is all there is on the page, and so the page's heading. */
  readonly isPage?: boolean;
}

function State({
  icon: Icon,
  title,
  children,
  action,
  role = 'status',
  isPage = false,
}: StateProps) {
  return (
    <Center py={64} px="md" role={role}>
      <Stack align="center" gap="xs" maw={440} ta="center">
        <Icon size={40} aria-hidden />
        <Title order={isPage ? 1 : 2} size="h2">
          {title}
        </Title>
        {children !== undefined && <Text c="dimmed">{children}</Text>}
        {action}
      </Stack>
    </Center>
  );
}

/** Rows as tall as what comes in their place, so that nothing jumps. */
export function Loading({
  rows = 8,
  height = 36,
}: {
  readonly rows?: number;
  readonly height?: number;
}) {
  return (
    <Stack gap="xs" role="status" aria-label="Loading">
      {Array.from({ length: rows }, (_, index) => (
        <Skeleton key={index} height={height} />
      ))}
    </Stack>
  );
}

/**
 * What went wrong, in the words of the API, and what to do: forbidden, not found, offline, or an error with a retry.
 */
export function Failed({
  error,
  onRetry,
  isPage,
}: {
  readonly error: unknown;
  readonly onRetry?: () => void;
  readonly isPage?: boolean;
}) {
  const again = onRetry && (
    <Button variant="light" onClick={onRetry} leftSection={<IconReload size={16} aria-hidden />}>
      Try again
    </Button>
  );
  if (error instanceof Offline) {
    return (
      <State
        icon={IconCloudOff}
        title="The server cannot be reached"
        action={again}
        role="alert"
        isPage={isPage}
      >
        Look at your connection. Nothing that you did is lost or half-done.
      </State>
    );
  }
  if (isProblem(error, 403)) {
    return (
      <State icon={IconLock} title="This is not for your role" role="alert" isPage={isPage}>
        {error.message}
      </State>
    );
  }
  if (isProblem(error, 404)) {
    return (
      <State icon={IconError404} title="Not found" role="alert" isPage={isPage}>
        {error.message}
      </State>
    );
  }
  const title = isProblem(error) ? error.title : 'Something went wrong';
  const requestId = isProblem(error) ? error.problem?.requestId : undefined;
  return (
    <State icon={IconZoomExclamation} title={title} action={again} role="alert" isPage={isPage}>
      {error instanceof Error ? error.message : String(error)}
      {requestId !== undefined && ` (request ${requestId})`}
    </State>
  );
}

export function NotFound({ what, isPage }: { readonly what: string; readonly isPage?: boolean }) {
  return (
    <State icon={IconError404} title="Not found" role="alert" isPage={isPage}>
      There is no such {what}.
    </State>
  );
}

/**
 * Three ways of being empty: `new`: there never was anything; `done`: there is nothing left to do; `filtered`:
 * the filter lets nothing through.
 */
export function Empty({
  kind,
  title,
  children,
  action,
}: {
  readonly kind: 'new' | 'done' | 'filtered';
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}) {
  const icon = { new: IconSparkles, done: IconMoodSmile, filtered: IconFilterOff }[kind];
  return (
    <State icon={icon} title={title} action={action}>
      {children}
    </State>
  );
}
