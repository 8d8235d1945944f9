import { ActionIcon, Anchor, Box, Code, Group, Text, Tooltip } from '@mantine/core';
import {
  IconBan,
  IconClockPlay,
  IconCreditCard,
  IconHistory,
  IconMail,
  IconPackage,
  IconRefresh,
  IconTruck,
  IconTruckReturn,
  IconUser,
} from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { When } from '../parts/when';
import type { Entry, Topic } from './queries';
import classes from './timeline.module.css';

const icons: Readonly<Record<Topic, typeof IconUser>> = {
  status: IconRefresh,
  money: IconCreditCard,
  shipping: IconTruck,
  return: IconTruckReturn,
  stock: IconPackage,
  message: IconMail,
  partner: IconTruck,
  people: IconUser,
};

/** What follows is said when it is asked for: forty lines would all say the same. */
const MOST_AT_ONCE = 4;

interface EntryProps {
  readonly entry: Entry;
  /** The order is shown as it was after this one. */
  readonly isShown: boolean;
  /** Somebody followed a cause to it. */
  readonly isSought: boolean;
  /** It had not happened yet at the moment that is shown. */
  readonly isLater: boolean;
  readonly onTravel: (seq: number | undefined) => void;
  readonly onSeek: (id: string) => void;
}

/** One event: what came of it, who did it, why, and what had caused it. */
export function EntryCard({ entry, isShown, isSought, isLater, onTravel, onSeek }: EntryProps) {
  const { seq, type, at, actor, outcome, reason, refusal, says, about, cause } = entry;
  const card = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isSought) card.current?.scrollIntoView({ block: 'center' });
  }, [isSought]);
  const isRefused = outcome === 'refused';
  const Icon = isRefused ? IconBan : (icons[about[0] ?? 'people'] ?? IconClockPlay);
  return (
    <li
      ref={card}
      className={classes.entry}
      data-refused={isRefused || undefined}
      data-marked={isShown || isSought || undefined}
      data-later={isLater || undefined}
    >
      <Icon size={18} aria-hidden className={classes.icon} />
      <Box miw={0} flex={1}>
        {isRefused && (
          <Text size="sm" dir="auto">
            <b>Refused</b> ({type}): {refusal?.detail}
          </Text>
        )}
        {!isRefused && says.length === 0 && <Text size="sm">{type}</Text>}
        <Sentences says={says.slice(0, MOST_AT_ONCE)} />
        {says.length > MOST_AT_ONCE && (
          <details>
            <summary>
              <Text span size="sm" c="dimmed">
                {says.length - MOST_AT_ONCE} more
              </Text>
            </summary>
            <Sentences says={says.slice(MOST_AT_ONCE)} />
          </details>
        )}
        {reason !== undefined && (
          <Text size="sm" c="dimmed" dir="auto">
            “{reason}”
          </Text>
        )}
        <Group gap={6} wrap="wrap">
          <Text size="xs" c="dimmed">
            {actor.name} · <When at={at} />
          </Text>
          {cause !== undefined && (
            <Anchor component="button" type="button" size="xs" onClick={() => onSeek(cause)}>
              What caused it
            </Anchor>
          )}
        </Group>
        <Details entry={entry} />
      </Box>
      <Tooltip label={isShown ? 'Back to now' : 'Show the order as it was then'}>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={isShown ? 'Back to now' : `Show the order as it was after event ${seq}`}
          onClick={() => onTravel(isShown ? undefined : seq)}
        >
          <IconHistory size={16} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </li>
  );
}

function Sentences({ says }: { readonly says: readonly string[] }) {
  return says.map((sentence) => (
    <Text key={sentence} size="sm" dir="auto" style={{ overflowWrap: 'anywhere' }}>
      {sentence}
    </Text>
  ));
}

function Details({ entry: { asked, facts, type, seq } }: { readonly entry: Entry }) {
  return (
    <details>
      <summary>
        <Text span size="xs" c="dimmed">
          Details
        </Text>
      </summary>
      <Code block fz="xs">
        {JSON.stringify({ seq, type, asked, facts }, null, 2)}
      </Code>
    </details>
  );
}
