import { ActionIcon, Anchor, Badge, Group, Text, Tooltip } from '@mantine/core';
import {
  IconBan,
  IconBuildingStore,
  IconHistory,
  IconRobot,
  IconTruck,
  IconUser,
} from '@tabler/icons-react';
import { exactTime } from '../parts/format';
import { EntryDetails } from './entry-details';
import type { Entry } from './queries';
import { placeOf } from './use-jump';
import { inWords, timeOf } from './words';

interface EntryRowProps {
  readonly entry: Entry;
  readonly known: readonly Entry[];
  /** The order is shown as it was after this one. */
  readonly isShown: boolean;
  /** Somebody just came here from what it caused. */
  readonly isFound: boolean;
  readonly onTravel: (seq: number | undefined) => void;
  readonly onJump: (id: string) => void;
}

/** One event: who, when, what came of it, why, because of what; and the order as it was then. */
export function EntryRow({ entry, known, isShown, isFound, onTravel, onJump }: EntryRowProps) {
  const { seq, type, at, outcome, says, reason } = entry;
  const isRefused = outcome !== 'accepted';
  return (
    <li
      id={placeOf(seq)}
      className="timeline-entry"
      tabIndex={-1}
      data-refused={isRefused || undefined}
      data-found={isFound || undefined}
      aria-current={isShown || undefined}
    >
      <ActorIcon role={entry.actor.role} isRefused={isRefused} />
      <div className="timeline-body">
        <Group justify="space-between" wrap="nowrap" align="flex-start" gap="xs">
          <Group gap={6}>
            <Text span fw={600} size="sm">
              {inWords(type)}
            </Text>
            {isRefused && (
              <Badge color="red" variant="light" size="sm" tt="none">
                Refused
              </Badge>
            )}
            {isShown && (
              <Badge color="belt" variant="light" size="sm" tt="none">
                Shown as of here
              </Badge>
            )}
            <Text span size="sm" c="dimmed">
              <bdi>{entry.actor.name}</bdi> · <Time at={at} />
            </Text>
          </Group>
          <Tooltip label="Show the order as it was then">
            <ActionIcon
              variant="subtle"
              color="gray"
              onClick={() => onTravel(seq)}
              aria-label={`Show the order as it was after event ${seq}`}
            >
              <IconHistory size={18} aria-hidden />
            </ActionIcon>
          </Tooltip>
        </Group>
        {says.map((sentence, index) => (
          <Text key={index} size="sm" dir="auto">
            {sentence}
          </Text>
        ))}
        {reason && (
          <Text size="sm" className="timeline-reason" dir="auto">
            {reason}
          </Text>
        )}
        <Causes entry={entry} known={known} onJump={onJump} />
        <EntryDetails entry={entry} />
      </div>
    </li>
  );
}

function Time({ at }: { readonly at: string }) {
  return (
    <Tooltip label={exactTime(at)}>
      <time dateTime={at}>{timeOf(at)}</time>
    </Tooltip>
  );
}

const actors = {
  admin: IconUser,
  clerk: IconUser,
  viewer: IconUser,
  partner: IconTruck,
  storefront: IconBuildingStore,
  system: IconRobot,
} as const satisfies Record<Entry['actor']['role'], typeof IconUser>;

function ActorIcon({
  role,
  isRefused,
}: {
  readonly role: Entry['actor']['role'];
  readonly isRefused: boolean;
}) {
  const Icon = isRefused ? IconBan : actors[role];
  return (
    <span className="timeline-icon">
      <Icon size={16} aria-hidden />
    </span>
  );
}

function Causes({ entry, known, onJump }: Pick<EntryRowProps, 'entry' | 'known' | 'onJump'>) {
  const { cause } = entry;
  const followed = known.filter((other) => other.cause === entry.id);
  if (cause === undefined && followed.length === 0) return null;
  return (
    <Group gap="sm">
      {cause !== undefined && (
        <Link onClick={() => onJump(cause)}>
          Because of {nameOf(known.find(({ id }) => id === cause))}
        </Link>
      )}
      {followed.map(({ seq, id, type }) => (
        <Link key={seq} onClick={() => onJump(id)}>
          Led to {inWords(type).toLowerCase()}
        </Link>
      ))}
    </Group>
  );
}

function nameOf(cause: Entry | undefined): string {
  return cause ? inWords(cause.type).toLowerCase() : 'an earlier event';
}

function Link({
  onClick,
  children,
}: {
  readonly onClick: () => void;
  readonly children: React.ReactNode;
}) {
  return (
    <Anchor component="button" type="button" size="xs" onClick={onClick}>
      {children}
    </Anchor>
  );
}
