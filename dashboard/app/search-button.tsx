import { ActionIcon, Button, Kbd } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useRememberedOrder } from '../palette/recent';

const Palette = lazy(async () => ({ default: (await import('../palette/palette')).Palette }));

/** Opens the palette by mouse and by Ctrl+K; it is loaded when it is first wanted. */
export function SearchButton({ path }: { readonly path: string }) {
  const [asked, setAsked] = useState(0);
  const ask = () => setAsked((times) => times + 1);
  useHotkeys([['mod+K', ask]], [], true);
  useRememberedOrder(path);
  return (
    <search>
      <Button
        variant="default"
        c="dimmed"
        fw={400}
        visibleFrom="sm"
        leftSection={<IconSearch size={16} aria-hidden />}
        rightSection={<Kbd size="xs">Ctrl K</Kbd>}
        onClick={ask}
        aria-keyshortcuts="Control+K Meta+K"
      >
        Search everything
      </Button>
      <ActionIcon
        variant="default"
        size="lg"
        hiddenFrom="sm"
        aria-label="Search everything"
        onClick={ask}
      >
        <IconSearch size={18} aria-hidden />
      </ActionIcon>
      {asked > 0 && (
        <Suspense>
          <Palette asked={asked} path={path} />
        </Suspense>
      )}
    </search>
  );
}
