import { AppShell, Burger, Group, ScrollArea, Text, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { LiveProvider } from '../client/live';
import { DialogProvider } from '../dialogs/provider';
import { SignedOut } from './signed-out';
import { StaleBanner } from './stale-banner';
import { Places } from './places';
import { SearchButton } from './search-button';
import { ShortcutsProvider } from './shortcuts';
import { UserMenu } from './user-menu';

/** The frame around every page: navigation, search, who is signed in, and whether what is shown is live. */
export function Shell() {
  return (
    <LiveProvider>
      <ShortcutsProvider>
        <DialogProvider>
          <Frame />
        </DialogProvider>
      </ShortcutsProvider>
    </LiveProvider>
  );
}

function Frame() {
  const [opened, { toggle, close }] = useDisclosure();
  const path = useRouterState({ select: ({ location }) => location.pathname });
  useEffect(() => close(), [path, close]);
  useFocusOnNavigation(path);
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 240, breakpoint: 'sm', collapsed: { mobile: !opened } }}
      padding={{ base: 'sm', md: 'lg' }}
    >
      <a className="skip-link" href="#main">
        Skip to the content
      </a>
      <AppShell.Header px="md">
        <Group h="100%" wrap="nowrap" gap="sm">
          <Burger
            opened={opened}
            onClick={toggle}
            hiddenFrom="sm"
            size="sm"
            aria-label={opened ? 'Close the navigation' : 'Open the navigation'}
            aria-expanded={opened}
          />
          <UnstyledButton component={Link} to="/orders" aria-label="Conveyor, to the orders">
            <Group gap="xs" wrap="nowrap">
              <img src="/icon.svg" alt="" width={26} height={26} />
              <Text fw={650} visibleFrom="xs">
                Conveyor
              </Text>
            </Group>
          </UnstyledButton>
          <Group ms="auto" gap="xs" wrap="nowrap">
            <SearchButton path={path} />
            <UserMenu />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" aria-label="Pages">
        <ScrollArea>
          <Places path={path} />
        </ScrollArea>
      </AppShell.Navbar>
      <SignedOut />
      <AppShell.Main id="main" tabIndex={-1}>
        <StaleBanner />
        <Outlet />
      </AppShell.Main>
    </AppShell>
  );
}

/** After a link was followed, whoever listens to the page or moves by keys is at its beginning. */
function useFocusOnNavigation(path: string): void {
  const last = useRef(path);
  useEffect(() => {
    if (last.current === path) return;
    last.current = path;
    document.getElementById('main')?.focus({ preventScroll: true });
  }, [path]);
}
