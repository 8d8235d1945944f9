import { useDebouncedCallback } from '@mantine/hooks';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useFeed } from '../client/live';
import { reasonsQuery, taskKey } from './queries';

/** Many events come at once; tasks are asked for when they have come. */
const CALM_MS = 500;
/** Tasks that are about no order tell no stream of themselves. */
const LOOK_MS = 60_000;

/** How many tasks are open, as it changes; undefined until it is known. */
export function useTaskCount(): number | undefined {
  const queries = useQueryClient();
  const look = useDebouncedCallback(() => {
    void queries.invalidateQueries({ queryKey: taskKey() });
  }, CALM_MS);
  useFeed(look);
  return useQuery({ ...reasonsQuery, refetchInterval: LOOK_MS }).data?.open;
}
