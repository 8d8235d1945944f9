import { ScrollArea, Tabs, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Search } from '../app/search';
import { sameSearch, viewsQuery } from './queries';

const MOST_COUNTED = 1_000;

/** The lists that people work through, as tabs, each with how many orders are in it. */
export function Views({
  search,
  onChoose,
}: {
  readonly search: Search;
  readonly onChoose: (search: Search) => void;
}) {
  const { data } = useQuery(viewsQuery);
  const views = data?.views ?? [];
  const present = views.find((view) => sameSearch(view.search, search));
  return (
    <ScrollArea type="never" h={42}>
      <Tabs
        value={present?.id ?? null}
        onChange={(id) => {
          const view = views.find((each) => each.id === id);
          if (view) onChoose(view.search);
        }}
      >
        <Tabs.List aria-label="Views" style={{ flexWrap: 'nowrap' }}>
          {views.map(({ id, name, count }) => (
            <Tabs.Tab
              key={id}
              value={id}
              rightSection={
                count !== null && (
                  <Text span size="xs" c="dimmed" fw={600}>
                    {count >= MOST_COUNTED ? `${MOST_COUNTED.toLocaleString()}+` : count}
                  </Text>
                )
              }
            >
              <span dir="auto">{name}</span>
            </Tabs.Tab>
          ))}
        </Tabs.List>
      </Tabs>
    </ScrollArea>
  );
}
