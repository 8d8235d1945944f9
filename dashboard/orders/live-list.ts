import { useDebouncedCallback } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { useFeed } from '../client/live';
import { viewsQuery } from './queries';

/** Orders come in bursts. */
const PAUSE_MS = 400;
/** Nobody who has scrolled this far is waiting for what comes in at the top. */
const MOST_PAGES = 6;

/** Keeps the list and the counts of the views up to date as orders go on. */
export function useLiveList(pages: number): void {
  const queries = useQueryClient();
  const refresh = useDebouncedCallback(
    () => {
      void queries.invalidateQueries({ queryKey: viewsQuery.queryKey });
      if (pages <= MOST_PAGES) void queries.invalidateQueries({ queryKey: ['orders'] });
    },
    { delay: PAUSE_MS },
  );
  useFeed(() => refresh());
}
