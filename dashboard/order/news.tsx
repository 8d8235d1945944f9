import { Affix, Paper, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Schemas } from '../client/client';
import { useFeed } from '../client/live';
import { actionsQuery, meQuery } from '../client/queries';
import { actionsFor } from '../dialogs/actions-for';
import type { Asked } from '../dialogs/provider';

type FeedEntry = Schemas['FeedEntry'];

const SHOWN_MS = 8_000;

/** Says what somebody else did to the open order, over the page, so that nothing on it moves. */
export function News({ number }: { readonly number: string }) {
  const { data: me } = useQuery(meQuery);
  const { data } = useQuery(actionsQuery(number));
  const [entry, setEntry] = useState<FeedEntry>();

  useFeed((next) => {
    if (next.number === number && isOfSomebodyElse(next, me)) setEntry(next);
  });
  useEffect(() => {
    const timer = setTimeout(() => setEntry(undefined), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [entry]);

  const label = entry && labelOf(entry, data?.actions ?? []);
  return (
    <Affix withinPortal={false} position={{ bottom: 72, left: 16 }} zIndex={160} role="status">
      {entry && (
        <Paper withBorder shadow="md" px="sm" py="xs" maw="calc(100vw - 2rem)">
          <Text size="sm">
            <bdi>{entry.actor.name}</bdi>
            {label === undefined ? ' changed this order' : `: ${label}`}
          </Text>
        </Paper>
      )}
    </Affix>
  );
}

function isOfSomebodyElse({ actor, outcome }: FeedEntry, me?: Schemas['Me']): boolean {
  const isMine = actor.name === me?.name && actor.role === me.role;
  return outcome === 'accepted' && actor.role !== 'system' && !isMine;
}

/** What the API calls the command that an entry is of. */
function labelOf(
  { type, asked }: FeedEntry,
  actions: Schemas['Actions']['actions'],
): string | undefined {
  return actionsFor(actions, { ...asked, type } as Asked['command'])[0]?.label;
}
