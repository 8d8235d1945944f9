import { AppShell, Burger, Group, NavLink, ScrollArea, Text, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { LiveProvider } from '../client/live';
import { meQuery } from '../client/queries';
import { DialogProvider } from '../dialogs/provider';
import { SignedOut } from './signed-out';
import { StaleBanner } from './stale-banner';
import { navigation } from './navigation';
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
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 216, breakpoint: 'sm', collapsed: { mobile: !opened } }}
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
            <UserMenu />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" aria-label="Pages">
        <ScrollArea>
          <Navigation path={path} />
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

function Navigation({ path }: { readonly path: string }) {
  const { data: me } = useQuery(meQuery);
  return navigation
    .filter(({ roles }) => me && (!roles || roles.includes(me.role)))
    .map(({ to, label, icon: Icon }) => (
      <NavLink
        key={to}
        component={Link}
        to={to}
        label={label}
        leftSection={<Icon size={18} aria-hidden />}
        active={path === to || path.startsWith(`${to}/`)}
        aria-current={path === to ? 'page' : undefined}
      />
    ));
}
