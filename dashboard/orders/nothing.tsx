import { Button, Code, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Search } from '../app/search';
import { Copy } from '../parts/copy';
import { Empty } from '../parts/states';
import { sameSearch, viewsQuery } from './queries';

const SAMPLE = 'npm run sample';

/** Why there is no order to be seen: there never was one, all is done here, or the filter lets none through. */
export function Nothing({
  search,
  onClear,
}: {
  readonly search: Search;
  readonly onClear: () => void;
}) {
  const { data } = useQuery(viewsQuery);
  const view = data?.views.find((each) => sameSearch(each.search, search));
  const isUnfiltered = Object.keys(search).every((name) => name === 'sort');
  if (isUnfiltered) {
    return (
      <Empty
        kind="new"
        title="No orders yet"
        action={
          <Stack gap={4} align="center">
            <Text size="sm" c="dimmed">
              To look around first, fill the shop with 200 sample orders:
            </Text>
            <span>
              <Code>{SAMPLE}</Code> <Copy text={SAMPLE} what="the command" />
            </span>
          </Stack>
        }
      >
        Orders that your storefront places through the API appear here at once.
      </Empty>
    );
  }
  if (view?.builtIn) {
    return (
      <Empty kind="done" title="Nothing left here">
        No order is in “{view.name}”. New ones appear by themselves.
      </Empty>
    );
  }
  return (
    <Empty
      kind="filtered"
      title="No order matches"
      action={
        <Button variant="light" onClick={onClear}>
          Show all orders
        </Button>
      }
    >
      Take a filter away, or search for less.
    </Empty>
  );
}
